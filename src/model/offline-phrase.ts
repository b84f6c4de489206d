import type { OfflineProgram } from './offline.ts';

type Phrase = OfflineProgram['says'][number];
type Params = OfflineProgram['params'];

const SLOT_BY_TYPE: Readonly<Record<string, string>> = {
  i32: '[+-]?\\d+',
  i64: '[+-]?\\d+',
  f64: '[+-]?\\d+(?:\\.\\d+)?',
  bool: 'true|false',
};

/**
 * A phrasing as a pattern in which the arguments of its example may be others. An argument that the phrase
 * does not spell out keeps the example's value.
 */
export function phrasePattern(phrase: Phrase, params: Params): RegExp {
  const slots = slotsOf(phrase);
  const ends = [...slots.map(({ start }) => start), phrase.text.length];
  const pieces = ends.map((end, index) => {
    const before = slots[index - 1];
    const literal = toPattern(phrase.text.slice(before?.end ?? 0, end));
    return before === undefined ? literal : `(${slotPattern(phrase, params, before.index)})${literal}`;
  });
  return new RegExp(`^\\s*(?:please\\s+)?${pieces.join('')}[\\s.!?]*$`, 'isu');
}

/** The arguments that a match of the pattern holds, or null where one is not of its type. */
export function readSlots(found: RegExpExecArray, phrase: Phrase, params: Params): readonly unknown[] | null {
  const values: unknown[] = [...phrase.args];
  for (const [group, { index }] of slotsOf(phrase).entries()) {
    const value = readValue(found[group + 1] ?? '', params[index]?.type ?? 'string');
    if (value === null) return null;
    values[index] = value;
  }
  return values;
}

/** A value of a simple type as a person writes it; null if it is none. */
export function readValue(text: string, type: string): string | number | boolean | null {
  if (type === 'bool') return text.toLowerCase() === 'true';
  if (type !== 'i32' && type !== 'i64' && type !== 'f64') return unquote(text.trim());
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}

export function unquote(text: string): string {
  return /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? /^“(.*)”$/s.exec(text)?.[1] ?? text;
}

/** Where the example's arguments stand in the phrase, from left to right. */
function slotsOf(phrase: Phrase): { readonly index: number; readonly start: number; readonly end: number }[] {
  return phrase.args
    .flatMap((arg, index) => {
      const word = String(arg);
      const start = word === '' ? -1 : phrase.text.indexOf(word);
      return start < 0 ? [] : [{ index, start, end: start + word.length }];
    })
    .sort((left, right) => left.start - right.start);
}

function slotPattern(phrase: Phrase, params: Params, index: number): string {
  const isAddress = /^https?:\/\//i.test(String(phrase.args[index]));
  return SLOT_BY_TYPE[params[index]?.type ?? ''] ?? (isAddress ? 'https?://\\S+?' : '.+?');
}

/** Quotes are optional, white space is any, and all else stands for itself. */
function toPattern(literal: string): string {
  return literal
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/["'“”]/g, '["\'“”]?')
    .replace(/\s+/g, '\\s+')
    .replace(/(?:\\[.?]|!)$/, '');
}
