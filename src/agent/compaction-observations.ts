import type { ModelMessage, UserBlock } from '../model/model.ts';
import { cutText } from './cut-text.ts';
import { fenceData } from './data-fence.ts';
import { isSaid } from './transcript.ts';

/** Characters that an observation keeps, and from how many on it is worth shortening. */
const KEPT = 600;
const WORTH_SHORTENING = 1_200;

export interface ShortenOptions {
  /** The message that began the turn; what stands before it and itself stay as they are. */
  readonly newest: number;
  /** Whether what the model has not seen yet may be shortened as well. */
  readonly mayShortenLast: boolean;
  /** Whether the messages are short enough. */
  isEnough(messages: readonly ModelMessage[]): boolean;
}

/** Shortens the observations of a turn, oldest first, until that is enough or there are no more. */
export function shortenObservations(
  messages: readonly ModelMessage[],
  { newest, mayShortenLast, isEnough }: ShortenOptions,
): readonly ModelMessage[] {
  const end = mayShortenLast ? messages.length : messages.length - 1;
  let shortened = messages;
  for (let index = newest + 1; index < end && !isEnough(shortened); index += 1) {
    const message = shortened[index];
    if (message?.role === 'user') shortened = shortened.with(index, shortenMessage(message.content));
  }
  return shortened;
}

function shortenMessage(content: readonly UserBlock[]): ModelMessage {
  return { role: 'user', content: content.map(shortenBlock) };
}

/** Results only: a person's words that came meanwhile stay as they are. */
function shortenBlock(block: UserBlock): UserBlock {
  return !isSaid(block) && block.text.length > WORTH_SHORTENING
    ? { ...block, text: shorten(block.text) }
    : block;
}

/** The cut may open a fence that is not closed any more, so that the whole goes into one of its own. */
function shorten(text: string): string {
  const cut = cutText(text, KEPT);
  return `${fenceData(cut.text)}\n${cut.note} This result was shortened when the conversation grew too long.`;
}
