import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Target, threadKey } from '../../src/chat/message.ts';
import { DEFAULT_HOST_LIMITS } from '../../src/host/limits.ts';
import { createOutbox, type Delivery, type Outbox } from '../../src/host/outbox.ts';
import { type Ledger, openLedger } from '../../src/store/ledger.ts';
import { createClock, type TestClock } from '../chat/test-clock.ts';
import { MemoryAdapter } from '../fakes/memory-adapter.ts';
import { createRecordingLog, type RecordingLog } from '../fakes/recording-log.ts';

const TARGET: Target = { platform: 'memory', workspace: 'w', channel: 'c', thread: 't' };

let folder: string;
let ledger: Ledger;
let outbox: Outbox;
let adapter: MemoryAdapter;
let log: RecordingLog;
let clock: TestClock;
let stop: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-outbox-'));
  clock = createClock(1_000_000_000_000);
  stop = new AbortController();
  ledger = openLedger({ file: join(folder, 'ledger.sqlite'), now: clock.now });
  log = createRecordingLog();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `p${ids}`;
  };
  outbox = createOutbox({
    ledger,
    newId,
    log,
    startTimer: clock.startTimer,
    limits: DEFAULT_HOST_LIMITS.repeats,
  });
  adapter = new MemoryAdapter({ capabilities: { maxText: 40 } });
});

afterEach(async () => {
  ledger.close();
  await rm(folder, { recursive: true, force: true });
});

async function deliver(markdown: string): Promise<Delivery> {
  const report = await outbox.deliver({ adapter, target: TARGET, signal: stop.signal }, markdown);
  return report.delivery;
}

/** Makes the send with this number fail; the first is 1. */
function failPost(number: number, failure: Parameters<MemoryAdapter['failNextPost']>[0]): void {
  let posts = 0;
  const post = adapter.post.bind(adapter);
  adapter.post = (...call) => {
    posts += 1;
    if (posts === number) adapter.failNextPost(failure);
    return post(...call);
  };
}

function ledgerStates(): readonly string[] {
  return ledger.posts(threadKey(TARGET)).map(({ state }) => state);
}

describe('deliver', () => {
  it('posts an answer and keeps its receipt', async () => {
    expect(await deliver('the answer')).toBe('sent');
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
    adapter = new MemoryAdapter({
      capabilities: { maxText: 40 },
      onCall: () => {
        if (before.length === 0) before = ledgerStates();
      },
    });
    await deliver(`${'a'.repeat(40)}${'b'.repeat(40)}`);
    expect(before).toEqual(['pending', 'pending']);
    expect(ledgerStates()).toEqual(['sent', 'sent']);
  });

  it('posts a long answer in parts, in order and whole', async () => {
    const answer = Array.from({ length: 50 }, (_, index) => `word${index}`).join(' ');
    await deliver(answer);
    expect(adapter.textsIn(TARGET).length).toBeGreaterThan(5);
    expect(adapter.textsIn(TARGET).join('')).toBe(answer);
  });

  it('posts no blank part', async () => {
    await deliver(`${'a'.repeat(40)}${' '.repeat(60)}`);
    expect(adapter.textsIn(TARGET)).toEqual(['a'.repeat(40)]);
  });

  it('says in plain words when an answer was refused', async () => {
    adapter = new MemoryAdapter();
    adapter.failNextPost({ kind: 'refused', message: 'invalid_blocks' });
    expect(await deliver('| a | table |')).toBe('failed');
    expect(adapter.textsIn(TARGET)).toEqual(['I could not post my answer here: invalid_blocks']);
    expect(ledgerStates()).toEqual(['failed', 'sent']);
    expect(log.lines).toMatchObject([{ level: 'warn', message: 'a post was refused' }]);
  });

  it('says once that the rest of an answer was refused', async () => {
    adapter = new MemoryAdapter({ capabilities: { maxText: 60 } });
    const answer = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(60)).join('');
    failPost(2, { kind: 'refused', message: 'is_archived' });
    expect(await deliver(answer)).toBe('failed');
    expect(adapter.textsIn(TARGET)).toEqual([
      'a'.repeat(60),
      'I could not post the rest of my answer here: is_archived',
    ]);
    expect(ledgerStates()).toEqual(['sent', 'failed', 'failed', 'failed', 'sent']);
  });

  it('gives up when the notice is refused too', async () => {
    adapter.failNextPost({ kind: 'refused', message: 'not_in_channel' });
    adapter.failNextPost({ kind: 'refused', message: 'not_in_channel' });
    expect(await deliver('the answer')).toBe('failed');
    expect(adapter.posts).toEqual([]);
    expect(ledgerStates()).toEqual(['failed', 'failed']);
    expect(log.lines).toHaveLength(2);
  });

  it('posts the answer even when the ledger cannot be written', async () => {
    ledger.close();
    expect(await deliver('the answer')).toBe('sent');
    expect(adapter.textsIn(TARGET)).toEqual(['the answer']);
    expect(log.lines).toMatchObject([
      { level: 'error', message: 'the ledger could not be written' },
      { level: 'error', message: 'the ledger could not be written' },
    ]);
  });
});

