import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { MAX_TEXT_BYTES, offsetAfter, offsetBefore } from './text.ts';
import { MAX_ITEMS } from './values.ts';

/** Where a text is best cut, the best first; the cut is after the match. */
const CUTS = [/\n[ \t]*\n\s*/g, /\n/g, /[.!?。！？…]["'”’)\]]*\s+|[。！？]/g, /\s+/g];

/**
 * Pieces of at most `size` characters. Without overlap they make the text again, white space and all; else
 * each begins with the last `overlap` characters of the one before. EBOUND when they are too many or together
 * longer than a text may be.
 */
export function chunkText(text: string, size: number, overlap: number): readonly string[] | Failure {
  const chunks: string[] = [];
  let start = 0;
  let length = 0;
  while (start < text.length) {
    const end = cutAfter(text, start, { size, overlap });
    chunks.push(text.slice(start, end));
    length += end - start;
    if (chunks.length > MAX_ITEMS || length > MAX_TEXT_BYTES) {
      return fail(
        'EBOUND',
        'the chunks would be too many, or together too long; choose a larger size or less overlap',
      );
    }
    if (end === text.length) break;
    start = offsetBefore(text, end, overlap);
  }
  return chunks;
}

interface Sizes {
  readonly size: number;
  readonly overlap: number;
}

/** The end of the piece that begins at `start`; it is long enough that the next one begins later. */
function cutAfter(text: string, start: number, { size, overlap }: Sizes): number {
  const furthest = offsetAfter(text, start, size);
  if (furthest === text.length) return furthest;
  const nearest = offsetAfter(text, start, Math.max(Math.ceil(size / 2), overlap + 1));
  const window = text.slice(nearest, furthest);
  for (const cut of CUTS) {
    const last = lastEnd(window, cut);
    if (last > 0) return nearest + last;
  }
  return furthest;
}

/** Where the last match ends, or 0. */
function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}
