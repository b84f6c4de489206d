import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyValueLimits } from '../../src/store/key-values.ts';
import { openStore, type Store } from '../../src/store/store.ts';

const HOUR = 3_600_000;

let folder: string;
let clock: number;
let problems: unknown[];
let store: Store;

async function open(keyValueLimits: Partial<KeyValueLimits> = {}): Promise<void> {
  store = await openStore({
    folder,
    sessionTtlMs: HOUR,
    now: () => clock,
    onProblem: (problem) => problems.push(problem),
    keyValueLimits,
  });
}

async function reopen(limits: Partial<KeyValueLimits> = {}): Promise<void> {
  await store.close();
  await open(limits);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-kv-'));
  // Keyv clears away by the system's clock, so the test's clock runs ahead of it.
  clock = Date.now() + 24 * HOUR;
  problems = [];
  await open();
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a key-value space', () => {
  it('gets what was set, and nothing after it was deleted', async () => {
    const space = store.keyValues.open('thread');
    expect(await space.get('city')).toBeUndefined();
    expect(await space.set('city', 'Kyiv')).toBe(true);
    expect(await space.set('city', 'Lviv')).toBe(true);
    expect(await space.get('city')).toBe('Lviv');
    expect(await space.delete('city')).toBe(true);
    expect(await space.delete('city')).toBe(false);
    expect(await space.get('city')).toBeUndefined();
  });

  it('lists the keys of a prefix in order', async () => {
    const space = store.keyValues.open('thread');
    for (const key of ['b/2', 'a/1', 'b/10', 'b/1', 'é']) await space.set(key, '');
    expect(await space.list('b/')).toEqual(['b/1', 'b/10', 'b/2']);
    expect(await space.list('')).toEqual(['a/1', 'b/1', 'b/10', 'b/2', 'é']);
    expect(await space.list('x')).toEqual([]);
  });

  it('gives the keys of a prefix with their values', async () => {
    const space = store.keyValues.open('thread');
    for (const key of ['b/2', 'a/1', 'b/1', '__proto__']) await space.set(key, `of ${key}`);
    expect(await space.entries('b/')).toEqual([
      ['b/1', 'of b/1'],
      ['b/2', 'of b/2'],
    ]);
    expect(await space.entries('__')).toEqual([['__proto__', 'of __proto__']]);
  });

  it('takes the entries of a prefix away, in order and for good', async () => {
    const space = store.keyValues.open('thread');
    for (const key of ['b/2', 'a', 'b/1']) await space.set(key, `of ${key}`);
    expect(await space.take('b/')).toEqual([
      ['b/1', 'of b/1'],
      ['b/2', 'of b/2'],
    ]);
    await reopen();
    expect(await store.keyValues.open('thread').entries('')).toEqual([['a', 'of a']]);
  });

  it('takes and sets at once without losing either', async () => {
    const space = store.keyValues.open('thread');
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
    const taken = await Promise.all(keys.flatMap((key) => [space.set(key, ''), space.take('k')]));
    const all = [
      ...taken.flatMap((found) => (typeof found === 'boolean' ? [] : found)),
      ...(await space.take('k')),
    ];
    expect(all.map(([key]) => key).sort()).toEqual(keys.toSorted());
  });

  it('updates a value with nothing between reading and writing it', async () => {
    const spaces = [store.keyValues.open('thread'), store.keyValues.open('thread')];
    const increment = (value: string | undefined) => String(Number(value ?? '0') + 1);
    await Promise.all(Array.from({ length: 40 }, (_, turn) => spaces[turn % 2]?.update('n', increment)));
    expect(await store.keyValues.open('thread').get('n')).toBe('40');
  });

  it('leaves all as it is when an update gives nothing', async () => {
    const space = store.keyValues.open('thread');
    await space.set('key', 'value');
    expect(await space.update('key', () => undefined)).toBe(true);
    expect(await space.update('other', () => undefined)).toBe(true);
    expect(await space.entries('')).toEqual([['key', 'value']]);
  });

  it.each(['__proto__', 'constructor', '', ':base64:x', '\u0000'])(
    'takes %j as a key like any other',
    async (key) => {
      const space = store.keyValues.open('thread');
      expect(await space.get(key)).toBeUndefined();
      expect(await space.set(key, ':base64:value')).toBe(true);
      expect(await space.get(key)).toBe(':base64:value');
      expect(await space.list('')).toEqual([key]);
    },
  );

  it('is the space of one thread only', async () => {
    await store.keyValues.open('one').set('key', 'of one');
    expect(await store.keyValues.open('two').get('key')).toBeUndefined();
    await store.keyValues.clear('one');
    expect(await store.keyValues.open('one').get('key')).toBeUndefined();
  });

  it('survives a restart', async () => {
    await store.keyValues.open('thread').set('city', 'Kyiv');
    await reopen();
    expect(await store.keyValues.open('thread').get('city')).toBe('Kyiv');
  });

  it('loses nothing of what runs write at once', async () => {
    const writers = [store.keyValues.open('thread'), store.keyValues.open('thread')];
    const keys = Array.from({ length: 40 }, (_, index) => `key${String(index).padStart(2, '0')}`);
    await Promise.all(keys.map((key, index) => writers[index % 2]?.set(key, key)));
    expect(await store.keyValues.open('thread').list('')).toEqual(keys);
  });

  it('is empty and reported when its record cannot be read', async () => {
    const space = store.keyValues.open('thread');
    await space.set('key', 'value');
    const database = new DatabaseSync(join(folder, 'sessions.sqlite'));
    database.prepare('UPDATE key_values SET value = ?').run('{"value":{"key":1}}');
    database.close();
    expect(await space.get('key')).toBeUndefined();
    expect(problems).toEqual([expect.objectContaining({ table: 'key_values', key: 'thread' })]);
    expect(await space.set('key', 'again')).toBe(true);
    expect(await space.get('key')).toBe('again');
  });
});