describe('deliver, when the outcome of a send is unknown', () => {
  const lost = { kind: 'unknown', message: 'socket hang up' } as const;

  it('sends the part again under its id after a second, and then the next, so that no part is missing', async () => {
    failPost(2, { ...lost, arrives: false });
    const answer = ['a', 'b', 'c'].map((letter) => letter.repeat(40)).join('');
    const delivered = deliver(answer);
    await clock.advance(999);
    expect(adapter.textsIn(TARGET)).toEqual(['a'.repeat(40)]);
    expect(ledgerStates()).toEqual(['sent', 'pending', 'pending']);
    await clock.advance(1);
    expect(await delivered).toBe('sent');
    expect(adapter.textsIn(TARGET).join('')).toBe(answer);
    expect(ledgerStates()).toEqual(['sent', 'sent', 'sent']);
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'a post will be sent again',
        fields: { thread: threadKey(TARGET), kind: 'unknown', reason: 'socket hang up', waitMs: 1_000 },
      },
    ]);
  });

  it('makes no second post of one that had arrived', async () => {
    adapter.failNextPost(lost);
    const delivered = deliver('the answer');
    await clock.advance(1_000);
    expect(await delivered).toBe('sent');
    expect(adapter.textsIn(TARGET)).toEqual(['the answer']);
  });

  it('gives up after waits of 1, 3 and 9 seconds, sends no later part, and says what is wrong', async () => {
    adapter = new MemoryAdapter({ capabilities: { maxText: 200 } });
    for (let send = 0; send < 4; send += 1) adapter.failNextPost({ ...lost, arrives: false });
    const delivered = deliver(`${'a'.repeat(200)}${'b'.repeat(200)}`);
    await clock.advance(12_999);
    expect(adapter.posts).toEqual([]);
    await clock.advance(1);
    expect(await delivered).toBe('unknown');
    expect(adapter.textsIn(TARGET)).toEqual([
      'I cannot tell whether my answer arrived here, because the connection failed several times: socket hang up',
    ]);
    expect(ledgerStates()).toEqual(['unknown', 'failed', 'sent']);
    expect(log.lines.at(-1)).toMatchObject({
      level: 'warn',
      message: 'the outcome of a post is unknown',
      fields: { post: 'p1', reason: 'socket hang up' },
    });
  });

  it('takes a send that throws for such a one', async () => {
    adapter.post = async () => {
      throw new Error('a bug');
    };
    const delivered = deliver('the answer');
    await clock.advance(60_000);
    expect(await delivered).toBe('unknown');
    expect(ledgerStates()).toEqual(['unknown', 'unknown']);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(8);
  });

  it('waits no longer when it is told to stop, and leaves the rest in the ledger', async () => {
    adapter.failNextPost(lost);
    const delivered = deliver(`${'a'.repeat(40)}b`);
    await clock.advance(500);
    stop.abort();
    expect(await delivered).toBe('stopped');
    expect(ledgerStates()).toEqual(['unknown', 'pending']);
    expect(clock.timers()).toBe(0);
  });
});

describe('deliver, when the platform limits the rate', () => {
  const limited = (retryAfterMs: number) =>
    ({ kind: 'limited', message: 'slow down', retryAfterMs }) as const;

  it('waits for as long as the platform says, and goes on in order', async () => {
    failPost(2, limited(21_000));
    const delivered = deliver(`${'a'.repeat(40)}${'b'.repeat(40)}c`);
    await clock.advance(20_999);
    expect(adapter.textsIn(TARGET)).toEqual(['a'.repeat(40)]);
    await clock.advance(1);
    expect(await delivered).toBe('sent');
    expect(adapter.textsIn(TARGET)).toEqual(['a'.repeat(40), 'b'.repeat(40), 'c']);
  });

  it('waits two minutes in all and then says so, however long the platform goes on', async () => {
    adapter = new MemoryAdapter();
    for (let send = 0; send < 3; send += 1) adapter.failNextPost(limited(50_000));
    const delivered = deliver('the answer');
    await clock.advance(100_000);
    expect(await delivered).toBe('failed');
    expect(adapter.textsIn(TARGET)).toEqual([
      'I could not post my answer here, because this platform let me post nothing for too long: slow down',
    ]);
    expect(ledgerStates()).toEqual(['failed', 'sent']);
    expect(clock.timers()).toBe(0);
  });

  it('asks at most once a second of a platform that says not to wait', async () => {
    for (let send = 0; send < 500; send += 1) adapter.failNextPost(limited(0));
    const delivered = deliver('the answer');
    await clock.advance(300_000);
    expect(await delivered).toBe('failed');
    expect(log.lines.filter(({ message }) => message === 'a post will be sent again')).toHaveLength(240);
  });

  it('leaves the part for the next process when it is told to stop', async () => {
    adapter.failNextPost(limited(60_000));
    const delivered = deliver('the answer');
    await clock.advance(1_000);
    stop.abort();
    expect(await delivered).toBe('stopped');
    expect(ledgerStates()).toEqual(['pending']);
  });
});
