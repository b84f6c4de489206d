import type { ProgramDefinition } from '../catalog/port.ts';
import type { UserBlock } from '../model/model.ts';
import { renderDiagnostics } from '../wat/diagnostics.ts';
import { parseSignature } from '../wat/signature.ts';
import type { Diagnostic } from '../wat/types.ts';
import { orderArguments } from './arguments.ts';
import { oneLine } from './cut-text.ts';
import { fenceData } from './data-fence.ts';
import { observationText } from './observation.ts';
import { findProgram } from './program-lookup.ts';
import { type ProgramCall, runProgram } from './program-run.ts';
import type { PendingCall } from './reply.ts';
import { LOOK_UP, RUN_PROGRAM, type ToolRequest } from './tools.ts';
import { toolResult } from './transcript.ts';
import type { Turn } from './turn.ts';

/** What the model is told of one call. */
interface Observation {
  readonly text: string;
  readonly isError: boolean;
  /** The mistakes of a program that did not compile, else null. */
  readonly rejection: string | null;
}

export interface Observations {
  /** One for each call, in order; together they make the next user message. */
  readonly blocks: readonly UserBlock[];
  readonly rejections: readonly string[];
}

const TITLE_LENGTH = 80;
const DEFAULT_SIGNATURE = '() -> string';

/**
 * Executes the calls of a reply in order. After a stop the rest count as cancelled. `mayRetry` says what a
 * program that does not compile is answered with: mend it, or go on without it.
 */
export async function executeCalls(
  turn: Turn,
  calls: readonly PendingCall[],
  mayRetry: boolean,
): Promise<Observations> {
  const blocks: UserBlock[] = [];
  const rejections: string[] = [];
  for (const call of calls) {
    const observation = turn.request.signal.aborted
      ? refuse('cancelled: the person stopped the turn.')
      : await executeCall(turn, call);
    if (observation.rejection !== null) rejections.push(observation.rejection);
    blocks.push(toBlock(call, observation, mayRetry));
  }
  return { blocks, rejections };
}

function toBlock(call: PendingCall, observation: Observation, mayRetry: boolean): UserBlock {
  const advice = mayRetry
    ? 'Correct the body and call the tool again.'
    : 'That was the last try in this step: go on without this program, or write a simpler one.';
  const text = observation.rejection === null ? observation.text : `${observation.text}\n\n${advice}`;
  if (call.callId === null) return { type: 'text', text };
  return toolResult(call.callId, text, observation.isError);
}

async function executeCall(turn: Turn, call: PendingCall): Promise<Observation> {
  if (!call.parse.ok) return refuse(call.parse.message);
  const { request } = call.parse;
  if (request.tool === LOOK_UP)
    return inform(fenceData(turn.settings.reference(request.names, turn.catalog)));
  const runId = turn.settings.newId();
  const found = request.tool === RUN_PROGRAM ? writtenProgram(turn, request) : catalogProgram(turn, request);
  if (!found.ok) return refuse(found.message);
  const ordered = orderArguments(found.program.signature, request.args);
  if (!ordered.ok) return refuse(ordered.message);
  const title = titleOf(request, ordered.args);
  const programCall = { runId, program: found.program, args: ordered.args, title };
  const rejection = request.tool === RUN_PROGRAM ? await compile(turn, programCall) : null;
  return rejection ?? observe(turn, programCall);
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

function catalogProgram(turn: Turn, request: Extract<ToolRequest, { tool: 'use_program' }>): Found {
  return findProgram(turn.catalog, request.name);
}

function titleOf(request: Exclude<ToolRequest, { tool: 'look_up' }>, args: readonly unknown[]): string {
  if (request.tool === RUN_PROGRAM) return oneLine(request.title ?? '', TITLE_LENGTH) || 'Run a program';
  return useTitle(request.name, args);
}

/** `name(args)` as a person would write it, for the list of what was done. */
export function useTitle(name: string, args: readonly unknown[]): string {
  const values = args.map((arg) => (typeof arg === 'bigint' ? String(arg) : (JSON.stringify(arg) ?? 'null')));
  return oneLine(`${name}(${values.join(', ')})`, TITLE_LENGTH);
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
  turn.request.emit({ type: 'program.rejected', runId, title, error });
  return {
    text: `The program does not compile and was not run.\n\n${error}`,
    isError: true,
    rejection: error,
  };
}

async function observe(turn: Turn, call: ProgramCall): Promise<Observation> {
  const run = await runProgram(turn, call);
  if (call.program.name === RUN_PROGRAM) turn.lastRun.note(call, run);
  const text = observationText(run);
  turn.request.emit({ type: 'observation', runId: call.runId, text });
  return { text, isError: run.outcome !== 'ok', rejection: null };
}

function inform(text: string): Observation {
  return { text, isError: false, rejection: null };
}

function refuse(text: string): Observation {
  return { text, isError: true, rejection: null };
}
