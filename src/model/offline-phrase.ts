import type { OfflineProgram } from './offline.ts';
import { numberFrom, slotPattern } from './offline-slot.ts';

type Phrase = OfflineProgram['says'][number];

interface Slot {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/**
 * A phrasing as a pattern in which the arguments of its example may be others. An argument that the phrase
 * does not spell out keeps the example's value.
 */
export function phrasePattern(phrase: Phrase, program: OfflineProgram): RegExp {
  const slots = slotsOf(phrase);
  const ends = [...slots.map(({ start }) => start), phrase.text.length];
  const pieces = ends.map((end, index) => {
    const before = slots[index - 1];
    const literal = toPattern(phrase.text.slice(before?.end ?? 0, end), program);
    return before === undefined ? literal : `(${slotPattern(program, before.index)})${literal}`;
  });
  return new RegExp(`^${pieces.join('')}${endPattern(phrase, program, slots.at(-1))}$`, 'isu');
}

/** The arguments that a match of the pattern holds, or null where one is not of its type. */
export function readSlots(
  found: RegExpExecArray,
  phrase: Phrase,
  params: OfflineProgram['params'],
): readonly unknown[] | null {
  const values: unknown[] = [...phrase.args];
  for (const [group, { index }] of slotsOf(phrase).entries()) {
    const text = (found[group + 1] ?? '').trim();
    const example = String(phrase.args[index]);
    const isQuoted = unquote(example) !== example;
    const value = isQuoted ? text : readValue(text, params[index]?.type ?? 'string');
    if (value === null) return null;
    values[index] = value;
  }
  return values;
}

/** A value of a simple type as a person writes it; null if it is none. */
function readValue(text: string, type: string): string | number | boolean | null {
  if (type === 'bool') return text.toLowerCase() === 'true';
  if (type !== 'i32' && type !== 'i64' && type !== 'f64') return unquote(text);
  return text === '' ? null : numberFrom(text);
}

export function unquote(text: string): string {
  return /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? /^“(.*)”$/s.exec(text)?.[1] ?? text;
}

/** Where the example's arguments stand in the phrase, from left to right. No two share a place. */
function slotsOf(phrase: Phrase): readonly Slot[] {
  const slots: Slot[] = [];
  const words = phrase.args.map((arg, index) => ({ index, word: String(arg) }));
  // The longest come first, since a short one may well stand within a long one.
  for (const { index, word } of words.toSorted((left, right) => right.word.length - left.word.length)) {
    const places = placesOf(word, phrase.text).filter((start) =>
      slots.every((slot) => start >= slot.end || start + word.length <= slot.start),
    );
    const start = places.find((place) => isWhole(phrase.text, place, place + word.length)) ?? places[0];
    if (start !== undefined) slots.push({ index, start, end: start + word.length });
  }
  return slots.sort((left, right) => left.start - right.start);
}

function placesOf(word: string, text: string): readonly number[] {
  const places: number[] = [];
  if (word === '') return places;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

function isWhole(text: string, start: number, end: number): boolean {
  const isWord = (character: string) => /[\p{L}\d]/u.test(character);
  const isCut = (at: number) => isWord(text.charAt(at - 1)) && isWord(text.charAt(at));
  return !isCut(start) && !isCut(end);
}

/** Final punctuation belongs to the request, unless a free text ends it that may have its own. */
function endPattern(phrase: Phrase, program: OfflineProgram, last: Slot | undefined): string {
  const own = phrase.text.slice(last?.end ?? 0);
  const isStatement = program.writes && !/[?:]/.test(phrase.text);
  if (last === undefined || !/^["'”]?[.!?]?$/.test(own)) return isStatement ? '[\\s.!]*' : '[\\s.!?]*';
  const example = String(phrase.args[last.index]);
  const isOpen = /:\s*$/.test(phrase.text.slice(0, last.start)) || /[.!?]$/.test(example);
  const mayEnd = isOpen ? (/[.!?]$/.exec(own)?.[0] ?? '') : isStatement ? '.!' : '.!?';
  if (isOpen) return mayEnd === '' ? '\\s*' : `[${mayEnd}]?\\s*`;
  // What asks whether it is so does not say that it be so.
  return isStatement ? `(?<!\\?)[\\s${mayEnd}]*` : `[\\s${mayEnd}]*`;
}

/**
 * Quotes, a colon where nothing is changed and the smallest words are optional, white space is any, also none
 * before %, and all else stands for itself.
 */
function toPattern(literal: string, { writes }: OfflineProgram): string {
  return literal
    .replace(/,?\s+please$/i, '')
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/["'“”]/g, '["\'“”]?')
    .replace(/:(?=\s)/g, writes ? ':' : ':?')
    .replace(/(?<![\p{L}])(?:are|the|me)\s+/gu, '(?:$&)?')
    .replace(/\s+/g, '\\s+')
    .replace(/(?:\\s\+)?%/g, '\\s*%')
    .replace(/(?:\\[.?]|!)$/, '');
}
