import type { OfflineProgram } from './offline.ts';
import { asProgramReads, fitsParameter, type Mark } from './offline-fit.ts';
import { isLedInAsOther, pointsElsewhere, unquote, withoutLeadIn } from './offline-free-text.ts';
import { examplesOf, isFree, kindOf, takesText } from './offline-kind.ts';
import type { ProgramCall } from './offline-match.ts';
import { numberFrom, slotPattern } from './offline-slot.ts';
import { asksForMore, isNothingToKeep, standsForOthers } from './offline-value.ts';
import { contentWords, createFellows, withoutArguments } from './offline-words.ts';

type Phrase = OfflineProgram['says'][number];

interface Slot {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** The call that a program's own phrasing asks for, with other arguments. */
export function matchPhrase(request: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const calls = programs.flatMap((program) =>
    program.says.flatMap((phrase) => {
      const found = phrasePattern(phrase, program).exec(request);
      const args = found === null ? null : readSlots(found, phrase, program);
      // The more of the request is the phrase's own words, the better the phrase fits.
      const captured = found?.slice(1).join('').length ?? 0;
      return args === null ? [] : [{ call: { name: program.name, args }, captured }];
    }),
  );
  calls.sort((left, right) => left.captured - right.captured);
  return calls[0]?.call ?? null;
}

/**
 * A phrasing as a pattern in which the arguments of its example may be others. An argument that the phrase
 * does not spell out keeps the example's value.
 */
function phrasePattern(phrase: Phrase, program: OfflineProgram): RegExp {
  const slots = slotsOf(phrase);
  const ends = [...slots.map(({ start }) => start), phrase.text.length];
  const pieces = ends.map((end, index) => {
    const before = slots[index - 1];
    const literal = toPattern(phrase.text.slice(before?.end ?? 0, end), program);
    return before === undefined ? literal : `(${slotPattern(program, before.index)})${literal}`;
  });
  return new RegExp(`^${pieces.join('')}${endPattern(phrase, program, slots.at(-1))}$`, 'disu');
}

/** The arguments that a match of the pattern holds, or null where one is not of its type. */
function readSlots(
  found: RegExpExecArray,
  phrase: Phrase,
  program: OfflineProgram,
): readonly unknown[] | null {
  const values: unknown[] = [...phrase.args];
  for (const [group, { index }] of slotsOf(phrase).entries()) {
    const text = (found[group + 1] ?? '').trim();
    const example = String(phrase.args[index]);
    const isQuoted = unquote(example) !== example;
    const before = found.input.slice(0, found.indices?.[group + 1]?.[0]).trimEnd();
    const mark = markOf(text, before);
    const isWrong = mark === null && kindOf(program, index) !== 'list' && asksForMore(text);
    if (isWrong || (program.writes && !isMeantFor(text, example, mark))) return null;
    if (program.writes && isNothingToKeep(text) && !examplesOf(program, index).some(isNothingToKeep))
      return null;
    const value = isQuoted ? text : readValue(text, mark, program, index);
    if (value === null) return null;
    if (mark === null && takesText(program, index) && !isText(String(value), phrase, program)) return null;
    values[index] = value;
  }
  return values;
}

/** Whether what no quotes or colon mark can be a text to work on: "how long is lunch" asks for no work on a text. */
function isText(value: string, phrase: Phrase, program: OfflineProgram): boolean {
  const own = contentWords(withoutArguments(phrase));
  const names = contentWords(program.name.replaceAll('_', ' '));
  const fellows = createFellows();
  const isNamed = names.some((name) =>
    [name, ...(fellows.get(name) ?? [])].some((word) => own.includes(word)),
  );
  const isAnchored = isNamed || slotsOf(phrase).some(({ index }) => !isFree(kindOf(program, index)));
  return isAnchored && !pointsElsewhere(value);
}

function markOf(text: string, before: string): Mark {
  if (/["'“«`]$/.test(before) || unquote(text) !== text) return 'quote';
  return /:$/.test(before) || withoutLeadIn(text) !== text ? 'colon' : null;
}

/** What changes something takes a number where its phrase has one, and no word for what was said before. */
function isMeantFor(text: string, example: string, mark: Mark): boolean {
  if (/^\d+$/.test(example)) return numberFrom(text) !== null;
  return mark !== null || !standsForOthers(text);
}

/** A value as a person writes it; null if it is none, or speaks of something that is not there. */
function readValue(
  text: string,
  mark: Mark,
  program: OfflineProgram,
  index: number,
): string | number | boolean | null {
  const kind = kindOf(program, index);
  if (kind === 'flag') return text.toLowerCase() === 'true';
  if (kind === 'number') return text === '' ? null : numberFrom(text);
  // What is kept is kept as it was said.
  if (program.writes) return unquote(text);
  if (takesText(program, index) && isLedInAsOther(text)) return null;
  const value = isFree(kind) ? withoutLeadIn(text) : unquote(text);
  if (!fitsParameter(program, index, value, mark)) return null;
  return asProgramReads(program, index, value);
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
 * before %, words that differ by grammar alone are the same, and all else stands for itself.
 */
function toPattern(literal: string, { writes }: OfflineProgram): string {
  const pattern = literal
    .replace(/,?\s+please$/i, '')
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/["'“”]/g, '["\'“”]?')
    .replace(/:(?=\s)/g, writes ? ':' : ':?')
    .replace(/(?<!\p{L})me\s+/gu, '(?:me )?')
    .replace(/(?<!\p{L})(?:the|our)\s+/gu, '(?:(?:the|our) )?')
    .replace(/(?<!\p{L})are\s+/gu, writes ? '(?:are )?' : '(?:(?:are|is) )?');
  return (writes ? pattern : alike(pattern))
    .replace(/\s+/g, '\\s+')
    .replace(/(?:\\s\+)?%/g, '\\s*%')
    .replace(/(?:\\[.?]|!)$/, '');
}

/** Words of which one may stand for the other where nothing is changed. */
function alike(pattern: string): string {
  return pattern
    .replace(/(?<![\p{L}|:])(?:a|an|this|these)(?=\s)/gu, '(?:an?|the|this|these)')
    .replace(/(?<![\p{L}|:])(?:is|was)(?=\s)/gu, '(?:is|was)')
    .replace(/(?<!\p{L})(?:in)?to(?=\s)/gu, '(?:in)?to')
    .replace(/(?<=\p{L})\s(?=\p{L})/gu, '[\\s-]');
}
