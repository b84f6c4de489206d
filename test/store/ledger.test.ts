import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger } from '../../src/store/ledger.ts';

const HOUR = 3_600_000;
const MESSAGE = { platform: 'slack', workspace: 'T1', channel: 'C1', id: '17.1', text: 'hello' };

const PID = 7;

let folder: string;
let clock: number;
let ledger: Ledger;

function open(): Ledger {
  return openLedger({ file: join(folder, 'ledger.sqlite'), now: () => clock });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-ledger-'));
  clock = 1_000_000_000_000;
  ledger = open();
});

afterEach(async () => {
  ledger.close();
  await rm(folder, { recursive: true, force: true });
});

describe('claim', () => {
  it('is true once for a message', () => {
    expect(ledger.claim(MESSAGE, PID)).toBe(true);
    expect(ledger.claim(MESSAGE, PID)).toBe(false);
    const edited = { ...MESSAGE, text: 'delivered again, edited' };
    expect(ledger.claim(edited, PID)).toBe(false);
  });

  it.each(['platform', 'workspace', 'channel', 'id'])('tells messages apart by their %s', (field) => {
    ledger.claim(MESSAGE, PID);
    expect(ledger.claim({ ...MESSAGE, [field]: 'another' }, PID)).toBe(true);
  });

  it('is remembered through a restart', () => {
    ledger.claim(MESSAGE, PID);
    ledger.close();
    ledger = open();
    expect(ledger.claim(MESSAGE, PID)).toBe(false);
  });

  it('is given to one of two processes', () => {
    const other = open();
    expect([other.claim(MESSAGE, 8), ledger.claim(MESSAGE, PID)]).toEqual([true, false]);
    other.close();
  });

  it('is kept for 25 hours and then forgotten', () => {
    ledger.claim(MESSAGE, PID);
    clock += 25 * HOUR;
    expect(ledger.claim(MESSAGE, PID)).toBe(false);
    clock += 1;
    ledger.prune();
    expect(ledger.claim(MESSAGE, PID)).toBe(true);
  });

  it('forgets what is old by itself, once an hour', () => {
    ledger.claim(MESSAGE, PID);
    clock += 25 * HOUR + 1;
    ledger.claim({ ...MESSAGE, id: 'another' }, PID);
    expect(ledger.claim(MESSAGE, PID)).toBe(true);
  });
});

describe('unfinished', () => {
  it('gives the messages that were claimed and not done, oldest first', () => {
    const messages = ['17.3', '17.1', '17.2'].map((id) => ({ ...MESSAGE, id }));
    for (const message of messages) ledger.claim(message, PID);
    ledger.markDone({ ...MESSAGE, id: '17.1' }, 'answered');
    expect(ledger.unfinished('slack')).toEqual([
      { message: { ...MESSAGE, id: '17.3' }, pid: PID },
      { message: { ...MESSAGE, id: '17.2' }, pid: PID },
    ]);
    expect(ledger.unfinished('discord')).toEqual([]);
  });
});

describe('takeOver', () => {
  it('gives an unfinished message of another process to one that asks', () => {
    ledger.claim(MESSAGE, PID);
    expect(ledger.takeOver(MESSAGE, PID, 8)).toBe(true);
    expect(ledger.takeOver(MESSAGE, PID, 9)).toBe(false);
    expect(ledger.unfinished('slack')).toEqual([{ message: MESSAGE, pid: 8 }]);
  });

  it('leaves a message that is done alone', () => {
    ledger.claim(MESSAGE, PID);
    ledger.markDone(MESSAGE, 'answered');
    expect(ledger.takeOver(MESSAGE, PID, 8)).toBe(false);
  });
});

describe('a ledger that another process holds', () => {
  it('refuses soon, because the whole process waits for it', () => {
    const other = new DatabaseSync(join(folder, 'ledger.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    const startedAt = performance.now();
    expect(() => ledger.claim(MESSAGE, PID)).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    other.close();
    expect(ledger.claim(MESSAGE, PID)).toBe(true);
  });
});

describe('the outbox', () => {
  const post = { id: 'p1', thread: 'slack:T1:C1:17.1', content: 'the answer' };

  it('holds a post as pending until it is settled', () => {
    ledger.addPosts([post, { ...post, id: 'p2', content: 'the rest' }]);
    expect(ledger.posts(post.thread)).toEqual([
      { ...post, state: 'pending', receipt: null, error: null },
      { ...post, id: 'p2', content: 'the rest', state: 'pending', receipt: null, error: null },
    ]);
    ledger.addPosts([]);
    expect(ledger.posts(post.thread)).toHaveLength(2);
  });

  it('keeps the receipt of a sent post through a restart', () => {
    ledger.addPosts([post]);
    ledger.settlePost('p1', { state: 'sent', receipt: { messageId: '17.2' } });
    ledger.close();
    ledger = open();
    expect(ledger.posts(post.thread)).toEqual([
      { ...post, state: 'sent', receipt: '{"messageId":"17.2"}', error: null },
    ]);
  });

  it.each(['failed', 'unknown'] as const)('keeps why a post is %s', (state) => {
    ledger.addPosts([post]);
    ledger.settlePost('p1', { state, error: 'channel_not_found' });
    expect(ledger.posts(post.thread)).toEqual([
      { ...post, state, receipt: null, error: 'channel_not_found' },
    ]);
  });

  it('writes the parts of an answer all or none', () => {
    ledger.addPosts([post]);
    const clash = [{ ...post, id: 'p2' }, post];
    expect(() => ledger.addPosts(clash)).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(ledger.posts(post.thread).map(({ id }) => id)).toEqual(['p1']);
  });

  it('forgets posts with the claims of their time', () => {
    ledger.addPosts([post]);
    clock += 25 * HOUR + 1;
    ledger.prune();
    expect(ledger.posts(post.thread)).toEqual([]);
  });
});

describe('openLedger', () => {
  it('takes a file of the time when claims had no process', () => {
    ledger.claim(MESSAGE, PID);
    const database = new DatabaseSync(join(folder, 'ledger.sqlite'));
    database.exec('ALTER TABLE inbox DROP COLUMN pid');
    database.close();
    ledger.close();
    ledger = open();
    expect(ledger.unfinished('slack')).toEqual([{ message: MESSAGE, pid: null }]);
    expect(ledger.takeOver(MESSAGE, null, PID)).toBe(true);
  });

  it('keeps the file small over days', () => {
    for (let day = 0; day < 20; day += 1) {
      for (let index = 0; index < 50; index += 1) ledger.claim({ ...MESSAGE, id: `${day}.${index}` }, PID);
      clock += 24 * HOUR;
    }
    const database = new DatabaseSync(join(folder, 'ledger.sqlite'));
    const row = database.prepare('SELECT count(*) AS rows FROM inbox').get();
    database.close();
    expect(row).toEqual({ rows: 100 });
  });
});
