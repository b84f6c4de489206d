import { Temporal } from 'temporal-polyfill/implementation';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';
import { zoneCandidates } from './zone-names.ts';

export type ZonedTime = Temporal.ZonedDateTime;

/** What calendars and clocks show; month and day count from 1. */
export interface ClockFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** As far from 1970 as times reach, in milliseconds; what JavaScript's own dates reach too. */
export const LAST_TIME = 8.64e15;
const LONGEST_ZONE = 60;

/** Gives a moment as a zone shows it to `use`. EBOUND for a number that is no moment, EPARSE for no zone. */
export function atZone<T>(
  milliseconds: number,
  zone: string,
  use: (time: ZonedTime) => T | Failure,
): T | Failure {
  const whole = Math.floor(milliseconds);
  // Also false for NaN.
  if (!(Math.abs(whole) <= LAST_TIME)) {
    return fail('EBOUND', `expected milliseconds since 1970, at most ${LAST_TIME} away, got ${milliseconds}`);
  }
  return withinRange(() => {
    const time = zonedTime(whole, zone);
    return time === null ? unknownZone(zone) : use(time);
  });
}

/**
 * The moment at which clocks of a zone show these fields. Where they skip an hour it is as much later, and
 * where they repeat one, the first. EPARSE for no date of the calendar and for no zone.
 */
export function fromClock(fields: ClockFields, zone: string): number | Failure {
  const named = zonedTime(0, zone);
  if (named === null) return unknownZone(zone);
  const plain = plainTime(fields);
  if (plain === null) return fail('EPARSE', `there is no ${describe(fields)} in the calendar`);
  return withinRange(() => plain.toZonedDateTime(named.timeZoneId).epochMilliseconds);
}

/** The library refuses what lies outside its range by throwing. */
export function withinRange<T>(work: () => T | Failure): T | Failure {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return fail('EBOUND', 'the time lies outside what calendars here reach');
    throw error;
  }
}

/** As the database names the zone, or else as people do; null when nobody does. */
function zonedTime(milliseconds: number, zone: string): ZonedTime | null {
  if (zone.length > LONGEST_ZONE) return null;
  const time = inZone(milliseconds, zone);
  if (time !== null || zone.trim() === '') return time;
  for (const candidate of zoneCandidates(zone)) {
    const found = inZone(milliseconds, candidate);
    if (found !== null) return found;
  }
  return null;
}

function inZone(milliseconds: number, zone: string): ZonedTime | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function plainTime(fields: ClockFields): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(fields, { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function describe({ year, month, day, hour, minute, second }: ClockFields): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

function unknownZone(zone: string): Failure {
  return fail(
    'EPARSE',
    `expected a time zone such as UTC, Europe/Berlin, New York, PST or +02:00, got ${excerpt(zone)}`,
  );
}
