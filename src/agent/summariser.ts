import { meterModel } from '../budget/metered-model.ts';
import type { Account } from '../budget/port.ts';
import type { Model, ModelOutcome } from '../model/model.ts';
import { readSingleAnswer } from '../model/single-answer.ts';
import { untilAborted } from './until-aborted.ts';

/** What a summary is ended by and paid from. */
export interface SummaryOccasion {
  readonly signal: AbortSignal;
  readonly account: Account;
}

export interface SummaryTask {
  /** What to do. */
  readonly system: string;
  /** What to do it with; all that is from outside stands in data fences. */
  readonly text: string;
}

export type SummaryOutcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly error: string };

/** Makes long texts short, with a small model. */
export interface Summariser {
  /** Whether there is a model to ask. */
  readonly available: boolean;
  /** Never rejects for what the model does: a summary that does not come is an error in the outcome. */
  summarise(task: SummaryTask, occasion: SummaryOccasion): Promise<SummaryOutcome>;
}

export interface SummariserOptions {
  /** Null where none is configured. */
  readonly model: Model | null;
  /** Milliseconds for one summary. Default 30,000. */
  readonly timeoutMs?: number;
}

/** Tokens of one summary, thinking included. */
const MAX_TOKENS = 3_000;

/** Half a summary is more than none, for those who know that it is half. */
const CUT = '[The summary breaks off here.]';

const ABANDONED: ModelOutcome = { ok: false, code: 'cancelled', message: 'nobody waits for it any more' };

export function createSummariser({ model, timeoutMs = 30_000 }: SummariserOptions): Summariser {
  return Object.freeze({
    available: model !== null,
    async summarise(task: SummaryTask, { signal, account }: SummaryOccasion): Promise<SummaryOutcome> {
      if (model === null) return { ok: false, error: 'no model for summaries is configured' };
      const timeout = AbortSignal.timeout(timeoutMs);
      const metered = meterModel(model, account, 'summary');
      const outcome = await ask(metered, task, AbortSignal.any([signal, timeout]));
      if (outcome.ok) return readSummary(outcome);
      const isLate = timeout.aborted && !signal.aborted;
      const error = isLate ? `no summary within ${timeoutMs} ms` : `${outcome.code}: ${outcome.message}`;
      return { ok: false, error };
    },
  });
}

async function ask(model: Model, { system, text }: SummaryTask, signal: AbortSignal): Promise<ModelOutcome> {
  const stream = model.stream({
    system,
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [],
    maxTokens: MAX_TOKENS,
    signal,
  });
  const read = async (): Promise<ModelOutcome> => {
    for (;;) {
      const next = await stream.next();
      if (next.done) return next.value;
    }
  };
  return untilAborted(read(), signal, ABANDONED);
}

function readSummary(outcome: Extract<ModelOutcome, { readonly ok: true }>): SummaryOutcome {
  // What a model says in refusing is no summary, however long.
  const { completeness, text } = readSingleAnswer(outcome);
  if (completeness === 'whole') return { ok: true, text };
  if (completeness === 'cut') return { ok: true, text: `${text} ${CUT}` };
  return { ok: false, error: `no summary, stop reason ${outcome.stopReason}` };
}
