import type { ModelOutcome } from '../model/model.ts';
import { deliver, endEarly } from './delivery.ts';
import { declined, type Ending, emptyReply, modelFailed, stepLimit, stopped } from './ending.ts';
import { lastStepNote, lastStepReason } from './last-step.ts';
import { callModel } from './model-call.ts';
import { AT_FIRST, type Progress } from './progress.ts';
import { cutNote, type PendingCall, readReply } from './reply.ts';
import { takeSteering } from './steering.ts';
import { executeCalls, type Observations } from './tool-execution.ts';
import { hostText } from './transcript.ts';
import type { Turn } from './turn.ts';

const GO_ON = 'Go on.';

/** Think, act, observe, until there is an answer or a bound is reached. */
export async function runLoop(turn: Turn): Promise<Ending> {
  turn.transcript.addUser([{ type: 'text', text: turn.request.text }]);
  let progress = AT_FIRST;
  for (;;) {
    const last = lastStepReason(turn, progress);
    const note = last === null ? null : lastStepNote(last);
    const outcome = await callModel(turn, { step: progress.step, note });
    const next = await takeReply(turn, outcome, { progress, last });
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
  outcome: ModelOutcome,
  { progress, last }: At,
): Promise<Ending | Progress> {
  const early = await endEarly(turn);
  if (early !== null) return early;
  if (!outcome.ok) return modelFailed(turn, outcome);
  const reply = readReply(outcome, last === null && !turn.transcript.usesTools);
  if (reply.kind === 'refusal') return declined(turn);
  const said = progress.begun + (reply.kind === 'answer' || reply.kind === 'paused' ? reply.text : '');
  if (reply.kind === 'answer') {
    // Who said more meanwhile gets an answer to all of it.
    const saidMore = last === null && (await takeSteering(turn));
    if (!saidMore) return deliver(turn, said);
    turn.speech.discard();
    return nextStep(progress, '');
  }
  const isOver = reply.kind === 'empty' || last !== null;
  if (isOver && reply.kind !== 'calls' && said.trim() !== '')
    return deliver(turn, said + cutNote(outcome, last));
  if (reply.kind === 'empty') return emptyReply(turn, outcome.stopReason);
  if (last !== null) return stepLimit(turn, last, progress.isRejected);
  if (outcome.content.length > 0) turn.transcript.addAssistant(outcome.content);
  if (reply.kind === 'calls') return act(turn, reply.calls, progress);
  turn.transcript.addUser([hostText(GO_ON)]);
  return nextStep(progress, said);
}

function nextStep(progress: Progress, begun: string): Progress {
  return { ...progress, step: progress.step + 1, begun };
}

async function act(
  turn: Turn,
  calls: readonly PendingCall[],
  progress: Progress,
): Promise<Ending | Progress> {
  const { maxRetries } = turn.settings.limits;
  const mayRetry = progress.retries < maxRetries;
  // What was said before a call is no answer.
  const begun = '';
  turn.speech.leave(calls.some(({ callId }) => callId === null));
  const observations = await executeCalls(turn, calls, mayRetry);
  turn.transcript.addUser(observations.blocks);
  if (turn.request.signal.aborted) return stopped(turn);
  const failures = countFailures(progress, observations);
  const [rejection] = observations.rejections;
  const step = progress.step + 1;
  if (rejection === undefined) return { step, retries: 0, isRejected: false, failures, begun };
  // A model that never gets it right has its retries once a turn, not once a step.
  if (!mayRetry) return { step, retries: progress.retries, isRejected: true, failures, begun };
  const attempt = progress.retries + 1;
  turn.request.emit({ type: 'retry', attempt, maximum: maxRetries, ...rejection });
  return { step: progress.step, retries: attempt, isRejected: true, failures, begun };
}

function countFailures({ failures }: Progress, { failures: { atEnd, all } }: Observations): number {
  return all ? failures + atEnd : atEnd;
}