describe('a shared space', () => {
  it('stays, and is apart from the space of a session of that name', async () => {
    await store.sharedValues.open('name').set('key', 'shared');
    await store.keyValues.open('name').set('key', 'own');
    clock += 1_000 * HOUR;
    await reopen();
    expect(await store.sharedValues.open('name').get('key')).toBe('shared');
    expect(await store.keyValues.open('name').get('key')).toBeUndefined();
  });

  it('is held by the same quotas', async () => {
    await reopen({ entries: 1 });
    const space = store.sharedValues.open('name');
    expect(await space.set('a', '')).toBe(true);
    expect(await space.update('b', () => '')).toBe(false);
    expect(await space.list('')).toEqual(['a']);
  });
});

describe('the time to live of a space', () => {
  it('ends when neither a write nor a touch renews it', async () => {
    const space = store.keyValues.open('thread');
    await space.set('key', 'value');
    clock += HOUR - 1;
    expect(await space.get('key')).toBe('value');
    clock += 1;
    expect(await space.get('key')).toBeUndefined();
  });

  it('is renewed by a touch', async () => {
    const space = store.keyValues.open('thread');
    await space.set('key', 'value');
    for (let turn = 0; turn < 3; turn += 1) {
      clock += HOUR - 1;
      await store.keyValues.touch('thread');
    }
    expect(await space.get('key')).toBe('value');
  });

  it('does not come into being by a touch', async () => {
    await store.keyValues.touch('thread');
    const database = new DatabaseSync(join(folder, 'sessions.sqlite'));
    const rows = database.prepare('SELECT * FROM key_values').all();
    database.close();
    expect(rows).toEqual([]);
  });
});

describe('the quotas of a space', () => {
  it('hold the number of entries', async () => {
    await reopen({ entries: 2 });
    const space = store.keyValues.open('thread');
    expect([await space.set('a', ''), await space.set('b', ''), await space.set('c', '')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await space.list('')).toEqual(['a', 'b']);
    expect(await space.set('b', 'changed')).toBe(true);
    await space.delete('a');
    expect(await space.set('c', '')).toBe(true);
  });

  it('hold the bytes of a value, not its characters', async () => {
    await reopen({ valueBytes: 6 });
    const space = store.keyValues.open('thread');
    expect(await space.set('key', 'ééé')).toBe(true);
    expect(await space.set('key', 'éééa')).toBe(false);
    expect(await space.get('key')).toBe('ééé');
  });

  it('hold the bytes of all keys and values', async () => {
    await reopen({ totalBytes: 10 });
    const space = store.keyValues.open('thread');
    expect(await space.set('a', '1234')).toBe(true);
    expect(await space.set('b', '1234')).toBe(true);
    expect(await space.set('b', '12345')).toBe(false);
    expect(await space.set('c', '')).toBe(false);
    expect(await space.get('b')).toBe('1234');
  });

  it('are 1,000 entries, 64 KiB a value and 1 MiB in all by default', async () => {
    const space = store.keyValues.open('big');
    expect(await space.set('key', 'x'.repeat(65_537))).toBe(false);
    const value = 'x'.repeat(65_536 - 2);
    for (let index = 10; index < 26; index += 1) expect(await space.set(String(index), value)).toBe(true);
    expect(await space.set('x', '')).toBe(false);
    const database = new DatabaseSync(join(folder, 'sessions.sqlite'));
    const entries = Array.from({ length: 1_000 }, (_, index) => [String(index), '']);
    const record = JSON.stringify({ value: entries, expires: clock + HOUR });
    database.prepare("INSERT INTO key_values (key, value) VALUES ('many', ?)").run(record);
    database.close();
    expect(await store.keyValues.open('many').set('999', 'changed')).toBe(true);
    expect(await store.keyValues.open('many').set('1000', '')).toBe(false);
  });
});
