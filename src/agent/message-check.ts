import { count } from './cut-text.ts';
import type { Ending } from './ending.ts';
import type { TurnRequest } from './port.ts';

/** The longest message that is worked on, in characters (Unicode code points). */
export const MAXIMUM_MESSAGE = 100_000;

/** White space, control characters, and what is drawn as nothing. */
const BLANK = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}]*$/u;

/** Whether there is nothing to read in a text. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** What a person is told of a text that is too long to be read; null for one that is not. */
export function tooLong(text: string): string | null {
  const length = countCharacters(text);
  if (length <= MAXIMUM_MESSAGE) return null;
  return `Your message has ${count(length)} characters; I take at most ${count(MAXIMUM_MESSAGE)}. Please send a shorter one, or put the text where I can fetch it.`;
}

/** The end of a turn whose message needs no work: there is nothing in it, or too much. Else null. */
export function checkMessage(request: TurnRequest): Ending | null {
  const { text, history } = request;
  if (isBlank(text)) {
    const answer = 'Your message has no text in it. Tell me what to do, and I will.';
    return { cause: 'answered', answer, error: null, history };
  }
  const answer = tooLong(text);
  if (answer === null) return null;
  return { cause: 'refused', answer, error: `message of ${countCharacters(text)} characters`, history };
}

function countCharacters(text: string): number {
  if (text.length <= MAXIMUM_MESSAGE) return text.length;
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}
