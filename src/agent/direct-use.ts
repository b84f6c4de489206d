import { budgetText } from '../budget/budget-text.ts';
import { formatSignature } from '../wat/signature.ts';
import { isAtUse, parseAtUse } from './at-use.ts';
import { deliver, endEarly } from './delivery.ts';
import type { Ending } from './ending.ts';
import type { TurnCause } from './events.ts';
import { prepareCall } from './prepared-call.ts';
import { presentRun } from './present-run.ts';
import { presentText } from './present-text.ts';
import { type ProgramCall, runProgram } from './program-run.ts';
import { describeProblem } from './text-place.ts';
import { RUN_PROGRAM, type ToolParse, USE_PROGRAM } from './tools.ts';
import type { Turn } from './turn.ts';
import { findWatCall, isWatCall, readWatCall } from './wat-call.ts';

const USE_USAGE = 'It goes like this: `@use name("text", 1, by_name: true)`.';

/** Whether a message is meant as a call by a person: `@use name(...)` or `ToolCall::Wat(...)`. */
export function isDirectUse(text: string): boolean {
  return isAtUse(text) || isWatCall(text.trimStart());
}

/** A program that a person called by name or wrote: guarded like all else, but without a model. */
export async function runDirectUse(turn: Turn): Promise<Ending> {
  const early = await endEarly(turn);
  if (early !== null) return early;
  turn.transcript.addUser([{ type: 'text', text: turn.request.text }]);
  const { text, cause } = await answerUse(turn);
  const ending = await deliver(turn, text);
  return ending.cause === 'answered' ? { ...ending, cause } : ending;
}

interface UseAnswer {
  readonly text: string;
  readonly cause: Extract<TurnCause, 'answered' | 'program-failed' | 'budget'>;
}

async function answerUse(turn: Turn): Promise<UseAnswer> {
  const { text } = turn.request;
  const parse = parseCall(text);
  if (!parse.ok) {
    const usage = isAtUse(text) ? `\n\n${USE_USAGE}` : '';
    return refuse(`I could not read this call. ${parse.message}${usage}`);
  }
  const prepared = await prepareCall(turn, { callId: null, parse });
  if (prepared.kind === 'ready') return answerRun(turn, prepared.call);
  const { text: message, rejection } = prepared.observation;
  return refuse(
    rejection === null ? message : `The program does not compile.\n\n${presentText(rejection.reason)}`,
  );
}

async function answerRun(turn: Turn, call: ProgramCall): Promise<UseAnswer> {
  const { program } = call;
  const { run, refusal } = await runProgram(turn, call);
  if (refusal !== null) return { text: budgetText(refusal), cause: 'budget' };
  const isWritten = program.name === RUN_PROGRAM;
  if (isWritten) turn.lastRun.note(call, run);
  const title = isWritten ? 'Your program' : `\`${program.name}${formatSignature(program.signature)}\``;
  const text = presentRun(title, run, program);
  return { text, cause: run.outcome === 'ok' ? 'answered' : 'program-failed' };
}

function parseCall(text: string): ToolParse {
  if (isAtUse(text)) {
    const use = parseAtUse(text);
    return use.ok ? { ok: true, request: { tool: USE_PROGRAM, name: use.name, args: use.args } } : use;
  }
  const begin = text.search(/\S/);
  const call = readWatCall(text, findWatCall(text, begin) ?? begin);
  if (!call.ok) return { ok: false, message: describeProblem(text, call.problem) };
  const rest = text.slice(call.end).search(/\S/);
  if (rest === -1) return { ok: true, request: call.request };
  const problem = { offset: call.end + rest, expected: 'nothing behind the call' };
  return { ok: false, message: describeProblem(text, problem) };
}

function refuse(text: string): UseAnswer {
  return { text, cause: 'program-failed' };
}
