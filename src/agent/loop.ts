import { deliver, endEarly } from './delivery.ts';
import { declined, type Ending, emptyReply, modelFailed, stepLimit, stopped } from './ending.ts';
import { callModel, type ModelCall } from './model-call.ts';
import { type PendingCall, type Reply, readReply } from './reply.ts';
import { executeCalls } from './tool-execution.ts';
import type { Turn } from './turn.ts';

/** How far a turn has come: which step, and how often a program was mended since one last compiled. */
interface Progress {
  readonly step: number;
  readonly retries: number;
  /** Whether the last program did not compile. */
  readonly isRejected: boolean;
}

/** Think, act, observe, until there is an answer or the steps are used up. */
export async function runLoop(turn: Turn): Promise<Ending> {
  const { maxSteps } = turn.settings.limits;
  turn.transcript.addUser([{ type: 'text', text: turn.request.text }]);
  let progress: Progress = { step: 1, retries: 0, isRejected: false };
  while (progress.step <= maxSteps) {
    const call = await callModel(turn, progress.step);
    const next = await takeReply(turn, call, progress);
    if ('cause' in next) return next;
    progress = next;
  }
  return stepLimit(turn, progress.isRejected);
}

async function takeReply(turn: Turn, call: ModelCall, progress: Progress): Promise<Ending | Progress> {
  const { outcome, deltas } = call;
  const early = await endEarly(turn);
  if (early !== null) return early;
  if (!outcome.ok) return modelFailed(turn, outcome.code, outcome.message);
  const reply = readReply(outcome);
  if (reply.kind === 'refusal') return declined(turn);
  if (reply.kind === 'empty') return emptyReply(turn, outcome.stopReason);
  if (reply.kind === 'answer') return deliver(turn, reply.text, deltas);
  if (progress.step >= turn.settings.limits.maxSteps) return stepLimit(turn, progress.isRejected);
  deltas.release();
  if (outcome.content.length > 0) turn.transcript.addAssistant(outcome.content);
  return goOn(turn, reply, progress);
}

async function goOn(
  turn: Turn,
  reply: Extract<Reply, { kind: 'calls' | 'paused' }>,
  progress: Progress,
): Promise<Ending | Progress> {
  if (reply.kind === 'calls') return act(turn, reply.calls, progress);
  turn.transcript.addUser([{ type: 'text', text: 'Go on.' }]);
  return { ...progress, step: progress.step + 1 };
}

async function act(
  turn: Turn,
  calls: readonly PendingCall[],
  progress: Progress,
): Promise<Ending | Progress> {
  const { maxRetries } = turn.settings.limits;
  const mayRetry = progress.retries < maxRetries;
  const { blocks, rejections } = await executeCalls(turn, calls, mayRetry);
  turn.transcript.addUser(blocks);
  if (turn.request.signal.aborted) return stopped(turn);
  const [reason] = rejections;
  const step = progress.step + 1;
  if (reason === undefined) return { step, retries: 0, isRejected: false };
  // A model that never gets it right has its retries once a turn, not once a step.
  if (!mayRetry) return { step, retries: progress.retries, isRejected: true };
  const attempt = progress.retries + 1;
  turn.request.emit({ type: 'retry', attempt, maximum: maxRetries, reason });
  return { step: progress.step, retries: attempt, isRejected: true };
}
