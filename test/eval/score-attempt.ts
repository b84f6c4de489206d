import type { ProgramDefinition } from '../../src/catalog/port.ts';
import { prepareProgram } from '../../src/catalog/program-runner.ts';
import { renderDiagnostics } from '../../src/wat/diagnostics.ts';
import { formatSignature, formatType, parseSignature } from '../../src/wat/signature.ts';
import type { Signature } from '../../src/wat/types.ts';
import { classOfDiagnostics, type FailureClass } from './failure-class.ts';
import { openOutside } from './outside.ts';
import { type Bench, runCase } from './run-case.ts';
import type { Task } from './task.ts';
import { tokenCount } from './token-count.ts';

/** A program as an author handed it in, or why there is none. */
export type Attempt =
  | { readonly kind: 'program'; readonly body: string; readonly signature: string | null }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface AttemptScore {
  readonly passed: boolean;
  readonly failure: FailureClass | null;
  readonly problems: readonly string[];
  /** Of the body. */
  readonly tokens: number;
  readonly characters: number;
  /** The most that one case took. */
  readonly fuel: number;
}

/** Runs a program on every case of a task, the visible one first. */
export async function scoreAttempt(task: Task, attempt: Attempt, bench: Bench): Promise<AttemptScore> {
  if (attempt.kind === 'unreadable') return failed('', 'syntax', [attempt.reason]);
  const { body } = attempt;
  const signature = readSignature(task, attempt.signature);
  if (typeof signature === 'string') return failed(body, 'type', [signature]);
  const program = programOf(task, body, signature);
  const mistakes = await compileMistakes(program, task, bench);
  if (mistakes !== null) return failed(body, mistakes.failure, [mistakes.text]);
  const problems: string[] = [];
  let failure: FailureClass | null = null;
  let fuel = 0;
  for (const [index, given] of [task.sample, ...task.hidden].entries()) {
    const score = await runCase(program, task, given, bench);
    const place = index === 0 ? 'sample' : `case ${index}`;
    problems.push(...score.problems.map((problem) => `${place}: ${problem}`));
    failure ??= score.failure;
    fuel = Math.max(fuel, score.fuel);
  }
  return { ...sizeOf(body), passed: failure === null, failure, problems, fuel };
}

export function programOf(task: Task, body: string, signature = task.signature): ProgramDefinition {
  const { grants, request: description } = task;
  return { name: 'run_program', description, signature, grants, body, examples: [] };
}

/** An author may name the parameters as it likes; the types are the task's. */
function readSignature(task: Task, written: string | null): Signature | string {
  if (written === null) return task.signature;
  const parsed = parseSignature(written);
  if (!parsed.ok) return `signature: ${parsed.diagnostic.message}`;
  if (typesOf(parsed.signature) === typesOf(task.signature)) return parsed.signature;
  return `expected the signature ${formatSignature(task.signature)}, got ${formatSignature(parsed.signature)}`;
}

function typesOf({ params, result }: Signature): string {
  return [...params.map(({ type }) => type), ...(result === null ? [] : [result])].map(formatType).join();
}

async function compileMistakes(
  program: ProgramDefinition,
  task: Task,
  bench: Bench,
): Promise<{ readonly failure: FailureClass; readonly text: string } | null> {
  await using outside = await openOutside(task.sample);
  const prepared = await prepareProgram(program, bench.limits, {
    ...bench,
    capabilities: outside.capabilities,
  });
  if (prepared.ok) return null;
  const { diagnostics } = prepared;
  return { failure: classOfDiagnostics(diagnostics), text: renderDiagnostics(program.body, diagnostics) };
}

function failed(body: string, failure: FailureClass, problems: readonly string[]): AttemptScore {
  return { ...sizeOf(body), passed: false, failure, problems, fuel: 0 };
}

function sizeOf(body: string): Pick<AttemptScore, 'tokens' | 'characters'> {
  return { tokens: tokenCount(body), characters: [...body].length };
}
