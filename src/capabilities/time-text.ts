import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';
import { hourOfDay, MONTHS, normalOffset, numberOfName, type ReadTime, WEEKDAYS } from './time-fields.ts';
import { offsetOfLetters } from './zone-names.ts';

const LONGEST_TEXT = 100;
const OFFSET = String.raw`Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}`;
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
/** 2026-11-22, 2026-11-22T09:30:00.5+01:00, 2026/11/22 9:30, 2026-11. */
const ISO = new RegExp(
  String.raw`^([+-]?\d{4,6})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:(?:[Tt]|\s+)${CLOCK}\s*(${OFFSET})?)?(?:\[[^\]]*\])?$`,
  'i',
);
/** 20261122 and 20261122T093000Z. */
const BASIC = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?()(${OFFSET})?)?$`, 'i');
/** 22.11.2026 and 22.11.2026 9:30. */
const DOTTED = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+${CLOCK}\s*(${OFFSET})?)?$`, 'i');
/** Is it the day or the month that comes first? */
const SLASHED = /^\d{1,2}\/\d{1,2}\/\d{2,4}\b/;

/** A date of digits among words: 2026-11-22, 2026/11/22 and 22.11.2026. */
const DATE_WORD = /^(?:(\d{4})([-/])(\d{1,2})\2(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))$/;
const HALF = String.raw`[ap]\.?m\.?`;
const HALF_AFTER_NUMBER = new RegExp(String.raw`(\d)\s+(?=${HALF}(?:[\s,]|$))`, 'gi');
const CLOCK_WORD = new RegExp(String.raw`^(\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?)?(${HALF})?$`, 'i');

/** Names of months and days that German writes otherwise, by their beginnings. */
const GERMAN: ReadonlyMap<string, string> = new Map(
  'januar=January februar=February märz=March mär=March mai=May juni=June juli=July oktober=October okt=October dezember=December dez=December montag=Monday dienstag=Tuesday mittwoch=Wednesday donnerstag=Thursday freitag=Friday samstag=Saturday sonntag=Sunday mo=Monday di=Tuesday mi=Wednesday do=Thursday fr=Friday sa=Saturday so=Sunday'
    .split(' ')
    .map((pair) => pair.split('='))
    .map(([german = '', english = '']) => [german, english]),
);

/** Reads a time as ISO 8601, mail headers and people write it. EPARSE where it is not clear what is meant. */
export function readTime(text: string): ReadTime | Failure {
  if (text.trim().length > LONGEST_TEXT) return notATime(text, '');
  const trimmed = withClearSlashes(text.trim());
  if (SLASHED.test(trimmed)) {
    return notATime(
      text,
      '; with slashes it is not clear which is the month, so say it by a pattern such as dd/MM/yyyy',
    );
  }
  const dated = ISO.exec(trimmed) ?? BASIC.exec(trimmed) ?? dotted(trimmed);
  return dated === null ? readWords(trimmed) : fromParts(dated);
}

/** 12/24/2026 and 24/12/2026 can be read in one way only, for there is no 24th month. */
function withClearSlashes(text: string): string {
  return text.replace(
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/,
    (whole, first: string, second: string, year: string) => {
      const [a, b] = [Number(first), Number(second)];
      if (a > 12 === b > 12 && a !== b) return whole;
      const [month, day] = a > 12 ? [second, first] : [first, second];
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    },
  );
}

function dotted(text: string): RegExpExecArray | null {
  const found = DOTTED.exec(text);
  if (found !== null) [found[1], found[3]] = [found[3] ?? '', found[1] ?? ''];
  return found;
}

function fromParts(found: RegExpExecArray): ReadTime {
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  return {
    fields: {
      year: Number(year),
      month: Number(month),
      day: Number(day ?? 1),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      millisecond: Math.floor(Number(`0.${fraction || 0}`) * 1_000),
    },
    offset: offset === undefined ? null : normalOffset(offset),
  };
}

/** What the words of a date have said so far. */
interface Words {
  year?: number;
  month?: number;
  day?: number;
  clock?: RegExpExecArray;
  half?: string;
  offset?: string;
}

/** "Sun, 22 Nov 2026 09:30:00 +0100", "November 22nd, 2026 at 9:30 pm", "22-Nov-2026", "2026-11-22 3 pm EST". */
function readWords(text: string): ReadTime | Failure {
  const bare = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/(\d)-(\p{L}+)-(\d)/u, '$1 $2 $3')
    .replace(/(\d)T(\d)/, '$1 $2')
    .replace(HALF_AFTER_NUMBER, '$1');
  const words: Words = {};
  for (const word of bare.split(/[\s,]+/)) {
    if (!note(words, word)) return notATime(text, `; what is ${excerpt(word)}?`);
  }
  const { year, month, day, clock, half, offset } = words;
  if (year === undefined || month === undefined) return notATime(text, '; it needs a year and a month');
  const hour = hourOfDay(Number(clock?.[1] ?? 0), half ?? null);
  if (hour === null) return notATime(text, `; a clock of twelve has no ${clock?.[1]} ${half}`);
  return {
    fields: {
      year,
      month,
      day: day ?? 1,
      hour,
      minute: Number(clock?.[2] ?? 0),
      second: Number(clock?.[3] ?? 0),
      millisecond: Math.floor(Number(`0.${clock?.[4] ?? 0}`) * 1_000),
    },
    offset: offset ?? null,
  };
}

/** Takes a word in; false when it says nothing, or what was said before. */
function note(words: Words, word: string): boolean {
  const english = GERMAN.get(word.toLowerCase().replace(/\.$/, '')) ?? word;
  if (word === '' || /^(?:at|of|am|um|Uhr)$/i.test(word) || numberOfName(WEEKDAYS, english) > 0) return true;
  const found = meaningOf(english);
  const keys = Object.keys(found);
  if (keys.length === 0 || keys.some((key) => key in words)) return false;
  Object.assign(words, found);
  return true;
}

function meaningOf(word: string): Words {
  const date = DATE_WORD.exec(word);
  if (date !== null) return dateOf(date);
  const [, clock, half] = CLOCK_WORD.exec(word) ?? [];
  if (clock?.includes(':') || (clock && half)) {
    const parsed = new RegExp(`^${CLOCK}$`).exec(clock.includes(':') ? clock : `${clock}:00`);
    return parsed === null ? {} : { clock: parsed, ...(half === undefined ? {} : { half }) };
  }
  const month = numberOfName(MONTHS, word);
  if (month > 0) return { month };
  if (/^\d{4}$/.test(word)) return { year: Number(word) };
  if (/^\d{1,2}(?:st|nd|rd|th|\.)?$/i.test(word)) return { day: Number.parseInt(word, 10) };
  const offset = offsetOfLetters(word) ?? normalOffset(word);
  return offset === null ? {} : { offset };
}

function dateOf([, year, , month, day, dayFirst, monthSecond, yearLast]: RegExpExecArray): Words {
  return {
    year: Number(year ?? yearLast),
    month: Number(month ?? monthSecond),
    day: Number(day ?? dayFirst),
  };
}

function notATime(text: string, hint: string): Failure {
  return fail(
    'EPARSE',
    `expected a time such as 2026-11-22, 2026-11-22T09:30+01:00 or 22 Nov 2026 09:30, got ${excerpt(text)}${hint}`,
  );
}
