import { stripHidden } from './hidden-characters.ts';

/** The text cut to a number of UTF-16 units, with a note that says so in brackets when anything is missing. */
export function cutText(
  text: string,
  maximum: number,
): { readonly text: string; readonly note: string | null } {
  if (text.length <= maximum) return { text, note: null };
  const splitsPair = /[\uD800-\uDBFF]/.test(text[maximum - 1] ?? '');
  const kept = text.slice(0, splitsPair ? maximum - 1 : maximum);
  const note = `[cut: the first ${count(kept.length)} of ${count(text.length)} characters]`;
  return { text: kept, note };
}

/** One line of at most so many characters, all of which can be seen, for titles and summaries. */
export function oneLine(text: string, maximum: number): string {
  const line = stripHidden(text.slice(0, maximum * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= maximum ? line : `${cutText(line, maximum - 1).text}…`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
