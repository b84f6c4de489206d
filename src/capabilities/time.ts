import type { Capability, GuestContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import type { Json } from './json-value.ts';
import { addUnits, countUnits, startOfUnit } from './time-arithmetic.ts';
import { formatTime, readByPattern } from './time-pattern.ts';
import { readTime } from './time-text.ts';
import { createValues, type Values } from './values.ts';
import { atZone, fromClock, type ZonedTime } from './zoned-time.ts';

const UTC = { type: 'string', default: 'UTC' } as const;
const FIRST = { type: 'i32', default: 1 } as const;
const NONE = { type: 'i32', default: 0 } as const;

const pure = hostFunction<Values>('pure');

/**
 * Reading, writing and reckoning times, which are milliseconds since 1970 in UTC. They are f64, as in JSON:
 * it holds every such number exactly, and every other number of a program becomes one without being told to.
 */
export const time: Capability<GuestContext> = defineCapability({
  name: 'time',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    format: pure({
      summary: 'As "yyyy-MM-dd HH:mm:ss", "EEE, d MMMM yyyy", "h:mm a" or "yyyy-MM-dd\'T\'HH:mm:ssXXX".',
      fails: ['EBOUND', 'EPARSE'],
      params: { ms: 'f64', pattern: { type: 'string', default: 'yyyy-MM-dd HH:mm' }, zone: UTC },
      result: 'string',
      run: ({ ms, pattern, zone }) => atZone(ms, zone, (at) => formatTime(at, pattern)),
    }),
    parse: pure({
      summary: 'Milliseconds of a time as ISO, mail and people write it, or as a pattern says.',
      fails: ['EBOUND', 'EPARSE'],
      params: { text: 'string', zone: UTC, pattern: { type: 'string', default: '' } },
      result: 'f64',
      run: ({ text, zone, pattern }) => {
        const read = pattern === '' ? readTime(text) : readByPattern(text, pattern);
        return 'ok' in read ? read : fromClock(read.fields, read.offset ?? zone);
      },
    }),
    parts: pure({
      summary: '{year, month, day, hour, minute, second, millisecond, weekday, yearday, week, offset, zone}.',
      fails: ['EBOUND', 'EPARSE'],
      params: { ms: 'f64', zone: UTC },
      result: 'value',
      gives: 'object',
      run: ({ ms, zone }, values) => atZone(ms, zone, (at) => values.take(partsOf(at))),
    }),
    from_parts: pure({
      summary: 'Milliseconds of what clocks and calendar of a zone show. EPARSE for no such date.',
      fails: ['EBOUND', 'EPARSE'],
      params: { year: 'i32', month: FIRST, day: FIRST, hour: NONE, minute: NONE, second: NONE, zone: UTC },
      result: 'f64',
      run: ({ zone, ...fields }) => fromClock({ ...fields, millisecond: 0 }, zone),
    }),
    add: pure({
      summary: 'So many units later: "minutes", "days", "months" and so on, by the calendar of the zone.',
      fails: ['EBOUND', 'EPARSE'],
      params: { ms: 'f64', amount: 'f64', unit: 'string', zone: UTC },
      result: 'f64',
      run: ({ ms, amount, unit, zone }) => addUnits(ms, amount, unit, zone),
    }),
    diff: pure({
      summary: 'Whole units from one time to another, below 0 if that is earlier.',
      fails: ['EBOUND', 'EPARSE'],
      params: { from: 'f64', to: 'f64', unit: 'string', zone: UTC },
      result: 'f64',
      run: ({ from, to, unit, zone }) => countUnits(from, to, unit, zone),
    }),
    start_of: pure({
      summary: 'The beginning of its "hour", "day", "week" (Monday), "month", "quarter" or "year".',
      fails: ['EBOUND', 'EPARSE'],
      params: { ms: 'f64', unit: 'string', zone: UTC },
      result: 'f64',
      run: ({ ms, unit, zone }) => startOfUnit(ms, unit, zone),
    }),
    weekday: pure({
      summary: '1 for Monday to 7 for Sunday; format gives the name by "EEEE".',
      fails: ['EBOUND', 'EPARSE'],
      params: { ms: 'f64', zone: UTC },
      result: 'i32',
      run: ({ ms, zone }) => atZone(ms, zone, ({ dayOfWeek }) => dayOfWeek),
    }),
  },
});

function partsOf(at: ZonedTime): Map<string, Json> {
  return new Map<string, Json>([
    ['year', at.year],
    ['month', at.month],
    ['day', at.day],
    ['hour', at.hour],
    ['minute', at.minute],
    ['second', at.second],
    ['millisecond', at.millisecond],
    ['weekday', at.dayOfWeek],
    ['yearday', at.dayOfYear],
    ['week', at.weekOfYear ?? null],
    ['offset', at.offset],
    ['zone', at.timeZoneId],
  ]);
}
