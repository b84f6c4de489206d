import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { escapePattern, excerpt } from './text.ts';
import {
  halfDay,
  hourOfDay,
  MONTHS,
  normalOffset,
  numberOfName,
  type ReadTime,
  WEEKDAYS,
} from './time-fields.ts';
import type { ZonedTime } from './zoned-time.ts';

type FieldName =
  | 'year'
  | 'shortYear'
  | 'month'
  | 'monthName'
  | 'day'
  | 'weekday'
  | 'hour'
  | 'hour12'
  | 'minute';
type Field = FieldName | 'second' | 'fraction' | 'half' | 'offset' | 'ignored';

/** One kind of letters in a pattern: how it is written, and what it looks like when it is read. */
interface Letters {
  readonly write: (time: ZonedTime) => string;
  readonly field: Field;
  readonly shape: string;
}

/** Letters of a pattern, or text that stands for itself. */
type Piece = Letters | string;

const MAX_PATTERN = 200;
const TWO = String.raw`\d{1,2}`;
const NAME = String.raw`\p{L}+\.?`;
const OFFSET = String.raw`Z|UTC|GMT|[+-]\d{1,2}:?(?:\d{2})?`;

/** As Unicode writes patterns, and as moment.js does where that is no contradiction. */
const LETTERS: ReadonlyMap<string, Letters> = new Map<string, Letters>([
  ...alike(
    ['yyyy', 'YYYY'],
    letters('year', String.raw`[+-]?\d{4,6}`, ({ year }) => padded(year, 4)),
  ),
  ...alike(
    ['yy', 'YY'],
    letters('shortYear', String.raw`\d{2}`, ({ year }) => padded(Math.abs(year) % 100, 2)),
  ),
  ['MMMM', letters('monthName', NAME, ({ month }) => MONTHS[month - 1] ?? '')],
  ['MMM', letters('monthName', NAME, ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3))],
  ['MM', letters('month', TWO, ({ month }) => padded(month, 2))],
  ['M', letters('month', TWO, ({ month }) => String(month))],
  ...alike(
    ['dd', 'DD'],
    letters('day', TWO, ({ day }) => padded(day, 2)),
  ),
  ...alike(
    ['d', 'D'],
    letters('day', TWO, ({ day }) => String(day)),
  ),
  ...alike(
    ['EEEE', 'dddd'],
    letters('weekday', NAME, ({ dayOfWeek }) => WEEKDAYS[dayOfWeek - 1] ?? ''),
  ),
  ...alike(
    ['EEE', 'EE', 'E', 'ddd'],
    letters('weekday', NAME, ({ dayOfWeek }) => (WEEKDAYS[dayOfWeek - 1] ?? '').slice(0, 3)),
  ),
  ['HH', letters('hour', TWO, ({ hour }) => padded(hour, 2))],
  ['H', letters('hour', TWO, ({ hour }) => String(hour))],
  ['hh', letters('hour12', TWO, (time) => padded(halfDay(time).hour, 2))],
  ['h', letters('hour12', TWO, (time) => String(halfDay(time).hour))],
  ...alike(
    ['a', 'A'],
    letters('half', '[AaPp]\\.?[Mm]\\.?', (time) => halfDay(time).half),
  ),
  ['mm', letters('minute', TWO, ({ minute }) => padded(minute, 2))],
  ['m', letters('minute', TWO, ({ minute }) => String(minute))],
  ['ss', letters('second', TWO, ({ second }) => padded(second, 2))],
  ['s', letters('second', TWO, ({ second }) => String(second))],
  ['SSS', letters('fraction', String.raw`\d{1,9}`, ({ millisecond }) => padded(millisecond, 3))],
  ['XXX', letters('offset', OFFSET, ({ offset }) => (offset === '+00:00' ? 'Z' : offset))],
  ...alike(
    ['xxx', 'Z', 'ZZ'],
    letters('offset', OFFSET, ({ offset }) => offset),
  ),
  ['VV', letters('ignored', String.raw`[\w/+:-]+`, ({ timeZoneId }) => timeZoneId)],
  ['Q', letters('ignored', String.raw`\d`, ({ month }) => String(Math.ceil(month / 3)))],
  ['ww', letters('ignored', TWO, ({ weekOfYear }) => padded(weekOfYear ?? 0, 2))],
  ['w', letters('ignored', TWO, ({ weekOfYear }) => String(weekOfYear ?? 0))],
  ['T', { write: () => 'T', field: 'ignored', shape: '[Tt]' }],
]);

