import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_SPENT } from '../../src/budget/usage.ts';
import { type Message, threadKey } from '../../src/chat/message.ts';
import { WattleError } from '../../src/errors.ts';
import type { Host } from '../../src/host/host.ts';
import { MemoryAdapter } from '../fakes/memory-adapter.ts';
import { answered, createFixture, exchange, type Fixture, MESSAGE } from './host-fixture.ts';

let fixture: Fixture;
let host: Host;

beforeEach(async () => {
  fixture = await createFixture();
  host = fixture.host();
});

afterEach(() => fixture.close());

describe('start', () => {
  it('starts every adapter, and reports the one that fails while the others go on', async () => {
    const refused = new MemoryAdapter({
      name: 'refused',
      startError: new WattleError('PLATFORM_REFUSED', 'invalid_auth'),
    });
    const broken = new MemoryAdapter({ name: 'broken', startError: new TypeError('a bug') });
    const several = fixture.host({ adapters: [refused, fixture.adapter, broken] });
    expect(await several.start()).toEqual([
      { name: 'refused', ok: false, code: 'PLATFORM_REFUSED', reason: 'invalid_auth' },
      { name: 'memory', ok: true },
      { name: 'broken', ok: false, code: 'INTERNAL', reason: 'a bug' },
    ]);
    const message = fixture.adapter.say({ text: 'hi' });
    await several.stop(1_000);
    expect(fixture.adapter.textsIn(message)).toEqual(['answer to hi']);
  });

  it('starts once, however often it is called', async () => {
    const calls: string[] = [];
    const adapter = new MemoryAdapter({ onCall: (call) => calls.push(call) });
    const once = fixture.host({ adapters: [adapter] });
    await Promise.all([once.start(), once.start()]);
    expect(calls).toEqual(['start']);
    await once.stop(0);
  });

  it('refuses two adapters of one name', () => {
    const adapters = [new MemoryAdapter(), new MemoryAdapter()];
    expect(() => fixture.host({ adapters })).toThrow('two adapters are named memory');
  });
});

describe('a message', () => {
  it('is worked and answered in its thread', async () => {
    await host.start();
    const message = fixture.adapter.say({ text: 'how warm is it?' });
    await host.stop(1_000);
    expect(fixture.adapter.textsIn(message)).toEqual(['answer to how warm is it?']);
  });

  it('is reported with its turn, cause, answer and delivery', async () => {
    expect(await host.submit(MESSAGE)).toEqual({
      kind: 'worked',
      turnId: 'id-1',
      cause: 'answered',
      answer: 'answer to hello',
      delivery: 'sent',
    });
    expect(fixture.store().ledger.unfinished('memory')).toEqual([]);
  });

  it('is logged once its answer is posted', async () => {
    fixture.agent.work = async (request) => answered(request, 'word '.repeat(1_000));
    await host.submit(MESSAGE);
    expect(fixture.log.lines).toEqual([
      {
        level: 'info',
        message: 'answer.posted',
        fields: {
          turnId: 'id-1',
          thread: threadKey(MESSAGE),
          messageId: 'm1',
          parts: 2,
          outcome: 'sent',
        },
      },
    ]);
  });

  it('that comes again is not worked again, also after a restart', async () => {
    expect(await host.submit(MESSAGE)).toMatchObject({ kind: 'worked' });
    expect(await host.submit(MESSAGE)).toEqual({ kind: 'duplicate' });
    await fixture.reopen();
    expect(await fixture.host().submit(MESSAGE)).toEqual({ kind: 'duplicate' });
    expect(fixture.agent.requests).toHaveLength(1);
    expect(fixture.adapter.posts).toHaveLength(1);
  });

  it('that comes twice at once is worked once', async () => {
    const reports = await Promise.all([host.submit(MESSAGE), host.submit(MESSAGE)]);
    expect(reports.map(({ kind }) => kind)).toEqual(['worked', 'duplicate']);
  });

  it('of an unknown platform is refused and not claimed', async () => {
    const stray = { ...MESSAGE, platform: 'irc' };
    await expect(host.submit(stray)).rejects.toThrow('no adapter is named irc; there are: memory');
    expect(fixture.store().ledger.unfinished('irc')).toEqual([]);
  });

  it('ends as stopped when its own signal is aborted', async () => {
    const abort = new AbortController();
    fixture.agent.work = async (request) => {
      abort.abort();
      return {
        cause: request.signal.aborted ? 'stopped' : 'answered',
        answer: 'I was stopped.',
        history: [],
        lastRun: null,
      };
    };
    expect(await host.submit(MESSAGE, abort.signal)).toMatchObject({ cause: 'stopped', delivery: 'sent' });
  });
});

