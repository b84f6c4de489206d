import type { ProgramDefinition } from '../catalog/port.ts';
import { renderDiagnostics } from '../wat/diagnostics.ts';
import { parseSignature } from '../wat/signature.ts';
import type { Diagnostic } from '../wat/types.ts';
import { orderArguments } from './arguments.ts';
import { oneLine } from './cut-text.ts';
import { fenceData } from './data-fence.ts';
import { stripHidden } from './hidden-characters.ts';
import { printUse } from './print-use.ts';
import { findProgram } from './program-lookup.ts';
import type { ProgramCall } from './program-run.ts';
import type { PendingCall } from './reply.ts';
import { LOOK_UP, RUN_PROGRAM, type ToolRequest } from './tools.ts';
import type { Turn } from './turn.ts';

/** What the model is told of one call. */
export interface Observation {
  readonly text: string;
  readonly isError: boolean;
  /** Of a program that did not compile, else null. */
  readonly rejection: Rejection | null;
}

/** A program that is to be mended, and its mistakes. */
export interface Rejection {
  readonly runId: string;
  readonly reason: string;
}

/** A call that is answered already, or a program that can be run. */
export type PreparedCall =
  | { readonly kind: 'answered'; readonly observation: Observation }
  | {
      readonly kind: 'ready';
      readonly call: ProgramCall;
      /** Whether it may change or do something, so that its place among the calls matters. */
      readonly changes: boolean;
    };

const TITLE_LENGTH = 80;
const DEFAULT_SIGNATURE = '() -> string';

/** Finds and compiles what a call wants to run. What is wrong with it is the answer. */
export async function prepareCall(turn: Turn, { parse }: PendingCall): Promise<PreparedCall> {
  if (!parse.ok) return refuse(parse.message);
  const { request } = parse;
  if (request.tool === LOOK_UP) {
    const text = fenceData(turn.settings.reference(request.names, turn.catalog));
    return answer({ text, isError: false, rejection: null });
  }
  const runId = turn.settings.newId();
  const found =
    request.tool === RUN_PROGRAM ? writtenProgram(turn, request) : findProgram(turn.catalog, request.name);
  if (!found.ok) return refuse(found.message);
  const { program } = found;
  const ordered = orderArguments(program.signature, request.args);
  if (!ordered.ok) return refuse(ordered.message);
  const call = { runId, program, args: ordered.args, title: titleOf(request, ordered.args) };
  const rejection = request.tool === RUN_PROGRAM ? await compile(turn, call) : null;
  return rejection === null ? ready(turn, call) : answer(rejection);
}

export function refusal(text: string): Observation {
  return { text, isError: true, rejection: null };
}

async function ready(turn: Turn, call: ProgramCall): Promise<PreparedCall> {
  const effects = await turn.settings.runner.effects(call.program);
  const changes = effects.some(({ effect }) => effect === 'write' || effect === 'external');
  return { kind: 'ready', call, changes };
}

type Found =
  | { readonly ok: true; readonly program: ProgramDefinition }
  | { readonly ok: false; readonly message: string };

function writtenProgram(turn: Turn, request: Extract<ToolRequest, { tool: 'run_program' }>): Found {
  const parsed = parseSignature(request.signature ?? DEFAULT_SIGNATURE);
  if (!parsed.ok) return { ok: false, message: describeSignatureError(parsed.diagnostic) };
  const program: ProgramDefinition = {
    name: RUN_PROGRAM,
    description: request.title ?? '',
    signature: parsed.signature,
    grants: turn.settings.grants,
    body: request.body,
    examples: [],
  };
  return { ok: true, program };
}

function describeSignatureError({ column, message, hint }: Diagnostic): string {
  const advice = hint === null ? '' : ` (${hint})`;
  return `The signature could not be read: column ${column}: ${message}${advice}`;
}

function titleOf(request: Exclude<ToolRequest, { tool: 'look_up' }>, args: readonly unknown[]): string {
  if (request.tool === RUN_PROGRAM) return oneLine(request.title ?? '', TITLE_LENGTH) || 'Run a program';
  return useTitle(request.name, args);
}

/** A call as a person would write it, for the list of what was done. */
export function useTitle(name: string, args: readonly unknown[]): string {
  return oneLine(printUse(name, args), TITLE_LENGTH);
}

/** Compiles a program that the model wrote; answers what is wrong with it, or null. */
async function compile(turn: Turn, call: ProgramCall): Promise<Observation | null> {
  const { runId, program, title } = call;
  const diagnostics = await turn.settings.runner.prepare(program);
  if (diagnostics.length === 0) {
    turn.request.emit({ type: 'program.compiled', runId, title });
    return null;
  }
  const error = renderDiagnostics(program.body, diagnostics);
  turn.request.emit({ type: 'program.rejected', runId, title, error: stripHidden(error) });
  return {
    text: `The program does not compile and was not run.\n\n${error}`,
    isError: true,
    rejection: { runId, reason: error },
  };
}

function answer(observation: Observation): PreparedCall {
  return { kind: 'answered', observation };
}

function refuse(text: string): PreparedCall {
  return answer(refusal(text));
}
