import type { ModelOutcome, StopReason } from './model.ts';
import { withoutThinking } from './thinking.ts';

type WholeReply = Extract<ModelOutcome, { readonly ok: true }>;

/** Whether a reply was all that the model had to say, broke off, or was refused. */
type Completeness = 'whole' | 'cut' | 'none';

const BY_STOP_REASON: Readonly<Record<StopReason, Completeness>> = {
  end_turn: 'whole',
  stop_sequence: 'whole',
  max_tokens: 'cut',
  model_context_window_exceeded: 'cut',
  pause_turn: 'cut',
  // Nothing that could be called is offered with a single question.
  tool_use: 'none',
  refusal: 'none',
};

export interface SingleAnswer {
  readonly completeness: Completeness;
  /** What was said, thinking left out. */
  readonly text: string;
  /** The thinking of a model that came to say nothing, else what it said. */
  readonly written: string;
}

/** Reads the reply to a question that was asked without tools. */
export function readSingleAnswer({ content, stopReason }: WholeReply): SingleAnswer {
  const all = replyText(content);
  const text = withoutThinking(all).trim();
  const completeness = text === '' ? 'none' : BY_STOP_REASON[stopReason];
  return { completeness, text, written: text || all.trim() };
}

/** The text of a reply, whatever stands between its parts. */
export function replyText(content: WholeReply['content']): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
