import { itemsOf } from './array-items.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { hostFunction } from './define.ts';
import type { Json } from './json-value.ts';
import { plainText } from './json-writer.ts';
import { byteLength, linesOf, refuseSize } from './text.ts';
import { chunkText } from './text-chunks.ts';
import { split } from './text-search.ts';
import { MAX_ITEMS, refuseItems, type Values } from './values.ts';

const SPACE = /\s+/;

const pure = hostFunction<Values>('pure');

/** Text to lists of texts, and back. */
export const stringLists = {
  split: pure({
    summary: 'The texts between the separators; of an empty separator, the characters.',
    fails: ['EBOUND'],
    params: { text: 'string', separator: 'string' },
    result: 'value',
    run: ({ text, separator }, values) => takeTexts(values, splitText(text, separator)),
  }),
  lines: pure({
    summary: 'The lines; an end of line at the end begins none.',
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'value',
    run: ({ text }, values) => takeTexts(values, linesOf(text, MAX_ITEMS)),
  }),
  words: pure({
    summary: 'The texts between white space.',
    fails: ['EBOUND'],
    params: { text: 'string' },
    result: 'value',
    run: ({ text }, values) => {
      const trimmed = text.trim();
      return takeTexts(values, trimmed === '' ? [] : trimmed.split(SPACE, MAX_ITEMS + 1));
    },
  }),
  chunk: pure({
    summary: 'Pieces of at most size characters, cut between paragraphs, sentences or words if it can be.',
    fails: ['EBOUND'],
    params: { text: 'string', size: 'i32', overlap: { type: 'i32', default: 0 } },
    result: 'value',
    run: ({ text, size, overlap }, values) => {
      if (size < 1) return fail('EBOUND', `expected a size of 1 or more, got ${size}`);
      if (overlap < 0 || overlap >= size) {
        return fail('EBOUND', `expected an overlap from 0 to less than the size of ${size}, got ${overlap}`);
      }
      const chunks = chunkText(text, size, overlap);
      return 'ok' in chunks ? chunks : takeTexts(values, chunks);
    },
  }),
  join: pure({
    summary: 'The items as texts, with the separator between.',
    fails: ['ETRFM', 'EBOUND'],
    params: { list: 'value', separator: { type: 'string', default: '' } },
    result: 'string',
    run: ({ list, separator }, values) => values.read(list, (it) => join(it, separator)),
  }),
};

function splitText(text: string, separator: string): readonly string[] {
  if (separator !== '') return split(text, separator, MAX_ITEMS + 1);
  const characters: string[] = [];
  for (const character of text) {
    if (characters.push(character) > MAX_ITEMS) break;
  }
  return characters;
}

function takeTexts(values: Values, texts: readonly string[]): number | Failure {
  return refuseItems(texts.length) ?? values.take([...texts]);
}

function join(list: Json, separator: string): string | Failure {
  const items = itemsOf(list);
  if (!Array.isArray(items)) return items;
  const texts: string[] = [];
  let length = separator.length * Math.max(0, items.length - 1);
  for (const item of items) {
    const text = plainText(item);
    if (typeof text !== 'string') return text;
    length += text.length;
    const tooLong = refuseSize(length);
    if (tooLong) return tooLong;
    texts.push(text);
  }
  const joined = texts.join(separator);
  return refuseSize(byteLength(joined)) ?? joined;
}
