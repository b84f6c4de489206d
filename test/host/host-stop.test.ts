import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { threadKey } from '../../src/chat/message.ts';
import type { Host } from '../../src/host/host.ts';
import { MemoryAdapter } from '../fakes/memory-adapter.ts';
import { answered, createFixture, type Fixture, MESSAGE, untilStopped } from './host-fixture.ts';

let fixture: Fixture;
let host: Host;
let calls: string[];

beforeEach(async () => {
  calls = [];
  const onCall = (call: string) => {
    if (call !== 'sign') calls.push(call);
  };
  fixture = await createFixture(new MemoryAdapter({ onCall }));
  host = fixture.host();
  await host.start();
  calls.length = 0;
});

afterEach(() => fixture.close());

describe('stop', () => {
  it('stops the adapters at once when nothing is at work', async () => {
    await host.stop(60_000);
    expect(calls).toEqual(['stop']);
    expect(fixture.clock.timers()).toBe(0);
  });

  it('lets running turns end within the grace, answers included, before the adapters stop', async () => {
    const gate = Promise.withResolvers<void>();
    fixture.agent.work = async (request) => {
      await gate.promise;
      return answered(request, 'in time');
    };
    const message = fixture.adapter.say({});
    const stopped = host.stop(10_000);
    await fixture.clock.advance(9_000);
    expect(calls).toEqual([]);
    gate.resolve();
    await stopped;
    expect(calls).toEqual(['post', 'stop']);
    expect(fixture.adapter.textsIn(message)).toEqual(['in time']);
    expect(fixture.agent.requests[0]?.signal.aborted).toBe(false);
  });

  it('stops the turns that do not end, and these still say so before the adapters stop', async () => {
    fixture.agent.work = untilStopped;
    const running = fixture.adapter.say({ thread: 'a' });
    const waiting = fixture.adapter.say({ thread: 'a' });
    const stopped = host.stop(10_000);
    await fixture.clock.advance(9_999);
    expect(calls).toEqual([]);
    await fixture.clock.advance(1);
    await stopped;
    expect(calls).toEqual(['post', 'post', 'stop']);
    expect(fixture.adapter.textsIn(running)).toEqual(['I was stopped.', 'I was stopped.']);
    expect(fixture.agent.requests[0]?.signal.reason).toMatchObject({ code: 'STOPPED' });
    expect(fixture.agent.requests[1]?.signal.aborted).toBe(true);
    expect(fixture.store().ledger.unfinished(waiting.platform)).toEqual([]);
  });

  it('does not wait for ever for a turn that cannot be stopped', async () => {
    fixture.agent.work = () => new Promise(() => undefined);
    fixture.adapter.say({});
    const stopped = host.stop(10_000);
    await fixture.clock.advance(10_000);
    expect(calls).toEqual([]);
    await fixture.clock.advance(5_000);
    await stopped;
    expect(calls).toEqual(['stop']);
    expect(fixture.log.lines.at(-1)).toMatchObject({
      level: 'error',
      message: 'turns did not end within 5000 ms of being stopped',
    });
  });

  it('leaves a message that comes meanwhile to the next process', async () => {
    const gate = Promise.withResolvers<void>();
    fixture.agent.work = async (request) => {
      await gate.promise;
      return answered(request, `answer to ${request.text}`);
    };
    fixture.adapter.say({ text: 'before' });
    const stopped = host.stop(10_000);
    const late = { ...MESSAGE, id: 'm2', text: 'late' };
    expect(() => fixture.adapter.say(late)).toThrow(expect.objectContaining({ code: 'STOPPED' }));
    expect(await host.submit(late)).toEqual({ kind: 'stopping' });
    gate.resolve();
    await stopped;
    expect(fixture.agent.requests.map(({ text }) => text)).toEqual(['before']);
    expect(fixture.log.texts()).toEqual(['info a message came while stopping', 'info answer.posted']);

    await fixture.reopen();
    host = fixture.host();
    expect(await host.submit(late)).toMatchObject({ kind: 'worked', answer: 'answer to late' });
  });

  it('ends the wait for another attempt at a post, which is left to the next process', async () => {
    fixture.adapter.failNextPost({ kind: 'limited', message: 'slow down', retryAfterMs: 60_000 });
    const message = fixture.adapter.say({});
    await fixture.clock.advance(1_000);
    const stopped = host.stop(10_000);
    await fixture.clock.advance(10_000);
    await stopped;
    expect(calls).toEqual(['post', 'stop']);
    expect(fixture.clock.timers()).toBe(0);
    const { ledger } = fixture.store();
    expect(ledger.posts(threadKey(message)).map(({ state }) => state)).toEqual(['pending']);

    await fixture.reopen();
    await fixture.host().start();
    await fixture.clock.advance(1);
    expect(fixture.adapter.textsIn(message)).toEqual([expect.stringContaining('I was restarted')]);
  });

  it('is done once, however often it is called', async () => {
    await Promise.all([host.stop(10), host.stop(10)]);
    await host.stop(10);
    expect(calls).toEqual(['stop']);
  });

  it('stops the other adapters when one fails to', async () => {
    const broken = new MemoryAdapter({ name: 'broken' });
    broken.stop = () => Promise.reject(new Error('socket stuck'));
    const other = fixture.host({ adapters: [broken, fixture.adapter] });
    await other.start();
    await expect(other.stop(10)).resolves.toBeUndefined();
    expect(calls).toEqual(['start', 'stop']);
    expect(fixture.log.lines).toMatchObject([{ level: 'error', message: 'an adapter did not stop cleanly' }]);
  });
});

describe('an action', () => {
  it('that nothing waits for is logged', async () => {
    const target = { platform: 'memory', workspace: 'w', channel: 'c', thread: 't' };
    fixture.adapter.press({ target, userId: 'u1', name: 'stop', value: '' });
    expect(fixture.log.lines).toMatchObject([{ level: 'info', fields: { action: 'stop' } }]);
  });
});
