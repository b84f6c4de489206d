import { tokensOf } from '../budget/metered-model.ts';
import type { ModelMessage } from '../model/model.ts';
import { type Head, splitHead, writeHead } from './compaction-head.ts';
import { shortenObservations } from './compaction-observations.ts';
import { cutText } from './cut-text.ts';
import type { SummaryOutcome } from './summariser.ts';
import { isSaid } from './transcript.ts';

/** What is to be summarised. */
export interface EarlierTurns {
  /** What an earlier summary already stands for. */
  readonly head: Head | null;
  readonly turns: readonly (readonly ModelMessage[])[];
}

export interface CompactOptions {
  /** The user message that began the newest turn, which is never summarised. */
  readonly newest: number;
  /** Tokens that the messages may have. */
  readonly budget: number;
  /** Tokens that are aimed at when they have more; fewer than the budget, so that the next turns have room. */
  readonly target: number;
  /** Whether results that the model has not seen yet may be shortened as well. */
  readonly mayShortenLast: boolean;
  summarise(earlier: EarlierTurns): Promise<SummaryOutcome>;
}

export interface Compacted {
  readonly messages: readonly ModelMessage[];
  /** Where the newest turn begins now. */
  readonly newest: number;
  /** What came of the older turns; `shortened` where only results of the newest turn became shorter. */
  readonly kind: 'summarised' | 'dropped' | 'shortened';
  /** Turns that are left out now. */
  readonly turns: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** Why there is no summary of them; null where there is, or nothing to summarise. */
  readonly error: string | null;
}

/** Characters that a summary may have. */
const SUMMARY = 6_000;
/** Tokens that are kept free for a summary, and the share of what is aimed at that they may be at the most. */
const SUMMARY_ROOM = 2_000;
const SUMMARY_SHARE = 1 / 4;
/** Turns with fewer tokens than this are no shorter as a summary. */
const WORTH_SUMMARISING = 400;

/**
 * Makes a history shorter that has more tokens than its budget. Turns leave it whole, oldest first, and what is
 * kept stays word for word; where the newest turn alone is too long, its older results are shortened. Null where
 * the history is within its budget, or nothing in it can become shorter.
 */
export async function compact(
  messages: readonly ModelMessage[],
  options: CompactOptions,
): Promise<Compacted | null> {
  const tokensBefore = historyTokens(messages);
  if (tokensBefore <= options.budget) return null;
  const folded = await foldTurns(messages, options);
  const short =
    historyTokens(folded.messages) > options.budget ? shortenNewest(folded, options) : folded.messages;
  const tokensAfter = historyTokens(short);
  return tokensAfter < tokensBefore ? { ...folded, messages: short, tokensBefore, tokensAfter } : null;
}

/** Tokens of a history, about. */
export function historyTokens(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => sum + tokensOf(message), 0);
}

type Folded = Omit<Compacted, 'tokensBefore' | 'tokensAfter'>;

async function foldTurns(messages: readonly ModelMessage[], options: CompactOptions): Promise<Folded> {
  const { newest, target } = options;
  const unchanged: Folded = { messages, newest, kind: 'shortened', turns: 0, error: null };
  const { head, length } = splitHead(messages.slice(0, newest));
  const turns = splitTurns(messages.slice(length, newest));
  const summaryRoom = Math.min(SUMMARY_ROOM, target * SUMMARY_SHARE);
  const room = target - summaryRoom - historyTokens(messages.slice(newest));
  const leaving = turns.slice(0, countLeaving(turns, room));
  const end = length + leaving.flat().length;
  const replaced = historyTokens(messages.slice(0, end));
  if (leaving.length === 0 || replaced < WORTH_SUMMARISING) return unchanged;
  const outcome = await options.summarise({ head, turns: leaving });
  const { begin, error } = chooseHead(head, fitSummary(outcome, { target, replaced }));
  return {
    messages: [...begin, ...messages.slice(end)],
    newest: newest - end + begin.length,
    kind: error === null ? 'summarised' : 'dropped',
    turns: leaving.length,
    error,
  };
}

/** How many of the oldest turns have to go, so that the others fit. */
function countLeaving(turns: readonly (readonly ModelMessage[])[], room: number): number {
  let left = room;
  let count = turns.length;
  while (count > 0) {
    left -= historyTokens(turns[count - 1] ?? []);
    if (left < 0) break;
    count -= 1;
  }
  return count;
}

/** A summary must be shorter than what it stands for. */
function fitSummary(
  outcome: SummaryOutcome,
  { target, replaced }: { readonly target: number; readonly replaced: number },
): SummaryOutcome {
  if (!outcome.ok) return outcome;
  const cut = cutText(outcome.text, Math.min(SUMMARY, target));
  const text = cut.note === null ? cut.text : `${cut.text}\n${cut.note}`;
  const tokens = historyTokens(writeHead({ summary: text, hasGap: false }));
  if (tokens < replaced) return { ok: true, text };
  return { ok: false, error: `the summary has ${tokens} tokens in place of ${replaced}` };
}

/** Without a new summary the one that was there stays. */
function chooseHead(
  before: Head | null,
  outcome: SummaryOutcome,
): { readonly begin: readonly ModelMessage[]; readonly error: string | null } {
  if (outcome.ok) return { begin: writeHead({ summary: outcome.text, hasGap: false }), error: null };
  const summary = before?.summary ?? null;
  return { begin: writeHead({ summary, hasGap: summary !== null }), error: outcome.error };
}

function splitTurns(messages: readonly ModelMessage[]): readonly (readonly ModelMessage[])[] {
  const turns: ModelMessage[][] = [];
  for (const message of messages) {
    const current = turns.at(-1);
    if (current === undefined || beginsTurn(message)) turns.push([message]);
    else current.push(message);
  }
  return turns;
}

/** A person's words begin a turn; a user message with results goes on with one. */
function beginsTurn({ role, content }: ModelMessage): boolean {
  return role === 'user' && content.every(isSaid);
}

function shortenNewest({ messages, newest }: Folded, options: CompactOptions): readonly ModelMessage[] {
  const { mayShortenLast, target } = options;
  const isEnough = (shortened: readonly ModelMessage[]) => historyTokens(shortened) <= target;
  return shortenObservations(messages, { newest, mayShortenLast, isEnough });
}
