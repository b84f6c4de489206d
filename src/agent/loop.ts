import { deliver, endEarly } from './delivery.ts';
import { declined, type Ending, emptyReply, modelFailed, stepLimit, stopped } from './ending.ts';
import { lastStepNote, lastStepReason } from './last-step.ts';
import { callModel, type ModelCall } from './model-call.ts';
import { AT_FIRST, type Progress } from './progress.ts';
import { type PendingCall, type Reply, readReply } from './reply.ts';
import { takeSteering } from './steering.ts';
import { executeCalls, type Observations } from './tool-execution.ts';
import type { Turn } from './turn.ts';

type Goes = Extract<Reply, { readonly kind: 'calls' | 'paused' }>;

/** Think, act, observe, until there is an answer or a bound is reached. */
export async function runLoop(turn: Turn): Promise<Ending> {
  turn.transcript.addUser([{ type: 'text', text: turn.request.text }]);
  let progress = AT_FIRST;
  for (;;) {
    const last = lastStepReason(turn, progress);
    const note = last === null ? null : lastStepNote(last);
    const call = await callModel(turn, { step: progress.step, note });
    const next = await takeReply(turn, call, { progress, last });
    if ('cause' in next) return next;
    progress = next;
    await takeSteering(turn);
    if (turn.request.signal.aborted) return stopped(turn);
  }
}

interface At {
  readonly progress: Progress;
  /** Why the model was told that this was its last step; null where it was not. */
  readonly last: string | null;
}

async function takeReply(
  turn: Turn,
  { outcome, deltas }: ModelCall,
  { progress, last }: At,
): Promise<Ending | Progress> {
  const early = await endEarly(turn);
  if (early !== null) return early;
  if (!outcome.ok) return modelFailed(turn, outcome.code, outcome.message);
  const reply = readReply(outcome);
  if (reply.kind === 'refusal') return declined(turn);
  if (reply.kind === 'empty') return emptyReply(turn, outcome.stopReason);
  if (reply.kind === 'answer') {
    // Who said more meanwhile gets an answer to all of it.
    const saidMore = last === null && (await takeSteering(turn));
    return saidMore ? nextStep(progress) : deliver(turn, reply.text, deltas);
  }
  if (last !== null) return stepLimit(turn, last, progress.isRejected);
  deltas.release();
  if (outcome.content.length > 0) turn.transcript.addAssistant(outcome.content);
  return goOn(turn, reply, progress);
}

async function goOn(turn: Turn, reply: Goes, progress: Progress): Promise<Ending | Progress> {
  if (reply.kind === 'calls') return act(turn, reply.calls, progress);
  turn.transcript.addUser([{ type: 'text', text: 'Go on.' }]);
  return nextStep(progress);
}

function nextStep(progress: Progress): Progress {
  return { ...progress, step: progress.step + 1 };
}

async function act(
  turn: Turn,
  calls: readonly PendingCall[],
  progress: Progress,
): Promise<Ending | Progress> {
  const { maxRetries } = turn.settings.limits;
  const mayRetry = progress.retries < maxRetries;
  const observations = await executeCalls(turn, calls, mayRetry);
  turn.transcript.addUser(observations.blocks);
  if (turn.request.signal.aborted) return stopped(turn);
  const failures = countFailures(progress, observations);
  const [reason] = observations.rejections;
  const step = progress.step + 1;
  if (reason === undefined) return { step, retries: 0, isRejected: false, failures };
  // A model that never gets it right has its retries once a turn, not once a step.
  if (!mayRetry) return { step, retries: progress.retries, isRejected: true, failures };
  const attempt = progress.retries + 1;
  turn.request.emit({ type: 'retry', attempt, maximum: maxRetries, reason });
  return { step: progress.step, retries: attempt, isRejected: true, failures };
}

function countFailures({ failures }: Progress, { failures: { atEnd, all } }: Observations): number {
  return all ? failures + atEnd : atEnd;
}
