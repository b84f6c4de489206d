import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const run = openPure();
const get = (name: string, ...args: HostValue[]) => run.get(`time.${name}`, ...args);
const at = (iso: string) => Date.parse(iso);
const iso = (ms: HostValue | null) => new Date(Number(ms)).toISOString();

const MOMENT = at('2026-03-05T14:07:09.012Z');

describe('time.format', () => {
  it.each([
    [[], '2026-03-05 14:07'],
    [['yyyy-MM-dd'], '2026-03-05'],
    [["yyyy-MM-dd'T'HH:mm:ssXXX"], '2026-03-05T14:07:09Z'],
    [['yyyy-MM-ddTHH:mm:ss.SSSxxx', 'Asia/Kolkata'], '2026-03-05T19:37:09.012+05:30'],
    [['EEEE, d MMMM yyyy'], 'Thursday, 5 March 2026'],
    [['EEE d MMM yy, h:mm a', 'America/New_York'], 'Thu 5 Mar 26, 9:07 AM'],
    [['hh A', 'Asia/Tokyo'], '11 PM'],
    [['YYYY/MM/DD H:m:s'], '2026/03/05 14:7:9'],
    [["d.M.yyyy 'um' HH 'o''clock'"], "5.3.2026 um 14 o'clock"],
    [['[Week] ww, Q'], 'Week 10, 1'],
    [['VV Z', 'Europe/Berlin'], 'Europe/Berlin +01:00'],
    [['', 'UTC'], ''],
    [['HH:mm', '+05:45'], '19:52'],
  ])('%j', (args, expected) => {
    expect(get('format', MOMENT, ...args)).toBe(expected);
  });

  it.each<[HostValue[], string, RegExp]>([
    [[MOMENT, 'yyyy-MM-dd hello'], 'EPARSE', /"e" means nothing in a pattern; there are yyyy/],
    [[MOMENT, 'dd/mm/yyyy'], 'EPARSE', /mm are minutes in a pattern; months are MM/],
    [[MOMENT, 'HH', 'Mars/Base'], 'EPARSE', /expected a time zone such as UTC, .* got "Mars\/Base"/],
    [[MOMENT, 'HH', ''], 'EPARSE', /got ""/],
    [[Number.NaN], 'EBOUND', /milliseconds since 1970, .* got NaN/],
    [[8.64e15 + 2], 'EBOUND', /at most 8640000000000000 away/],
    [[MOMENT, ' '.repeat(201)], 'EBOUND', /at most 200 characters/],
  ])('%j fails with %s', (args, status, message) => {
    expect(run.call('time.format', ...args)).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('a time zone', () => {
  it.each([
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    [' San Francisco ', 'America/Los_Angeles'],
    ['München', 'Europe/Berlin'],
    ['Tokyo, Japan', 'Asia/Tokyo'],
    ['india', 'Asia/Kolkata'],
    ['Pacific Time', 'America/Los_Angeles'],
    ['ET', 'America/New_York'],
    ['PST', '-08:00'],
    ['cest', '+02:00'],
    ['UTC+5:30', '+05:30'],
    ['Japan', 'Japan'],
  ])('%j is %s', (named, zone) => {
    const run = openPure();
    expect(run.value('time.parts', MOMENT, named)).toMatchObject({ zone });
    expect(get('parse', '2026-03-05 14:07', named)).toBe(get('parse', '2026-03-05 14:07', zone));
  });

  it.each(['', ' ', ',', 'IST', 'Nowhere', 'UTC+25'])('%j is none', (zone) => {
    expect(openPure().call('time.format', MOMENT, 'HH', zone)).toMatchObject({ ok: false, status: 'EPARSE' });
  });
});

describe('time.parse', () => {
  it.each<[HostValue[], string]>([
    [['2026-11-22'], '2026-11-22T00:00:00Z'],
    [['2026-11'], '2026-11-01T00:00:00Z'],
    [['2026-11-22T09:30'], '2026-11-22T09:30:00Z'],
    [['2026-11-22 09:30:15.5'], '2026-11-22T09:30:15.500Z'],
    [['2026-11-22T09:30:00+01:00'], '2026-11-22T08:30:00Z'],
    [['2026-11-22T09:30:00-0500'], '2026-11-22T14:30:00Z'],
    [['2026-11-22T09:30:00.123456789Z'], '2026-11-22T09:30:00.123Z'],
    [['2026-11-22T09:30+01:00[Europe/Berlin]'], '2026-11-22T08:30:00Z'],
    [['2026-11-22 09:30 UTC'], '2026-11-22T09:30:00Z'],
    [['2026/11/22 9:30'], '2026-11-22T09:30:00Z'],
    [['20261122'], '2026-11-22T00:00:00Z'],
    [['20261122T093000Z'], '2026-11-22T09:30:00Z'],
    [['22.11.2026'], '2026-11-22T00:00:00Z'],
    [['22.11.2026 9:30', 'Europe/Berlin'], '2026-11-22T08:30:00Z'],
    [['2026-11-22 09:30', 'America/New_York'], '2026-11-22T14:30:00Z'],
    [['Sun, 22 Nov 2026 09:30:00 +0100'], '2026-11-22T08:30:00Z'],
    [['Sun, 22 Nov 2026 09:30:00 GMT'], '2026-11-22T09:30:00Z'],
    [['22 Nov 2026 09:30 EST (Eastern)'], '2026-11-22T14:30:00Z'],
    [['24. Dezember 2026'], '2026-12-24T00:00:00Z'],
    [['Do., 1. März 2026 um 15:30 Uhr'], '2026-03-01T15:30:00Z'],
    [['12/24/2026 15:30'], '2026-12-24T15:30:00Z'],
    [['24/12/2026'], '2026-12-24T00:00:00Z'],
    [['November 22nd, 2026 at 9:30 pm'], '2026-11-22T21:30:00Z'],
    [['Nov 22 2026, 12:05am'], '2026-11-22T00:05:00Z'],
    [['Sept. 3, 2026 9pm'], '2026-09-03T21:00:00Z'],
    [['22-Nov-2026'], '2026-11-22T00:00:00Z'],
    [['2026-11-22T09:30:00 EST'], '2026-11-22T14:30:00Z'],
    [['Sun 2026/11/22 at 9:30 pm CET'], '2026-11-22T20:30:00Z'],
    [['22.11.2026 3pm'], '2026-11-22T15:00:00Z'],
    [['12 am 5 March 2026'], '2026-03-05T00:00:00Z'],
    [['5 March 2026, 9:30 P.M.'], '2026-03-05T21:30:00Z'],
    [[' 2026-11-22 '], '2026-11-22T00:00:00Z'],
    [['22/11/2026', 'UTC', 'dd/MM/yyyy'], '2026-11-22T00:00:00Z'],
    [['11/22/26 9:30 PM', 'Europe/Berlin', 'M/d/yy h:mm a'], '2026-11-22T20:30:00Z'],
    [['Sunday 22 november 2026', 'UTC', 'EEEE d MMMM yyyy'], '2026-11-22T00:00:00Z'],
    [['2026-11-22T09:30:00.25+02:00', 'UTC', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"], '2026-11-22T07:30:00.250Z'],
    // What clocks skip is an hour later, and what they repeat the first time.
    [['2026-03-29 02:30', 'Europe/Berlin'], '2026-03-29T01:30:00Z'],
    [['2026-10-25 02:30', 'Europe/Berlin'], '2026-10-25T00:30:00Z'],
  ])('%j is %s', (args, expected) => {
    expect(iso(get('parse', ...args))).toBe(iso(at(expected)));
  });

  it.each<[HostValue[], string, RegExp]>([
    [['tomorrow'], 'EPARSE', /expected a time such as 2026-11-22, .* got "tomorrow"; what is "tomorrow"\?/],
    [['11/12/2026'], 'EPARSE', /not clear which is the month, so say it by a pattern such as dd\/MM\/yyyy/],
    [['2026-02-30'], 'EPARSE', /there is no 2026-02-30 00:00:00 in the calendar/],
    [['2026-13-01'], 'EPARSE', /there is no 2026-13-01/],
    [['2026-11-22 25:00'], 'EPARSE', /there is no 2026-11-22 25:00:00/],
    [['22 Nov'], 'EPARSE', /it needs a year and a month/],
    [['22 Nov 2026 13:00 pm'], 'EPARSE', /expected a time/],
    [['22 Nov 2026 2027'], 'EPARSE', /what is "2027"\?/],
    [['2026-11-22T09:30:00 XYZ'], 'EPARSE', /got "2026-11-22T09:30:00 XYZ"; what is "XYZ"\?/],
    [['2026-11-22 5 Nov'], 'EPARSE', /what is "5"\?/],
    [['5 March 2026 2026-11-22'], 'EPARSE', /what is "2026-11-22"\?/],
    [['22.11.2026 soon'], 'EPARSE', /what is "soon"\?/],
    [['2026-11-22 13 pm'], 'EPARSE', /a clock of twelve has no 13 pm/],
    [[''], 'EPARSE', /got ""/],
    [['x'.repeat(1_000_000)], 'EPARSE', /expected a time/],
    [['2026-11-22', 'Nowhere'], 'EPARSE', /expected a time zone/],
    [['2026', 'UTC', 'dd/MM/yyyy'], 'EPARSE', /expected a time as "dd\/MM\/yyyy" writes it, got "2026"/],
    [['13:00 pm', 'UTC', 'h:mm a'], 'EPARSE', /expected a time as/],
    [['+275760-12-01'], 'EPARSE', /there is no 275760-12-01/],
  ])('%j fails with %s', (args, status, message) => {
    expect(run.call('time.parse', ...args)).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });

  it('reads what format writes, in every zone', () => {
    const moment = fc.integer({ min: at('1970-01-02'), max: at('2100-01-01') });
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    );
    const pattern = fc.constantFrom(
      'yyyy-MM-dd HH:mm:ss.SSSxxx',
      "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
      'EEE, dd MMM yyyy HH:mm:ss.SSS xxx',
      'MMMM d, yyyy h:mm:ss.SSS a Z',
    );
    fc.assert(
      fc.property(moment, zone, pattern, (ms, place, written) => {
        const text = get('format', ms, written, place) ?? '';
        expect(get('parse', text, 'Asia/Tokyo', written)).toBe(ms);
        if (!written.includes(' a ')) expect(get('parse', text, 'Asia/Tokyo')).toBe(ms);
      }),
    );
  });
});

describe('reckoning with times', () => {
  it.each<[string, number, string, string, string]>([
    ['2026-01-31T10:00:00Z', 1, 'month', 'UTC', '2026-02-28T10:00:00Z'],
    ['2024-02-29T00:00:00Z', 1, 'year', 'UTC', '2025-02-28T00:00:00Z'],
    ['2026-01-31T00:00:00Z', -1, 'quarters', 'UTC', '2025-10-31T00:00:00Z'],
    ['2026-11-22T00:00:00Z', 90, 'minutes', 'UTC', '2026-11-22T01:30:00Z'],
    ['2026-11-22T00:00:00Z', 1.5, 'h', 'UTC', '2026-11-22T01:30:00Z'],
    ['2026-11-22T00:00:00Z', 2, 'weeks', 'UTC', '2026-12-06T00:00:00Z'],
    // A day across the change of clocks has 23 hours, and 24 hours end at another time of day.
    ['2026-03-28T09:00:00Z', 1, 'day', 'Europe/Berlin', '2026-03-29T08:00:00Z'],
    ['2026-03-28T09:00:00Z', 24, 'hours', 'Europe/Berlin', '2026-03-29T09:00:00Z'],
  ])('%s plus %d %s in %s is %s', (from, amount, unit, zone, expected) => {
    expect(iso(get('add', at(from), amount, unit, zone))).toBe(iso(at(expected)));
  });

  it.each<[string, string, string, string, number]>([
    ['2026-11-22T12:00:00Z', '2026-12-24T00:00:00Z', 'days', 'UTC', 31],
    ['2026-12-24T00:00:00Z', '2026-11-22T12:00:00Z', 'day', 'UTC', -31],
    ['2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z', 'months', 'UTC', 0],
    ['2000-05-05T00:00:00Z', '2026-05-04T00:00:00Z', 'years', 'UTC', 25],
    ['2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z', 'quarters', 'UTC', 3],
    ['2026-11-22T00:00:00Z', '2026-11-22T01:59:00Z', 'hours', 'UTC', 1],
    ['2026-11-22T00:00:00Z', '2026-11-22T00:00:00.250Z', 'ms', 'UTC', 250],
    ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'days', 'Europe/Berlin', 1],
    ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 'days', 'UTC', 0],
  ])('from %s to %s there are, in %s at %s, %d', (from, to, unit, zone, expected) => {
    expect(get('diff', at(from), at(to), unit, zone)).toBe(expected);
  });

  it.each([
    ['hour', 'UTC', '2026-11-25T14:00:00Z'],
    ['day', 'Europe/Berlin', '2026-11-24T23:00:00Z'],
    ['week', 'UTC', '2026-11-23T00:00:00Z'],
    ['month', 'UTC', '2026-11-01T00:00:00Z'],
    ['quarter', 'UTC', '2026-10-01T00:00:00Z'],
    ['years', 'UTC', '2026-01-01T00:00:00Z'],
    ['minute', 'UTC', '2026-11-25T14:07:00Z'],
  ])('the %s in %s begins at %s', (unit, zone, expected) => {
    expect(iso(get('start_of', at('2026-11-25T14:07:09.012Z'), unit, zone))).toBe(iso(at(expected)));
  });

  it.each<[string, HostValue[], string, RegExp]>([
    ['add', [MOMENT, 1, 'fortnight'], 'EPARSE', /one of millisecond, second, .*year; got "fortnight"/],
    ['diff', [MOMENT, MOMENT, ''], 'EPARSE', /expected a unit of time/],
    ['start_of', [MOMENT, 'decade'], 'EPARSE', /expected a unit of time/],
    ['add', [MOMENT, 1.5, 'months'], 'EBOUND', /expected a whole number of months, got 1.5/],
    ['add', [MOMENT, 1e12, 'years'], 'EBOUND', /outside/],
    ['add', [MOMENT, Number.NaN, 'hours'], 'EBOUND', /got NaN/],
    ['add', [8.64e15, 1, 'ms'], 'EBOUND', /at most/],
    ['start_of', [-8.64e15, 'week'], 'EBOUND', /outside/],
  ])('%s of %j fails with %s', (name, args, status, message) => {
    expect(run.call(`time.${name}`, ...args)).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('the parts of a time', () => {
  it('are what calendar and clock of the zone show', () => {
    expect(run.value('time.parts', MOMENT, 'America/New_York')).toEqual({
      year: 2026,
      month: 3,
      day: 5,
      hour: 9,
      minute: 7,
      second: 9,
      millisecond: 12,
      weekday: 4,
      yearday: 64,
      week: 10,
      offset: '-05:00',
      zone: 'America/New_York',
    });
    expect(get('weekday', at('2026-11-22'))).toBe(7);
    expect(get('weekday', at('2026-11-22T23:30:00Z'), 'Europe/Berlin')).toBe(1);
  });

  it('make the time again', () => {
    expect(iso(get('from_parts', 2026, 11, 22, 9, 30, 5, 'Europe/Berlin'))).toBe('2026-11-22T08:30:05.000Z');
    expect(iso(get('from_parts', 2026))).toBe('2026-01-01T00:00:00.000Z');
    expect(run.call('time.from_parts', 2026, 2, 29)).toMatchObject({ ok: false, status: 'EPARSE' });
    expect(run.call('time.from_parts', 2147483647)).toMatchObject({ ok: false, status: 'EPARSE' });
  });

  it('drop what is less than a millisecond', () => {
    expect(get('format', -0.5, 'yyyy-MM-dd HH:mm:ss.SSS')).toBe('1969-12-31 23:59:59.999');
  });
});
