import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoreProblem } from '../../src/store/records.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.ts';

const HOUR = 3_600_000;
const MESSAGE = { platform: 'slack', workspace: 'T1', channel: 'C1', id: '17.1', text: 'hello' };

let folder: string;
let clock: number;
let problems: StoreProblem[];
let opened: Store[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-store-'));
  // Keyv clears away by the system's clock, so the test's clock runs ahead of it.
  clock = Date.now() + 24 * HOUR;
  problems = [];
  opened = [];
});

afterEach(async () => {
  for (const store of opened) await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({
    folder,
    sessionTtlMs: HOUR,
    now: () => clock,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  opened.push(store);
  return store;
}

async function reopen(store: Store): Promise<Store> {
  await store.close();
  return open();
}

/** Overwrites what is on disk, as a crash or another version of the program might. */
function spoil(table: string, value: string): void {
  const database = new DatabaseSync(join(folder, 'sessions.sqlite'));
  const { changes } = database.prepare(`UPDATE ${table} SET value = ?`).run(value);
  database.close();
  expect(changes).toBe(1);
}

describe('sessions', () => {
  it('are absent until saved and after being deleted', async () => {
    const { sessions } = await open();
    expect(await sessions.get('a')).toBeUndefined();
    await sessions.save('a', { history: [{ role: 'user' }] });
    expect(await sessions.get('a')).toEqual({ history: [{ role: 'user' }] });
    expect(await sessions.delete('a')).toBe(true);
    expect(await sessions.get('a')).toBeUndefined();
    expect(await sessions.delete('a')).toBe(false);
  });

  it('keep every string as it is', async () => {
    const { sessions } = await open();
    const history = [':base64:aGk=', ':colon', '\u0000', '\ud83d', '🌡️', '__proto__', { __proto__x: 1 }];
    await sessions.save('a', { history });
    expect(await sessions.get('a')).toEqual({ history });
  });

  it('survive a restart', async () => {
    const store = await open();
    await store.sessions.save('slack:T1:C1:17%3A1', { history: ['kept'] });
    const again = await reopen(store);
    expect(await again.sessions.get('slack:T1:C1:17%3A1')).toEqual({ history: ['kept'] });
  });

  it('live as long as their time to live and not longer', async () => {
    const { sessions } = await open();
    await sessions.save('a', { history: ['kept'] });
    clock += HOUR;
    expect(await sessions.get('a')).toBeUndefined();
    await sessions.save('b', { history: ['kept'] });
    clock += HOUR - 1;
    expect(await sessions.get('b')).toEqual({ history: ['kept'] });
  });

  it('live on while they are read', async () => {
    const { sessions } = await open();
    await sessions.save('a', { history: ['kept'] });
    for (let use = 0; use < 3; use += 1) {
      clock += HOUR - 1;
      expect(await sessions.get('a')).toEqual({ history: ['kept'] });
    }
  });

  it.each([
    ['not JSON', '{"value":', 'received null'],
    ['another shape', '{"value":{"messages":[]}}', 'history'],
  ])('are absent and reported when the record is %s', async (_name, value, reason) => {
    const { sessions } = await open();
    await sessions.save('a', { history: [] });
    spoil('sessions', value);
    expect(await sessions.get('a')).toBeUndefined();
    expect(problems).toEqual([{ table: 'sessions', key: 'a', reason: expect.stringContaining(reason) }]);
    await sessions.save('a', { history: ['new'] });
    expect(await sessions.get('a')).toEqual({ history: ['new'] });
  });

  it('are cleared from the disk after they have expired', async () => {
    clock = Date.now() - 2 * HOUR;
    const { sessions } = await open();
    await sessions.save('old', { history: [] });
    clock = Date.now();
    await sessions.save('new', { history: [] });
    const database = new DatabaseSync(join(folder, 'sessions.sqlite'));
    const keys = database.prepare('SELECT key FROM sessions').all();
    database.close();
    expect(keys).toEqual([{ key: 'new' }]);
  });
});

describe('openStore', () => {
  it('makes the folder, parents included', async () => {
    const store = await open({ folder: join(folder, 'deep', 'data') });
    await store.sessions.save('a', { history: [] });
    expect(await store.sessions.get('a')).toEqual({ history: [] });
  });

  it.skipIf(process.platform === 'win32')(
    'makes a folder that others on the machine cannot read',
    async () => {
      await open({ folder: join(folder, 'data') });
      expect((await stat(join(folder, 'data'))).mode & 0o077).toBe(0);
    },
  );

  it('opens one folder twice at a time, as two processes do', async () => {
    const [first, second] = [await open(), await open()];
    await first.sessions.save('a', { history: ['of the first'] });
    expect(await second.sessions.get('a')).toEqual({ history: ['of the first'] });
    expect([first.ledger.claim(MESSAGE, 1), second.ledger.claim(MESSAGE, 1)]).toEqual([true, false]);
  });

  it('names the folder that it cannot make', async () => {
    const path = join(folder, 'file', 'data');
    await writeFile(join(folder, 'file'), 'in the way');
    await expect(open({ folder: path })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(path),
    });
  });

  it.skipIf(process.platform !== 'linux')('names a folder where none can be made', async () => {
    await expect(open({ folder: '/proc/nope/data' })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/^cannot make the data folder \/proc\/nope\/data: ENOENT/),
    });
  });

  it.each(['sessions.sqlite', 'ledger.sqlite'])('names %s when it cannot be opened', async (name) => {
    await mkdir(join(folder, name));
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(join(folder, name)),
    });
  });

  it.each(['sessions.sqlite', 'ledger.sqlite'])('names %s when it is no database', async (name) => {
    await writeFile(join(folder, name), 'this is not a database file at all, only some text'.repeat(100));
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(new RegExp(`${name}: .*not a database`)),
    });
  });
});

describe('close', () => {
  it('can be called twice, also at once', async () => {
    const store = await open();
    await Promise.all([store.close(), store.close()]);
    await expect(store.close()).resolves.toBeUndefined();
  });

  it('refuses every use after it', async () => {
    const store = await open();
    await store.close();
    const closed = { code: 'STORE_FAILED', message: expect.stringContaining('the store is closed') };
    await expect(store.sessions.get('a')).rejects.toMatchObject(closed);
    await expect(store.sessions.save('a', { history: [] })).rejects.toMatchObject(closed);
    await expect(store.sessions.delete('a')).rejects.toMatchObject(closed);
    await expect(store.keyValues.open('a').get('k')).rejects.toMatchObject(closed);
    await expect(store.keyValues.open('a').set('k', 'v')).rejects.toMatchObject(closed);
    await expect(store.keyValues.touch('a')).rejects.toMatchObject(closed);
    expect(() => store.ledger.claim(MESSAGE, 1)).toThrow(expect.objectContaining(closed));
    expect(() => store.ledger.posts('a')).toThrow(expect.objectContaining(closed));
  });
});

describe('a database that fails', () => {
  it('makes reads and writes reject instead of seeming empty', async () => {
    const store = await open();
    await store.sessions.save('a', { history: [] });
    const database = new DatabaseSync(join(folder, 'sessions.sqlite'));
    database.exec('DROP TABLE sessions');
    database.close();
    const failed = { code: 'STORE_FAILED', message: expect.stringContaining('sessions.sqlite') };
    await expect(store.sessions.get('a')).rejects.toMatchObject(failed);
    await expect(store.sessions.save('a', { history: [] })).rejects.toMatchObject(failed);
    await expect(store.sessions.delete('a')).rejects.toMatchObject(failed);
  });
});
