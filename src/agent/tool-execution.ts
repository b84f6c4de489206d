import type { ProgramRun } from '../catalog/port.ts';
import type { UserBlock } from '../model/model.ts';
import { summariseRest } from './long-result.ts';
import { observationText } from './observation.ts';
import { guardObservation } from './observation-guard.ts';
import {
  type Observation,
  type PreparedCall,
  prepareCall,
  type Rejection,
  refusal,
} from './prepared-call.ts';
import { type ProgramCall, runProgram } from './program-run.ts';
import type { PendingCall } from './reply.ts';
import { RUN_PROGRAM } from './tools.ts';
import { hostText, toolResult } from './transcript.ts';
import type { Turn } from './turn.ts';

/** Calls of one reply that are carried out: what they bring is about as much as a conversation may have. */
const MOST_CALLS = 16;
/** Runs side by side, each of which can ask for a summary of what it brought. */
const MOST_AT_ONCE = 8;

export interface Observations {
  /** One for each call, in order; together they make the next user message. */
  readonly blocks: readonly UserBlock[];
  /** The programs that did not compile. */
  readonly rejections: readonly Rejection[];
  /** How many of the last calls failed one after the other, and whether none before them worked. */
  readonly failures: { readonly atEnd: number; readonly all: boolean };
}

/**
 * Executes the calls of a reply: side by side where none of them changes anything, and one that does when all
 * before it are done and before any behind it begins. After a stop the rest count as cancelled, and what is beyond
 * the first MOST_CALLS is left for the next reply. `mayRetry` says what a program that does not compile is answered
 * with: mend it, or go on without it.
 */
export async function executeCalls(
  turn: Turn,
  calls: readonly PendingCall[],
  mayRetry: boolean,
): Promise<Observations> {
  const prepared: PreparedCall[] = [];
  for (const call of calls.slice(0, MOST_CALLS))
    prepared.push(isStopped(turn) ? CANCELLED : await prepareCall(turn, call));
  const observations: Observation[] = [];
  for (const group of groupsOf(prepared)) {
    const done = await executeGroup(turn, group);
    for (const { observation, worked } of done) {
      observations.push(observation);
      if (worked !== null) turn.lastRun.note(worked.call, worked.run);
    }
  }
  return {
    blocks: calls.flatMap((call, index) => {
      // What was asked for in text is answered in text, which has to say what it answers.
      const place = calls.length > 1 ? `Call ${index + 1} of ${calls.length}:\n` : '';
      return toBlocks({ ...call, place }, observations[index] ?? LEFT, mayRetry);
    }),
    rejections: observations.flatMap(({ rejection }) => (rejection === null ? [] : [rejection])),
    failures: failuresOf(observations),
  };
}

interface Executed {
  readonly observation: Observation;
  /** A program that the model wrote, and its run; null for all else. */
  readonly worked: { readonly call: ProgramCall; readonly run: ProgramRun } | null;
}

const CANCELLED = Object.freeze({
  kind: 'answered',
  observation: refusal('cancelled: the turn was stopped before this was done.'),
});

const LEFT: Observation = Object.freeze({
  text: `not run: of one reply the first ${MOST_CALLS} calls are carried out. Make this one again if it is still needed.`,
  isError: false,
  rejection: null,
});

function isStopped({ request }: Turn): boolean {
  return request.signal.aborted;
}

/** What may run at once, in order. */
function groupsOf(calls: readonly PreparedCall[]): readonly (readonly PreparedCall[])[] {
  const groups: PreparedCall[][] = [];
  let isOpen = false;
  for (const call of calls) {
    const alone = call.kind === 'ready' && call.changes;
    const last = groups.at(-1);
    if (isOpen && !alone && last !== undefined && last.length < MOST_AT_ONCE) last.push(call);
    else groups.push([call]);
    isOpen = !alone;
  }
  return groups;
}

/** Side by side, unless a budget has not fuel for all of them at once: then each has what those before it left. */
async function executeGroup(turn: Turn, group: readonly PreparedCall[]): Promise<readonly Executed[]> {
  const { request, settings } = turn;
  const runs = group.filter(({ kind }) => kind === 'ready').length;
  if (runs * settings.limits.runFuel <= request.context.account.fuelRoom) return executeTogether(turn, group);
  const done: Executed[] = [];
  for (const call of group) done.push(await execute(turn, call));
  return done;
}

/** None outlives the others: where one throws, the rest are stopped and told to their end before it is thrown on. */
async function executeTogether(turn: Turn, group: readonly PreparedCall[]): Promise<readonly Executed[]> {
  const broken = new AbortController();
  const signal = AbortSignal.any([turn.request.signal, broken.signal]);
  const stoppable = { ...turn, request: { ...turn.request, signal } };
  const ended = await Promise.allSettled(
    group.map(async (call) => {
      try {
        return await execute(stoppable, call);
      } catch (error) {
        broken.abort(error);
        throw error;
      }
    }),
  );
  broken.signal.throwIfAborted();
  return ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

async function execute(turn: Turn, prepared: PreparedCall): Promise<Executed> {
  if (prepared.kind === 'answered') return { observation: prepared.observation, worked: null };
  if (isStopped(turn)) return { observation: CANCELLED.observation, worked: null };
  const { call } = prepared;
  turn.ran.push(call.title);
  const { run } = await runProgram(turn, call);
  const observation = await observe(turn, call, run);
  return { observation, worked: isOwn(call) ? { call, run } : null };
}

/** Whether the model wrote it. */
function isOwn({ program }: ProgramCall): boolean {
  return program.name === RUN_PROGRAM;
}

async function observe(turn: Turn, call: ProgramCall, run: ProgramRun): Promise<Observation> {
  const { runId, program } = call;
  const rest = await summariseRest(turn, runId, run);
  const text = observationText(run, { rest, body: isOwn(call) ? program.body : null });
  const isError = run.outcome !== 'ok';
  const observation = await guardObservation(turn, runId, run, { text, isError, rejection: null });
  turn.request.emit({ type: 'observation', runId, text: observation.text });
  return observation;
}

function failuresOf(observations: readonly Observation[]): Observations['failures'] {
  // A program to be mended is bounded by its retries.
  const done = observations.filter(({ rejection }) => rejection === null);
  const lastGood = done.findLastIndex(({ isError }) => !isError);
  return { atEnd: done.length - 1 - lastGood, all: lastGood === -1 };
}

function toBlocks(
  call: PendingCall & { readonly place: string },
  observation: Observation,
  mayRetry: boolean,
): UserBlock[] {
  const advice = mayRetry
    ? 'Correct the body and call the tool again.'
    : 'That was the last try in this step: go on without this program, or write a simpler one.';
  const text = observation.rejection === null ? observation.text : `${observation.text}\n\n${advice}`;
  if (call.callId === null) return [hostText(`${call.place}${text}`)];
  return [toolResult(call.callId, text, observation.isError)];
}
