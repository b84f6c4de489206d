import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { readDecimal, readInteger } from './number-text.ts';
import { byteLength, characterOffset, countCharacters, refuseSize } from './text.ts';
import { indexOf, split } from './text-search.ts';

const pure = hostFunction<GuestContext>('pure');

/** Work on text. Positions and lengths are in characters (Unicode code points) unless a name says bytes. */
export const string: Capability<GuestContext> = defineCapability({
  name: 'string',
  open: (context: GuestContext) => context,
  functions: {
    concat: pure({
      summary: 'a followed by b.',
      params: { a: 'string', b: 'string' },
      result: 'string',
      run: ({ a, b }) => refuseSize(byteLength(a) + byteLength(b)) ?? a + b,
    }),
    length: pure({
      summary: 'Length in characters.',
      params: { text: 'string' },
      result: 'i32',
      run: ({ text }) => countCharacters(text),
    }),
    bytes: pure({
      summary: 'Length in bytes of UTF-8.',
      params: { text: 'string' },
      result: 'i32',
      run: ({ text }) => byteLength(text),
    }),
    slice: pure({
      summary: 'Characters from start up to, not including, end; negative counts from the end.',
      params: { text: 'string', start: 'i32', end: 'i32' },
      result: 'string',
      run: ({ text, start, end }) => text.slice(characterOffset(text, start), characterOffset(text, end)),
    }),
    find: pure({
      summary: 'Position of needle at or after from, or -1.',
      params: { text: 'string', needle: 'string', from: 'i32' },
      result: 'i32',
      run: ({ text, needle, from }) => find(text, needle, from),
    }),
    contains: pure({
      summary: '1 if needle is in text, else 0.',
      params: { text: 'string', needle: 'string' },
      result: 'i32',
      run: ({ text, needle }) => Number(indexOf(text, needle) !== -1),
    }),
    starts_with: pure({
      summary: '1 if text starts with prefix, else 0.',
      params: { text: 'string', prefix: 'string' },
      result: 'i32',
      run: ({ text, prefix }) => Number(text.startsWith(prefix)),
    }),
    ends_with: pure({
      summary: '1 if text ends with suffix, else 0.',
      params: { text: 'string', suffix: 'string' },
      result: 'i32',
      run: ({ text, suffix }) => Number(text.endsWith(suffix)),
    }),
    equals: pure({
      summary: '1 if both are the same text, else 0.',
      params: { a: 'string', b: 'string' },
      result: 'i32',
      run: ({ a, b }) => Number(a === b),
    }),
    replace: pure({
      summary: 'Every needle in text replaced.',
      params: { text: 'string', needle: 'string', replacement: 'string' },
      result: 'string',
      run: ({ text, needle, replacement }) => replace(text, needle, replacement),
    }),
    repeat: pure({
      summary: 'The text so many times over.',
      params: { text: 'string', times: 'i32' },
      result: 'string',
      run: ({ text, times }) => repeat(text, times),
    }),
    trim: pure({
      summary: 'The text without white space at both ends.',
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => text.trim(),
    }),
    upper: pure({
      summary: 'The text in upper case.',
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => bounded(text.toUpperCase()),
    }),
    lower: pure({
      summary: 'The text in lower case.',
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => bounded(text.toLowerCase()),
    }),
    from_i32: pure({
      summary: 'The number in decimal.',
      params: { value: 'i32' },
      result: 'string',
      run: ({ value }) => String(value),
    }),
    from_i64: pure({
      summary: 'The number in decimal.',
      params: { value: 'i64' },
      result: 'string',
      run: ({ value }) => String(value),
    }),
    from_f64: pure({
      summary: 'The number in the fewest digits that tell it apart.',
      params: { value: 'f64' },
      result: 'string',
      run: ({ value }) => String(value),
    }),
    to_i32: pure({
      summary: 'The whole number that the text writes; EPARSE if none, EBOUND if too large.',
      params: { text: 'string' },
      result: 'i32',
      run: ({ text }) => {
        const value = readInteger(text, 32);
        return typeof value === 'bigint' ? Number(value) : value;
      },
    }),
    to_i64: pure({
      summary: 'The whole number that the text writes; EPARSE if none, EBOUND if too large.',
      params: { text: 'string' },
      result: 'i64',
      run: ({ text }) => readInteger(text, 64),
    }),
    to_f64: pure({
      summary: 'The number that the text writes; EPARSE if none, EBOUND if too large.',
      params: { text: 'string' },
      result: 'f64',
      run: ({ text }) => readDecimal(text),
    }),
  },
});

function find(text: string, needle: string, from: number): number {
  const offset = indexOf(text, needle, characterOffset(text, from));
  return offset < 0 ? -1 : countCharacters(text.slice(0, offset));
}

function replace(text: string, needle: string, replacement: string): string | Failure {
  if (needle === '') return fail('EBOUND', 'expected a text to replace, got an empty one');
  const pieces = split(text, needle);
  // Counted before joining: two texts of a megabyte can make one of a terabyte.
  const growth = (pieces.length - 1) * (byteLength(replacement) - byteLength(needle));
  return refuseSize(byteLength(text) + growth) ?? pieces.join(replacement);
}

function repeat(text: string, times: number): string | Failure {
  if (times < 0) return fail('EBOUND', `expected a count of 0 or more, got ${times}`);
  return refuseSize(byteLength(text) * times) ?? text.repeat(times);
}

function bounded(text: string): string | Failure {
  return refuseSize(byteLength(text)) ?? text;
}
