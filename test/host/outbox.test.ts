import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Target, threadKey } from '../../src/chat/message.ts';
import { createOutbox, type Outbox } from '../../src/host/outbox.ts';
import { type Ledger, openLedger } from '../../src/store/ledger.ts';
import { MemoryAdapter } from '../fakes/memory-adapter.ts';
import { createRecordingLog, type RecordingLog } from '../fakes/recording-log.ts';

const TARGET: Target = { platform: 'memory', workspace: 'w', channel: 'c', thread: 't' };

let folder: string;
let ledger: Ledger;
let outbox: Outbox;
let adapter: MemoryAdapter;
let log: RecordingLog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-outbox-'));
  ledger = openLedger({ file: join(folder, 'ledger.sqlite'), now: () => 1_000_000_000_000 });
  log = createRecordingLog();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `p${ids}`;
  };
  outbox = createOutbox({ ledger, newId, log });
  adapter = new MemoryAdapter({ capabilities: { maxText: 40 } });
});

afterEach(async () => {
  ledger.close();
  await rm(folder, { recursive: true, force: true });
});

function ledgerStates(): readonly string[] {
  return ledger.posts(threadKey(TARGET)).map(({ state }) => state);
}

describe('deliver', () => {
  it('posts an answer and keeps its receipt', async () => {
    expect(await outbox.deliver(adapter, TARGET, 'the answer')).toBe('sent');
    expect(adapter.textsIn(TARGET)).toEqual(['the answer']);
    expect(ledger.posts(threadKey(TARGET))).toEqual([
      {
        id: 'p1',
        thread: threadKey(TARGET),
        content: 'the answer',
        state: 'sent',
        receipt: JSON.stringify({ target: TARGET, messageId: 'p1' }),
        error: null,
      },
    ]);
  });

  it('writes every part down before it sends the first', async () => {
    let before: readonly string[] = [];
    const watched = new MemoryAdapter({
      capabilities: { maxText: 40 },
      onCall: () => {
        if (before.length === 0) before = ledgerStates();
      },
    });
    await outbox.deliver(watched, TARGET, `${'a'.repeat(40)}${'b'.repeat(40)}`);
    expect(before).toEqual(['pending', 'pending']);
    expect(ledgerStates()).toEqual(['sent', 'sent']);
  });

  it('posts a long answer in parts, in order and whole', async () => {
    const answer = Array.from({ length: 50 }, (_, index) => `word${index}`).join(' ');
    await outbox.deliver(adapter, TARGET, answer);
    expect(adapter.textsIn(TARGET).length).toBeGreaterThan(5);
    expect(adapter.textsIn(TARGET).join('')).toBe(answer);
  });

  it('posts no blank part', async () => {
    await outbox.deliver(adapter, TARGET, `${'a'.repeat(40)}${' '.repeat(60)}`);
    expect(adapter.textsIn(TARGET)).toEqual(['a'.repeat(40)]);
  });

  it('does not repeat a send whose outcome is unknown, and goes on', async () => {
    adapter.failNextPost({ kind: 'unknown', message: 'socket hang up' });
    expect(await outbox.deliver(adapter, TARGET, `${'a'.repeat(40)}b`)).toBe('unknown');
    expect(adapter.textsIn(TARGET)).toEqual(['a'.repeat(40), 'b']);
    expect(ledgerStates()).toEqual(['unknown', 'sent']);
    expect(log.lines).toMatchObject([
      {
        level: 'warn',
        message: 'the outcome of a post is unknown',
        fields: { post: 'p1', reason: 'socket hang up' },
      },
    ]);
  });

  it('says in plain words when an answer was refused', async () => {
    adapter = new MemoryAdapter();
    adapter.failNextPost({ kind: 'refused', message: 'invalid_blocks' });
    expect(await outbox.deliver(adapter, TARGET, '| a | table |')).toBe('failed');
    expect(adapter.textsIn(TARGET)).toEqual(['I could not post my answer here: invalid_blocks']);
    expect(ledgerStates()).toEqual(['failed', 'sent']);
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'a post was refused' }]);
  });

  it('says once that the rest of an answer was refused', async () => {
    adapter = new MemoryAdapter({ capabilities: { maxText: 60 } });
    const answer = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(60)).join('');
    let posts = 0;
    const post = adapter.post.bind(adapter);
    adapter.post = (...call) => {
      posts += 1;
      if (posts === 2) adapter.failNextPost({ kind: 'refused', message: 'is_archived' });
      return post(...call);
    };
    expect(await outbox.deliver(adapter, TARGET, answer)).toBe('failed');
    expect(adapter.textsIn(TARGET)).toEqual([
      'a'.repeat(60),
      'I could not post the rest of my answer here: is_archived',
    ]);
    expect(ledgerStates()).toEqual(['sent', 'failed', 'failed', 'failed', 'sent']);
  });

  it('gives up when the notice is refused too', async () => {
    adapter.failNextPost({ kind: 'refused', message: 'not_in_channel' });
    adapter.failNextPost({ kind: 'refused', message: 'not_in_channel' });
    expect(await outbox.deliver(adapter, TARGET, 'the answer')).toBe('failed');
    expect(adapter.posts).toEqual([]);
    expect(ledgerStates()).toEqual(['failed', 'failed']);
    expect(log.lines).toHaveLength(2);
  });

  it('takes a send that throws for one whose outcome is unknown', async () => {
    adapter.post = async () => {
      throw new Error('a bug');
    };
    expect(await outbox.deliver(adapter, TARGET, 'the answer')).toBe('unknown');
    expect(ledgerStates()).toEqual(['unknown']);
    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'warn']);
  });

  it('posts the answer even when the ledger cannot be written', async () => {
    ledger.close();
    expect(await outbox.deliver(adapter, TARGET, 'the answer')).toBe('sent');
    expect(adapter.textsIn(TARGET)).toEqual(['the answer']);
    expect(log.lines).toMatchObject([
      { level: 'error', message: 'the ledger could not be written' },
      { level: 'error', message: 'the ledger could not be written' },
    ]);
  });
});