describe('a thread', () => {
  it('remembers its history and its key-value space, through a restart', async () => {
    fixture.agent.work = async (request) => {
      await request.context.kv.set('city', 'Kyiv');
      return answered(request, 'noted');
    };
    await host.submit(MESSAGE);
    await fixture.reopen();
    host = fixture.host();
    let remembered: string | undefined;
    fixture.agent.work = async (request) => {
      remembered = await request.context.kv.get('city');
      return answered(request, 'again');
    };
    await host.submit({ ...MESSAGE, id: 'm2', text: 'and now?' });
    expect(fixture.agent.requests[1]?.history).toEqual(exchange('hello', 'noted'));
    expect(remembered).toBe('Kyiv');
  });

  it('lends spaces to its programs that others of the channel, the user or the workspace see too', async () => {
    fixture.agent.work = async (request) => {
      const { channel, user, workspace } = request.context.shared;
      for (const space of [channel, user, workspace]) await space.update('seen', (seen = '') => `${seen}+`);
      const seen = [await channel.get('seen'), await user.get('seen'), await workspace.get('seen')];
      return answered(request, seen.join(' '));
    };
    const answerTo = async (changes: Partial<Message>) => {
      const worked = await host.submit({ ...MESSAGE, ...changes });
      return worked.kind === 'worked' ? worked.answer : worked.kind;
    };
    const other = { id: 'u2', name: 'Grace' };
    expect(await answerTo({ id: 'm1' })).toBe('+ + +');
    expect(await answerTo({ id: 'm2', thread: 't2', author: other })).toBe('++ + ++');
    expect(await answerTo({ id: 'm3', channel: 'c2' })).toBe('+ ++ +++');
    expect(await answerTo({ id: 'm4', workspace: 'w2' })).toBe('+ + +');
  });

  it('lets its programs know what the author goes by, and its work begins before that is known', async () => {
    const { promise: name, resolve } = Promise.withResolvers<string>();
    await fixture.close();
    fixture = await createFixture(new MemoryAdapter({ nameOf: () => name }));
    fixture.agent.work = async (request) => {
      resolve('Ada Lovelace');
      return answered(request, `${request.context.user.id} ${await request.context.user.name}`);
    };
    expect(await fixture.host().submit(MESSAGE)).toMatchObject({ answer: 'u1 Ada Lovelace' });
  });

  it('forgets both together when nobody has written for the time to live', async () => {
    fixture.agent.work = async (request) => {
      await request.context.kv.set('city', 'Kyiv');
      return answered(request, 'noted');
    };
    await host.submit(MESSAGE);
    await fixture.clock.advance(3_600_000);
    let remembered: string | undefined = 'not looked up';
    fixture.agent.work = async (request) => {
      remembered = await request.context.kv.get('city');
      return answered(request, 'again');
    };
    await host.submit({ ...MESSAGE, id: 'm2' });
    expect(fixture.agent.requests[1]?.history).toEqual([]);
    expect(remembered).toBeUndefined();
  });

  it('keeps its key-value space for as long as its history, even when no program uses it', async () => {
    await fixture.store().keyValues.open(threadKey(MESSAGE)).set('city', 'Kyiv');
    for (const id of ['m1', 'm2', 'm3']) {
      await fixture.clock.advance(3_000_000);
      await host.submit({ ...MESSAGE, id });
    }
    expect(await fixture.store().keyValues.open(threadKey(MESSAGE)).get('city')).toBe('Kyiv');
    expect(fixture.agent.requests[2]?.history).toHaveLength(4);
  });

  it('forgets nothing while a long turn goes on, nor sooner for it', async () => {
    const space = fixture.store().keyValues.open(threadKey(MESSAGE));
    await space.set('city', 'Kyiv');
    fixture.agent.work = async (request) => {
      await fixture.clock.advance(3_000_000);
      return answered(request, `remembered ${await request.context.kv.get('city')}`);
    };
    await fixture.clock.advance(3_000_000);
    expect(await host.submit(MESSAGE)).toMatchObject({ answer: 'remembered Kyiv' });
    await fixture.clock.advance(3_000_000);
    expect(await space.get('city')).toBe('Kyiv');
  });

  it('is not told of another thread', async () => {
    await host.submit(MESSAGE);
    await host.submit({ ...MESSAGE, thread: 'other', id: 'm2' });
    expect(fixture.agent.requests[1]?.history).toEqual([]);
  });

  it('drops its oldest turns at the limit', async () => {
    host = fixture.host({ limits: { history: { messages: 4, characters: 100_000 } } });
    for (const id of ['m1', 'm2', 'm3', 'm4']) await host.submit({ ...MESSAGE, id, text: id });
    expect(fixture.agent.requests[3]?.history).toEqual([
      ...exchange('m2', 'answer to m2'),
      ...exchange('m3', 'answer to m3'),
    ]);
  });

  it('works its messages one at a time and in order, beside other threads', async () => {
    const gate = Promise.withResolvers<void>();
    fixture.agent.work = async (request) => {
      if (request.text === 'first') await gate.promise;
      return answered(request, `answer to ${request.text}`);
    };
    const first = host.submit({ ...MESSAGE, id: 'm1', text: 'first' });
    const second = host.submit({ ...MESSAGE, id: 'm2', text: 'second' });
    expect(await host.submit({ ...MESSAGE, id: 'm3', thread: 'other' })).toMatchObject({ kind: 'worked' });
    expect(fixture.agent.requests.map(({ text }) => text)).toEqual(['first', 'hello']);
    gate.resolve();
    await Promise.all([first, second]);
    expect(fixture.agent.requests[2]?.history).toEqual(exchange('first', 'answer to first'));
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual(['answer to first', 'answer to second']);
  });
});

