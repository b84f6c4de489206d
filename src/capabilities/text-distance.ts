import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { countCharacters } from './text.ts';

/** The most pairs of characters that are compared; about 20 ms. */
const MAX_PAIRS = 4_000_000;

/** Levenshtein's distance in characters. EBOUND when the texts are too long to compare each with each. */
export function distance(a: string, b: string): number | Failure {
  const [length, otherLength] = [countCharacters(a), countCharacters(b)];
  if (length * otherLength > MAX_PAIRS) {
    return fail('EBOUND', `texts of ${length} and ${otherLength} characters are too long to compare`);
  }
  if (length === 0 || otherLength === 0) return length + otherLength;
  const one = codePoints(a);
  const other = codePoints(b);
  let row = Int32Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, code] of one.entries()) row = nextRow(row, code, other, index + 1);
  return row[other.length] ?? 0;
}

function nextRow(above: Int32Array<ArrayBuffer>, code: number, other: Uint32Array, first: number) {
  const row = new Int32Array(above.length);
  row[0] = first;
  let left = first;
  for (let column = 1; column < above.length; column += 1) {
    const diagonal = above[column - 1] ?? 0;
    const replaced = code === other[column - 1] ? diagonal : diagonal + 1;
    left = Math.min(replaced, left + 1, (above[column] ?? 0) + 1);
    row[column] = left;
  }
  return row;
}

function codePoints(text: string): Uint32Array {
  return Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