const PIECES = /'((?:[^']|'')*)'|\[([^\]]*)\]|([A-Za-z])\3*|[^A-Za-z'[]+|['[]/g;

function letters(field: Field, shape: string, write: Letters['write']): Letters {
  return { field, shape, write };
}

function alike(names: readonly string[], meaning: Letters): (readonly [string, Letters])[] {
  return names.map((name) => [name, meaning] as const);
}

function padded(value: number, width: number): string {
  return (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(width, '0');
}

/** A time as a pattern such as `yyyy-MM-dd HH:mm` shows it. EPARSE names letters that have no meaning. */
export function formatTime(time: ZonedTime, pattern: string): string | Failure {
  const pieces = parsePattern(pattern);
  if (!Array.isArray(pieces)) return pieces;
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.write(time))).join('');
}

/** Reads a text that is written as the pattern says. EPARSE where it is not. */
export function readByPattern(text: string, pattern: string): ReadTime | Failure {
  const pieces = parsePattern(pattern);
  if (!Array.isArray(pieces)) return pieces;
  const shapes = pieces.map((piece) =>
    typeof piece === 'string' ? escapePattern(piece) : `(${piece.shape})`,
  );
  const found = new RegExp(`^\\s*${shapes.join('')}\\s*$`, 'u').exec(text);
  const read = found === null ? null : fieldsOf(pieces, found.slice(1));
  return read ?? fail('EPARSE', `expected a time as ${excerpt(pattern)} writes it, got ${excerpt(text)}`);
}

function parsePattern(pattern: string): Piece[] | Failure {
  if (pattern.length > MAX_PATTERN)
    return fail('EBOUND', `expected a pattern of at most ${MAX_PATTERN} characters`);
  const pieces: Piece[] = [];
  for (const [whole, quoted, bracketed, letter] of pattern.matchAll(PIECES)) {
    const known = LETTERS.get(whole);
    if (letter !== undefined && known === undefined) return unknownLetters(whole);
    pieces.push(known ?? literal(whole, quoted ?? bracketed));
  }
  return minutesForMonths(pieces) ?? pieces;
}

/** `dd/mm/yyyy` would show minutes where everybody reads the month. */
function minutesForMonths(pieces: readonly Piece[]): Failure | null {
  const fields = new Set(pieces.map((piece) => (typeof piece === 'string' ? null : piece.field)));
  const has = (...names: readonly Field[]) => names.some((name) => fields.has(name));
  const isDate = has('day', 'year', 'shortYear') && !has('hour', 'hour12', 'month', 'monthName');
  return isDate && has('minute') ? fail('EPARSE', 'mm are minutes in a pattern; months are MM') : null;
}

function literal(whole: string, inside: string | undefined): string {
  if (inside === undefined) return whole;
  return inside === '' && whole === "''" ? "'" : inside.replaceAll("''", "'");
}

function unknownLetters(found: string): Failure {
  return fail(
    'EPARSE',
    `${excerpt(found)} means nothing in a pattern; there are yyyy MM dd HH mm ss SSS, MMM MMMM EEE EEEE, hh a, XXX, and 'text' in quotes`,
  );
}

function fieldsOf(pieces: readonly Piece[], texts: readonly (string | undefined)[]): ReadTime | null {
  const read = new Map<Field, string>();
  const fields = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.field]));
  for (const [index, field] of fields.entries()) read.set(field, texts[index] ?? '');
  const number = (field: Field, otherwise: number) => Number(read.get(field) ?? otherwise);
  const name = read.get('monthName');
  const month = name === undefined ? number('month', 1) : numberOfName(MONTHS, name);
  const half = read.get('half') ?? null;
  const hour = hourOfDay(number(read.has('hour12') ? 'hour12' : 'hour', half === null ? 0 : 12), half);
  const offset = read.has('offset') ? normalOffset(read.get('offset') ?? '') : null;
  if (hour === null || month === 0 || (read.has('offset') && offset === null)) return null;
  return {
    fields: {
      year: read.has('shortYear') ? 2000 + number('shortYear', 0) : number('year', 1970),
      month,
      day: number('day', 1),
      hour,
      minute: number('minute', 0),
      second: number('second', 0),
      millisecond: Math.floor(Number(`0.${read.get('fraction') ?? 0}`) * 1_000),
    },
    offset,
  };
}
