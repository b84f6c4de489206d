import { isDeepStrictEqual } from 'node:util';
import { formatValue } from './format-value.ts';
import type { Catalog, Example, ProgramDefinition, ProgramRun } from './port.ts';
import { createProgramRunner, type ProgramRunnerOptions } from './program-runner.ts';
import { createRecordedHost } from './recorded-host.ts';

/** What came of one example. */
export interface ExampleCheck {
  readonly program: string;
  /** Counted from 1; null for the failure of a program that has too few. */
  readonly example: number | null;
  readonly passed: boolean;
  readonly expected: string;
  readonly actual: string;
}

export interface CheckOptions extends Omit<ProgramRunnerOptions<never>, 'capabilities'> {
  /** What is offered to assemble against; nothing of it is called. */
  readonly capabilities: Pick<ProgramRunnerOptions<never>['capabilities'], 'names' | 'imports'>;
  readonly signal: AbortSignal;
}

/** One call alone shows little of what a program does with others. */
const FEWEST_EXAMPLES = 2;

/** Runs every example of every program against its recorded host answers, so with no network and no state. */
export async function checkCatalog(
  catalog: Catalog,
  options: CheckOptions,
): Promise<readonly ExampleCheck[]> {
  const checks: ExampleCheck[] = [];
  for (const program of catalog.list()) checks.push(...(await checkProgram(program, options)));
  return checks;
}

async function checkProgram(
  program: ProgramDefinition,
  options: CheckOptions,
): Promise<readonly ExampleCheck[]> {
  const checks: ExampleCheck[] = [];
  for (const [index, example] of program.examples.entries()) {
    checks.push({
      program: program.name,
      example: index + 1,
      ...(await checkExample(program, example, options)),
    });
  }
  return checks.length < FEWEST_EXAMPLES ? [...checks, tooFewExamples(program)] : checks;
}

async function checkExample(
  program: ProgramDefinition,
  example: Example,
  options: CheckOptions,
): Promise<Pick<ExampleCheck, 'passed' | 'expected' | 'actual'>> {
  const host = createRecordedHost(options.capabilities, example.host);
  const runner = createProgramRunner({ ...options, capabilities: host.capabilities });
  const run = await runner.run({ program, args: example.args, context: null, signal: options.signal });
  const complaints = host.complaints();
  return {
    passed: run.outcome === 'ok' && isDeepStrictEqual(run.result, example.result) && complaints.length === 0,
    expected: formatValue(example.result),
    actual: [describeRun(run), ...complaints].join('; '),
  };
}

function tooFewExamples({ name, examples }: ProgramDefinition): ExampleCheck {
  return {
    program: name,
    example: null,
    passed: false,
    expected: 'at least two examples',
    actual: examples.length === 0 ? 'none' : String(examples.length),
  };
}

function describeRun(run: ProgramRun): string {
  if (run.outcome === 'ok') return formatValue(run.result);
  const at = run.place === null ? '' : `, at ${run.place.line}:${run.place.column}`;
  return `${run.status ?? run.outcome}: ${run.error}${at}`;
}
