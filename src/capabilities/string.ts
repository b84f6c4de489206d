import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { compareText } from './json-compare.ts';
import { readDecimal, readInteger } from './number-text.ts';
import { stringLists } from './string-lists.ts';
import { stringShapes } from './string-shapes.ts';
import { boundText, byteLength, characterOffset, countCharacters, refuseSize } from './text.ts';
import { diffLines } from './text-diff.ts';
import { distance } from './text-distance.ts';
import { countOf, indexOf, replaceAll } from './text-search.ts';
import { createValues, type Values } from './values.ts';

const END = 2_147_483_647;

const pure = hostFunction<Values>('pure');

const looking = {
  length: pure({
    summary: 'Length in characters.',
    form: '(len TEXT)',
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
  find: pure({
    summary: 'Position of needle at or after from, or -1.',
    params: { text: 'string', needle: 'string', from: { type: 'i32', default: 0 } },
    result: 'i32',
    run: ({ text, needle, from }) => find(text, needle, from),
  }),
  contains: pure({
    summary: 'Whether needle is in text.',
    params: { text: 'string', needle: 'string' },
    result: 'bool',
    run: ({ text, needle }) => indexOf(text, needle) !== -1,
  }),
  starts_with: pure({
    summary: 'Whether text begins with prefix.',
    params: { text: 'string', prefix: 'string' },
    result: 'bool',
    run: ({ text, prefix }) => text.startsWith(prefix),
  }),
  ends_with: pure({
    summary: 'Whether text ends with suffix.',
    params: { text: 'string', suffix: 'string' },
    result: 'bool',
    run: ({ text, suffix }) => text.endsWith(suffix),
  }),
  count: pure({
    summary: 'How often needle is in text, without overlaps.',
    fails: ['EBOUND'],
    params: { text: 'string', needle: 'string' },
    result: 'i32',
    run: ({ text, needle }) => refuseEmpty(needle) ?? countOf(text, needle),
  }),
  equals: pure({
    summary: 'Whether both are the same text.',
    form: '(= A B)',
    params: { a: 'string', b: 'string' },
    result: 'bool',
    run: ({ a, b }) => a === b,
  }),
  compare: pure({
    summary: '-1, 0 or 1 as a comes before, is, or comes after b, by code point.',
    form: '(< A B)',
    params: { a: 'string', b: 'string' },
    result: 'i32',
    run: ({ a, b }) => compareText(a, b),
  }),
  distance: pure({
    summary: 'Characters to insert, delete or replace to make b of a (Levenshtein).',
    fails: ['EBOUND'],
    params: { a: 'string', b: 'string' },
    result: 'i32',
    run: ({ a, b }) => distance(a, b),
  }),
  diff: pure({
    summary: 'What changed from a to b by lines, as a unified diff; empty if nothing.',
    fails: ['EBOUND'],
    params: { a: 'string', b: 'string', context: { type: 'i32', default: 3 } },
    result: 'string',
    run: ({ a, b, context }) => {
      if (context < 0) return fail('EBOUND', `expected 0 lines of context or more, got ${context}`);
      return diffLines(a, b, context);
    },
  }),
};

const making = {
  concat: pure({
    summary: 'a followed by b.',
    form: '(format "{}{}" A B)',
    fails: ['EBOUND'],
    params: { a: 'string', b: 'string' },
    result: 'string',
    run: ({ a, b }) => refuseSize(byteLength(a) + byteLength(b)) ?? a + b,
  }),
  slice: pure({
    summary: 'Characters from start up to, not including, end; negative counts from the end.',
    params: { text: 'string', start: 'i32', end: { type: 'i32', default: END } },
    result: 'string',
    run: ({ text, start, end }) => text.slice(characterOffset(text, start), characterOffset(text, end)),
  }),
  replace: pure({
    summary: 'Every needle in text replaced.',
    fails: ['EBOUND'],
    params: { text: 'string', needle: 'string', replacement: 'string' },
    result: 'string',
    run: ({ text, needle, replacement }) => refuseEmpty(needle) ?? replace(text, needle, replacement),
  }),
  repeat: pure({
    summary: 'The text so many times over.',
    fails: ['EBOUND'],
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
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'string',
    run: ({ text }) => boundText(text.toUpperCase()),
  }),
  lower: pure({
    summary: 'The text in lower case.',
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'string',
    run: ({ text }) => boundText(text.toLowerCase()),
  }),
};

const numbers = {
  from_i32: pure({
    summary: 'The number in decimal.',
    form: '(text N)',
    params: { value: 'i32' },
    result: 'string',
    run: ({ value }) => String(value),
  }),
  from_i64: pure({
    summary: 'The number in decimal.',
    form: '(text N)',
    params: { value: 'i64' },
    result: 'string',
    run: ({ value }) => String(value),
  }),
  from_f64: pure({
    summary: 'The number in the fewest digits that tell it apart.',
    form: '(text N)',
    params: { value: 'f64' },
    result: 'string',
    run: ({ value }) => String(value),
  }),
  to_i32: pure({
    summary: 'The whole number that the text writes; EPARSE if none, EBOUND if too large.',
    form: '(i32 TEXT)',
    fails: ['EBOUND', 'EPARSE'],
    params: { text: 'string' },
    result: 'i32',
    run: ({ text }) => {
      const value = readInteger(text, 32);
      return typeof value === 'bigint' ? Number(value) : value;
    },
  }),
  to_i64: pure({
    summary: 'The whole number that the text writes; EPARSE if none, EBOUND if too large.',
    form: '(i64 TEXT)',
    fails: ['EBOUND', 'EPARSE'],
    params: { text: 'string' },
    result: 'i64',
    run: ({ text }) => readInteger(text, 64),
  }),
  to_f64: pure({
    summary: 'The number that the text writes; EPARSE if none, EBOUND if too large.',
    form: '(f64 TEXT)',
    fails: ['EBOUND', 'EPARSE'],
    params: { text: 'string' },
    result: 'f64',
    run: ({ text }) => readDecimal(text),
  }),
};

/** Work on text. Positions and lengths are in characters (Unicode code points) unless a name says bytes. */
export const string: Capability<GuestContext> = defineCapability({
  name: 'string',
  open: (context: GuestContext) => context.share(createValues),
  functions: { ...making, ...looking, ...stringLists, ...stringShapes, ...numbers },
});

function find(text: string, needle: string, from: number): number {
  const offset = indexOf(text, needle, characterOffset(text, from));
  return offset < 0 ? -1 : countCharacters(text.slice(0, offset));
}

function refuseEmpty(needle: string): Failure | null {
  return needle === '' ? fail('EBOUND', 'expected a text to look for, got an empty one') : null;
}

function replace(text: string, needle: string, replacement: string): string | Failure {
  // Reckoned before it is made: two texts of a megabyte can make one of a terabyte.
  const longer = byteLength(replacement) - byteLength(needle);
  const growth = longer > 0 ? countOf(text, needle) * longer : 0;
  return refuseSize(byteLength(text) + growth) ?? replaceAll(text, needle, replacement);
}

function repeat(text: string, times: number): string | Failure {
  if (times < 0) return fail('EBOUND', `expected a count of 0 or more, got ${times}`);
  return refuseSize(byteLength(text) * times) ?? text.repeat(times);
}
