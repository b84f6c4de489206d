import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { threadKey } from '../../src/chat/message.ts';
import type { Host } from '../../src/host/host.ts';
import { answered, createFixture, exchange, type Fixture, MESSAGE } from './host-fixture.ts';

let fixture: Fixture;
let host: Host;

beforeEach(async () => {
  fixture = await createFixture();
  host = fixture.host();
});

afterEach(() => fixture.close());

describe('an agent that throws', () => {
  const failure = new TypeError('undefined is not a function');

  beforeEach(() => {
    fixture.agent.work = async (request) => {
      request.emit({ type: 'run.started', runId: 'r1', title: 'Fetch', program: 'http_get' });
      throw failure;
    };
  });

  it('is answered for with an apology that names the turn', async () => {
    const report = await host.submit(MESSAGE);
    expect(report).toMatchObject({ cause: 'internal-error', delivery: 'sent' });
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([expect.stringMatching(/went wrong.*id-1$/)]);
    expect(fixture.store().ledger.unfinished('memory')).toEqual([]);
  });

  it('is logged with the error and the ids', async () => {
    await host.submit(MESSAGE);
    expect(fixture.problems()).toEqual([
      {
        level: 'error',
        message: 'a turn failed',
        fields: { err: failure, turnId: 'id-1', thread: threadKey(MESSAGE), messageId: 'm1' },
      },
    ]);
  });

  it('ends the event stream and the progress', async () => {
    await host.submit(MESSAGE);
    expect(fixture.events.at(-1)).toMatchObject({
      type: 'turn.finished',
      cause: 'internal-error',
      error: 'TypeError: undefined is not a function',
    });
    expect(fixture.adapter.plans.at(-1)?.plan.finished).toBe(true);
  });

  it('ends the event stream once, when the agent ended it before', async () => {
    fixture.agent.work = async (request) => {
      answered(request, 'done');
      throw failure;
    };
    await host.submit(MESSAGE);
    expect(fixture.events.filter(({ type }) => type === 'turn.finished')).toHaveLength(1);
  });

  it('leaves the session as it was', async () => {
    const history = exchange('before', 'answer');
    await fixture.store().sessions.save(threadKey(MESSAGE), { history });
    await host.submit(MESSAGE);
    expect(await fixture.store().sessions.get(threadKey(MESSAGE))).toEqual({ history });
  });

  it('does not keep the next message of the thread from being worked', async () => {
    await host.submit(MESSAGE);
    fixture.agent.work = async (request) => answered(request, 'fine again');
    expect(await host.submit({ ...MESSAGE, id: 'm2' })).toMatchObject({ answer: 'fine again' });
  });
});

describe('an agent that gives no answer', () => {
  it('is taken for one that fails, so that nobody waits in vain', async () => {
    fixture.agent.work = async (request) => answered(request, ' \n');
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'internal-error', delivery: 'sent' });
    expect(fixture.problems()[0]?.fields).toMatchObject({
      err: { message: 'the agent gave no answer (answered)' },
    });
    expect(await fixture.store().sessions.get(threadKey(MESSAGE))).toBeUndefined();
  });
});

describe('a stored history that is not one', () => {
  it('is logged and left behind', async () => {
    await fixture.store().sessions.save(threadKey(MESSAGE), { history: [{ role: 'robot' }] });
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'answered' });
    expect(fixture.agent.requests[0]?.history).toEqual([]);
    expect(fixture.problems()[0]).toMatchObject({
      level: 'warn',
      message: 'the stored history is unreadable; starting a new one',
    });
  });
});

describe('a store that fails', () => {
  it('keeps a message from being claimed, and the host says so', async () => {
    await host.start();
    await fixture.store().close();
    await expect(host.submit(MESSAGE)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(() => fixture.adapter.say({ text: 'from the platform' })).toThrow(
      expect.objectContaining({ code: 'STORE_FAILED' }),
    );
    await host.stop(1_000);
    expect(fixture.problems()).toMatchObject([
      { level: 'error', message: 'a message could not be accepted' },
    ]);
    expect(fixture.agent.requests).toEqual([]);
  });

  it('makes the turn end with an apology when the session cannot be read', async () => {
    const store = fixture.store();
    const broken = {
      ...store,
      sessions: { ...store.sessions, get: () => Promise.reject(new Error('disk gone')) },
    };
    host = fixture.host({ store: broken });
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'internal-error', delivery: 'sent' });
    expect(fixture.agent.requests).toEqual([]);
  });

  it('does not cost the person the answer when the session cannot be saved', async () => {
    const store = fixture.store();
    const broken = {
      ...store,
      sessions: { ...store.sessions, save: () => Promise.reject(new Error('disk full')) },
    };
    host = fixture.host({ store: broken });
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'answered', answer: 'answer to hello' });
    expect(fixture.problems()).toMatchObject([{ level: 'error', message: 'the session could not be saved' }]);
  });

  it('in the midst of a turn still lets the answer out', async () => {
    fixture.agent.work = async (request) => {
      await fixture.store().close();
      return answered(request, 'the answer');
    };
    expect(await host.submit(MESSAGE)).toMatchObject({ answer: 'the answer', delivery: 'sent' });
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual(['the answer']);
    expect(fixture.problems().map(({ message }) => message)).toEqual([
      'the session could not be saved',
      'the ledger could not be written',
      'the ledger could not be written',
      'the ledger could not be written',
    ]);
  });
});

describe('a post that fails', () => {
  it('as refused makes the delivery failed, and the message is done', async () => {
    fixture.adapter.failNextPost({ kind: 'refused', message: 'because' });
    expect(await host.submit(MESSAGE)).toMatchObject({ cause: 'answered', delivery: 'failed' });
    expect(fixture.store().ledger.unfinished('memory')).toEqual([]);
    expect(await host.submit(MESSAGE)).toEqual({ kind: 'duplicate' });
  });

  it('as unknown is sent again, and the message is done when it has arrived', async () => {
    fixture.adapter.failNextPost({ kind: 'unknown', message: 'because', arrives: false });
    const report = host.submit(MESSAGE);
    await fixture.clock.advance(1);
    expect(fixture.store().ledger.unfinished('memory')).toHaveLength(1);
    await fixture.clock.advance(1_000);
    expect(await report).toMatchObject({ cause: 'answered', delivery: 'sent' });
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual(['answer to hello']);
    expect(fixture.store().ledger.unfinished('memory')).toEqual([]);
  });

  it('as unknown to the end leaves the message to the next process', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      fixture.adapter.failNextPost({ kind: 'unknown', message: 'because', arrives: false });
    }
    const report = host.submit(MESSAGE);
    await fixture.clock.advance(600_000);
    expect(await report).toMatchObject({ cause: 'answered', delivery: 'unknown' });
    expect(fixture.adapter.textsIn(MESSAGE)).toEqual([]);
    expect(fixture.store().ledger.unfinished('memory')).toHaveLength(1);
  });
});
