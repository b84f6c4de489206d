import type { AssistantBlock, ModelOutcome, StopReason } from '../model/model.ts';
import { replyText } from '../model/single-answer.ts';
import { withoutThinking } from '../model/thinking.ts';
import { readTextForms } from './text-forms.ts';
import { parseToolCall, type ToolParse } from './tools.ts';

/** A tool that the model asked for. Without an id it was asked for in text, and is answered in text. */
export interface PendingCall {
  readonly callId: string | null;
  readonly parse: ToolParse;
}

/** What a whole reply of the model means for the turn. */
export type Reply =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'calls'; readonly calls: readonly PendingCall[] }
  /** The model wants to go on speaking. */
  | { readonly kind: 'paused'; readonly text: string }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'empty' };

type WholeReply = Extract<ModelOutcome, { readonly ok: true }>;

/** What stands below an answer that ends before it is whole; `last` is why the model may not go on. */
export function cutNote(outcome: WholeReply, last: string | null = null): string {
  return `\n\n_(The answer was cut here: ${cutReason(outcome, last)}.)_`;
}

function cutReason({ stopReason, isCurbed }: WholeReply, last: string | null): string {
  if (stopReason === 'pause_turn' && last !== null) return last;
  if (stopReason === 'model_context_window_exceeded')
    return 'the conversation reached the length that the model can read';
  return isCurbed ? 'a budget leaves no room for more' : 'it reached the length that one reply may have';
}

/** Why a reply ends before it is whole: its own length, or that of the conversation with it. */
const CUT: ReadonlySet<StopReason> = new Set(['max_tokens', 'model_context_window_exceeded']);

/** `mayAskBack`: whether a call in text that may only be told of is taken for one, which then fails with the reason. */
export function readReply(outcome: WholeReply, mayAskBack = true): Reply {
  if (outcome.stopReason === 'refusal') return { kind: 'refusal' };
  const calls = outcome.content.flatMap(toPendingCall);
  if (calls.length > 0) return { kind: 'calls', calls };
  const text = withoutThinking(replyText(outcome.content));
  if (outcome.stopReason === 'pause_turn') return { kind: 'paused', text };
  if (text.trim() === '') return { kind: 'empty' };
  const forms = readTextForms(text);
  if (forms !== null && (mayAskBack || !forms.every(isUnclear)))
    return { kind: 'calls', calls: forms.map((parse) => ({ callId: null, parse })) };
  return { kind: 'answer', text: CUT.has(outcome.stopReason) ? text + cutNote(outcome) : text };
}

function isUnclear(parse: ToolParse): boolean {
  return !parse.ok && parse.isUnclear === true;
}

function toPendingCall(block: AssistantBlock): PendingCall[] {
  if (block.type !== 'tool-call') return [];
  return [{ callId: block.callId, parse: parseToolCall(block.name, block.input) }];
}
