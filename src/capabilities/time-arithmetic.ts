import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';
import { atZone, withinRange, type ZonedTime } from './zoned-time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Units that are always of one length, in milliseconds. */
const EXACT: ReadonlyMap<string, number> = new Map([
  ['millisecond', 1],
  ['second', SECOND],
  ['minute', MINUTE],
  ['hour', HOUR],
]);

/** Units that the calendar and the clocks of a zone make longer or shorter, with what they are made of. */
const CALENDAR: ReadonlyMap<
  string,
  { readonly unit: 'days' | 'weeks' | 'months' | 'years'; readonly times: number }
> = new Map([
  ['day', { unit: 'days', times: 1 }],
  ['week', { unit: 'weeks', times: 1 }],
  ['month', { unit: 'months', times: 1 }],
  ['quarter', { unit: 'months', times: 3 }],
  ['year', { unit: 'years', times: 1 }],
]);

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['ms', 'millisecond'],
  ['s', 'second'],
  ['sec', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['hr', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['y', 'year'],
]);

/** The moment so many units later: months and years by the calendar, days and weeks at the same time of day. */
export function addUnits(from: number, amount: number, unit: string, zone: string): number | Failure {
  const name = unitName(unit);
  const exact = EXACT.get(name);
  if (exact !== undefined) return atZone(from + amount * exact, zone, (time) => time.epochMilliseconds);
  const calendar = CALENDAR.get(name);
  if (calendar === undefined) return unknownUnit(unit);
  if (!Number.isInteger(amount)) return fail('EBOUND', `expected a whole number of ${name}s, got ${amount}`);
  return atZone(
    from,
    zone,
    (time) => time.add({ [calendar.unit]: amount * calendar.times }).epochMilliseconds,
  );
}

/** How many whole units lie between two moments; below 0 when the second is the earlier. */
export function countUnits(from: number, to: number, unit: string, zone: string): number | Failure {
  const name = unitName(unit);
  const exact = EXACT.get(name);
  const calendar = CALENDAR.get(name);
  if (exact === undefined && calendar === undefined) return unknownUnit(unit);
  return atZone(from, zone, (start) =>
    atZone(to, zone, (end) => {
      if (calendar === undefined) {
        return Math.trunc((end.epochMilliseconds - start.epochMilliseconds) / (exact ?? 1)) + 0;
      }
      const between = start.until(end, { largestUnit: calendar.unit });
      return Math.trunc(between[calendar.unit] / calendar.times) + 0;
    }),
  );
}

/** The first moment of the unit that a moment lies in. */
export function startOfUnit(at: number, unit: string, zone: string): number | Failure {
  const name = unitName(unit);
  return atZone(at, zone, (time) =>
    withinRange(() => {
      const start = startOf(time, name);
      return start === null ? unknownUnit(unit) : start.epochMilliseconds;
    }),
  );
}

function startOf(time: ZonedTime, name: string): ZonedTime | null {
  switch (name) {
    case 'millisecond':
    case 'second':
    case 'minute':
    case 'hour':
      return time.round({ smallestUnit: name, roundingMode: 'floor' });
    case 'day':
      return time.startOfDay();
    case 'week':
      return time.subtract({ days: time.dayOfWeek - 1 }).startOfDay();
    case 'month':
      return time.with({ day: 1 }).startOfDay();
    case 'quarter':
      return time.with({ day: 1, month: time.month - ((time.month - 1) % 3) }).startOfDay();
    case 'year':
      return time.with({ day: 1, month: 1 }).startOfDay();
    default:
      return null;
  }
}

function unitName(unit: string): string {
  const lower = unit.trim().toLowerCase();
  return SHORT_NAMES.get(lower) ?? lower.replace(/s$/, '');
}

function unknownUnit(unit: string): Failure {
  const known = [...EXACT.keys(), ...CALENDAR.keys()].join(', ');
  return fail('EPARSE', `expected a unit of time, one of ${known}; got ${excerpt(unit)}`);
}
