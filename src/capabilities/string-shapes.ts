import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { hostFunction } from './define.ts';
import { boundText, byteLength, characterOffset, countCharacters, refuseSize } from './text.ts';
import { titleCase } from './text-case.ts';
import type { Values } from './values.ts';

const SPACE = { type: 'string', default: ' ' } as const;
const LAST_CHARACTER = 0x10_ffff;
/** Looking at each word, or at what people see as one character, takes up to a microsecond. */
const MAX_SHAPED = 65_536;
/** Other scripts write vowels and consonants as marks. */
const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
const NOT_OF_A_WORD = /[^\p{L}\p{M}\p{N}]+/gu;
/** Letters of Latin alphabets that are no letter with a mark to Unicode, and what they are written as without them. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i' }),
);
const WHOLE_LETTER = /[ßæœøłđðþħı]/g;
const OUTER_HYPHENS = /^-|-$/g;

const pure = hostFunction<Values>('pure');

/** Text in other shapes, and single characters. */
export const stringShapes = {
  title: pure({
    summary: 'Each word with a capital first letter.',
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'string',
    run: ({ text }) => refuseLong(text) ?? titleCase(text),
  }),
  reverse: pure({
    summary: 'The text backwards, by what people see as characters.',
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'string',
    run: ({ text }) => refuseLong(text) ?? reverse(text),
  }),
  pad_start: pure({
    summary: 'The text with fill before it until it is width characters long.',
    fails: ['EBOUND'],
    params: { text: 'string', width: 'i32', fill: SPACE },
    result: 'string',
    run: ({ text, width, fill }) => {
      const padding = paddingOf(text, width, fill);
      return typeof padding === 'string' ? padding + text : padding;
    },
  }),
  pad_end: pure({
    summary: 'The text with fill after it until it is width characters long.',
    fails: ['EBOUND'],
    params: { text: 'string', width: 'i32', fill: SPACE },
    result: 'string',
    run: ({ text, width, fill }) => {
      const padding = paddingOf(text, width, fill);
      return typeof padding === 'string' ? text + padding : padding;
    },
  }),
  truncate: pure({
    summary: 'The text cut to length characters, the ending included.',
    fails: ['EBOUND'],
    params: { text: 'string', length: 'i32', ending: { type: 'string', default: '…' } },
    result: 'string',
    run: ({ text, length, ending }) =>
      length < 0
        ? fail('EBOUND', `expected a length of 0 or more, got ${length}`)
        : truncate(text, length, ending),
  }),
  slug: pure({
    summary: 'The words in lower case without accents, with hyphens between: "a-b-c".',
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'string',
    run: ({ text }) => refuseLong(text) ?? slug(text),
  }),
  char_at: pure({
    summary: 'The character at an index; negative counts from the end. EBOUND past it.',
    fails: ['EBOUND'],
    params: { text: 'string', index: 'i32' },
    result: 'string',
    run: ({ text, index }) => characterAt(text, index),
  }),
  char_code: pure({
    summary: 'The code point of the character at an index.',
    fails: ['EBOUND'],
    params: { text: 'string', index: { type: 'i32', default: 0 } },
    result: 'i32',
    run: ({ text, index }) => {
      const character = characterAt(text, index);
      return typeof character === 'string' ? (character.codePointAt(0) ?? 0) : character;
    },
  }),
  from_char_code: pure({
    summary: 'The character of a code point.',
    fails: ['ETRFM', 'EBOUND'],
    params: { code: 'i32' },
    result: 'string',
    run: ({ code }) => {
      if (code >= 0 && code <= LAST_CHARACTER) return String.fromCodePoint(code);
      return fail('EBOUND', `expected a code point from 0 to ${LAST_CHARACTER}, got ${code}`);
    },
  }),
};

function refuseLong(text: string): Failure | null {
  if (text.length <= MAX_SHAPED) return null;
  return fail('EBOUND', `expected a text of at most ${MAX_SHAPED} characters, got ${text.length}`);
}

function reverse(text: string): string {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
  return Array.from(graphemes, ({ segment }) => segment)
    .reverse()
    .join('');
}

function paddingOf(text: string, width: number, fill: string): string | Failure {
  if (fill === '') return fail('EBOUND', 'expected a text to fill with, got an empty one');
  const missing = width - countCharacters(text);
  if (missing <= 0) return '';
  const unit = countCharacters(fill);
  const whole = Math.floor(missing / unit);
  const rest = fill.slice(0, characterOffset(fill, missing - whole * unit));
  const bytes = byteLength(text) + whole * byteLength(fill) + byteLength(rest);
  return refuseSize(bytes) ?? fill.repeat(whole) + rest;
}

function truncate(text: string, length: number, ending: string): string | Failure {
  if (countCharacters(text) <= length) return text;
  const kept = Math.max(0, length - countCharacters(ending));
  const end = ending.slice(0, characterOffset(ending, length));
  return boundText(text.slice(0, characterOffset(text, kept)).trimEnd() + end);
}

function slug(text: string): string {
  const bare = text.normalize('NFKD').replace(LATIN_MARKS, '$1').toLowerCase();
  const plain = bare.replace(WHOLE_LETTER, (letter) => PLAIN_LETTERS.get(letter) ?? letter);
  return plain.replace(NOT_OF_A_WORD, '-').replace(OUTER_HYPHENS, '').normalize('NFC');
}

function characterAt(text: string, index: number): string | Failure {
  const length = countCharacters(text);
  if (index >= length || index < -length) {
    return fail('EBOUND', `there is no character ${index} in a text of ${length}`);
  }
  const start = characterOffset(text, index);
  return String.fromCodePoint(text.codePointAt(start) ?? 0);
}
