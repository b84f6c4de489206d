import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUsage, type Usage, type UsageEntry, type UsageSums } from '../../src/store/usage.ts';

const DAY_MS = 86_400_000;
const SPENT: UsageSums = {
  inputTokens: 1,
  outputTokens: 2,
  cacheReadTokens: 3,
  cacheWriteTokens: 4,
  modelCalls: 5,
  usd: 0.25,
  fuel: 2_000_000_000_000,
  hostCalls: 7,
};
const ENTRY: UsageEntry = { day: '2026-11-22', scope: 'user', key: 'user:slack:T1:U1', spent: SPENT };
const NOTHING = Object.fromEntries(Object.keys(SPENT).map((field) => [field, 0]));

let folder: string;
let clock: number;
let usage: Usage;

function open(): Usage {
  return openUsage({ file: join(folder, 'usage.sqlite'), now: () => clock });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-usage-'));
  clock = Date.UTC(2026, 10, 22, 12);
  usage = open();
});

afterEach(async () => {
  usage.close();
  await rm(folder, { recursive: true, force: true });
});

describe('add', () => {
  it('sums by day, scope and key, and keeps it through a restart', () => {
    usage.add([ENTRY, { ...ENTRY, scope: 'channel' }]);
    usage.add([ENTRY, { ...ENTRY, day: '2026-11-23' }, { ...ENTRY, key: 'user:slack:T1:U2' }]);
    usage.close();
    usage = open();
    const twice = Object.fromEntries(Object.entries(SPENT).map(([field, value]) => [field, 2 * value]));
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key)).toEqual(twice);
    expect(usage.ofDay(ENTRY.day, 'channel', ENTRY.key)).toEqual(SPENT);
    expect(usage.ofDay('2026-11-23', ENTRY.scope, ENTRY.key)).toEqual(SPENT);
    expect(usage.ofDay('2026-11-24', ENTRY.scope, ENTRY.key)).toEqual(NOTHING);
    expect(usage.total(ENTRY.scope, ENTRY.key).fuel).toBe(3 * SPENT.fuel);
  });

  it('writes all or none', () => {
    const broken = { ...ENTRY, spent: { ...SPENT, fuel: 0.5 } };
    expect(() => usage.add([ENTRY, broken])).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key)).toEqual(NOTHING);
    usage.add([ENTRY]);
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key)).toEqual(SPENT);
  });

  it('adds to what another process wrote', () => {
    const other = open();
    usage.add([ENTRY]);
    other.add([ENTRY]);
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key).hostCalls).toBe(14);
    other.close();
  });

  it('gives up soon on a file that another process holds', () => {
    const other = new DatabaseSync(join(folder, 'usage.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    expect(() => usage.add([ENTRY])).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    other.close();
    usage.add([ENTRY]);
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key)).toEqual(SPENT);
  });
});

describe('prune', () => {
  it('keeps half a year and forgets what is older, by itself', () => {
    usage.add([ENTRY]);
    clock += 180 * DAY_MS;
    usage.add([{ ...ENTRY, day: '2027-05-21' }]);
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key)).toEqual(SPENT);
    clock += DAY_MS;
    usage.add([{ ...ENTRY, day: '2027-05-22' }]);
    expect(usage.ofDay(ENTRY.day, ENTRY.scope, ENTRY.key)).toEqual(NOTHING);
    expect(usage.total(ENTRY.scope, ENTRY.key).modelCalls).toBe(10);
  });
});

describe('openUsage', () => {
  it('names the file that it cannot open', () => {
    expect(() => openUsage({ file: folder, now: () => clock })).toThrow(
      expect.objectContaining({ code: 'STORE_FAILED', message: expect.stringContaining(folder) }),
    );
  });

  it('refuses after it is closed', () => {
    usage.close();
    expect(() => usage.add([ENTRY])).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(() => usage.total('user', 'x')).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  });
});