describe('the events of a turn', () => {
  it('name the turn, the thread, the message and the time', async () => {
    await host.submit(MESSAGE);
    const origin = {
      version: 1,
      at: fixture.clock.now(),
      turnId: 'id-1',
      thread: threadKey(MESSAGE),
      messageId: 'm1',
    };
    expect(fixture.events).toEqual([
      { ...origin, type: 'turn.started', text: 'hello' },
      { ...origin, type: 'answer', text: 'answer to hello' },
      {
        ...origin,
        type: 'turn.finished',
        cause: 'answered',
        durationMs: 1,
        error: null,
        spent: NOTHING_SPENT,
      },
    ]);
  });

  it('go on, and the turn with them, when an observer throws', async () => {
    host = fixture.host({
      onEvent: () => {
        throw new Error('a broken observer');
      },
    });
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'answered' });
    expect(fixture.log.lines[0]).toMatchObject({ level: 'error', message: 'an observer of events threw' });
  });
});

describe('the progress of a turn', () => {
  it('is shown in the thread as it happens, and finished before the answer is posted', async () => {
    const calls: string[] = [];
    const adapter = new MemoryAdapter({
      onCall: (call) => calls.push(call),
      capabilities: { editIntervalMs: 1_000 },
    });
    host = fixture.host({ adapters: [adapter] });
    fixture.agent.work = async (request) => {
      request.emit({ type: 'run.started', runId: 'r1', title: 'Fetch', program: 'http_get' });
      await fixture.clock.advance(1_000);
      request.emit({ type: 'observation', runId: 'r1', text: 'not seen by people' });
      return answered(request, 'done');
    };
    await host.submit(MESSAGE);
    expect(adapter.plans.map(({ plan }) => plan)).toEqual([
      { id: 'id-1', tasks: [{ id: 'r1', title: 'Fetch', state: 'running', detail: '' }], finished: false },
      {
        id: 'id-1',
        tasks: [{ id: 'r1', title: 'Fetch', state: 'failed', detail: 'stopped' }],
        finished: true,
      },
    ]);
    expect(adapter.plans.every(({ thread }) => thread === threadKey(MESSAGE))).toBe(true);
    expect(calls).toEqual(['sign', 'progress', 'progress', 'post']);
  });

  it('is no more than a sign of work for a turn that ran nothing', async () => {
    await host.submit(MESSAGE);
    expect(fixture.adapter.signs).toEqual([threadKey(MESSAGE)]);
    expect(fixture.adapter.plans).toEqual([]);
    expect(fixture.clock.timers()).toBe(0);
  });

  it('keeps no answer back when it cannot be shown', async () => {
    fixture.adapter.failProgress(new Error('rate limited'));
    fixture.agent.work = async (request) => {
      request.emit({ type: 'run.started', runId: 'r1', title: 'Fetch', program: 'http_get' });
      return answered(request, 'done');
    };
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'answered', delivery: 'sent' });
    expect(new Set(fixture.log.texts())).toEqual(
      new Set([
        'warn the sign of work could not be shown',
        'warn the progress could not be shown',
        'info answer.posted',
      ]),
    );
  });

  it('keeps no answer back for longer than its limit when the platform does not answer', async () => {
    fixture.adapter.progress = () => new Promise(() => undefined);
    fixture.agent.work = async (request) => {
      request.emit({ type: 'run.started', runId: 'r1', title: 'Fetch', program: 'http_get' });
      return answered(request, 'done');
    };
    const report = host.submit(MESSAGE);
    await fixture.clock.advance(1);
    expect(fixture.adapter.posts).toEqual([]);
    await fixture.clock.advance(5_000);
    expect(await report).toMatchObject({ cause: 'answered', delivery: 'sent' });
  });
});
