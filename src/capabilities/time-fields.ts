import type { ClockFields, ZonedTime } from './zoned-time.ts';

/** What a text says of a time: what it leaves out is the first there is, and the zone the one asked for. */
export interface ReadTime {
  readonly fields: ClockFields;
  /** As `+02:00`, or null where the text names none. */
  readonly offset: string | null;
}

export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** From Monday on, as ISO 8601 counts. */
export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** From 1: the place of a name, or of three letters or more of it, in any case; 0 for none. */
export function numberOfName(names: readonly string[], text: string): number {
  const wanted = text.toLowerCase().replace(/\.$/, '');
  // "Sept" is written, and "Tues" and "Thurs".
  return wanted.length < 3 ? 0 : names.findIndex((name) => name.toLowerCase().startsWith(wanted)) + 1;
}

/** The hour of a day from that of a clock of twelve; null where it has none. */
export function hourOfDay(hour: number, half: string | null): number | null {
  if (half === null) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

/** Which half of the day it is, and the hour in it. */
export function halfDay({ hour }: Pick<ZonedTime, 'hour'>): { readonly hour: number; readonly half: string } {
  return { hour: hour % 12 === 0 ? 12 : hour % 12, half: hour < 12 ? 'AM' : 'PM' };
}

/** `+0200`, `+02`, `+2:00` and `Z` as `+02:00`; null for what is no offset. */
export function normalOffset(text: string): string | null {
  if (/^(?:Z|UTC|GMT|UT)$/i.test(text)) return '+00:00';
  const [, sign = '', hours = '', minutes = '00'] =
    /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(text) ?? [];
  if (sign === '' || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${sign}${hours.padStart(2, '0')}:${minutes}`;
}
