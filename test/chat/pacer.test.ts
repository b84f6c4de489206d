import { beforeEach, describe, expect, it } from 'vitest';
import { createPacer, type Pacer } from '../../src/chat/pacer.ts';
import { createClock, type TestClock } from './test-clock.ts';

let clock: TestClock;
let delivered: { readonly at: number; readonly state: string }[];
let errors: unknown[];
let answer: () => Promise<void>;
let pacer: Pacer<string>;

beforeEach(() => {
  clock = createClock();
  delivered = [];
  errors = [];
  answer = () => Promise.resolve();
  pacer = createPacer({
    intervalMs: 1_000,
    now: clock.now,
    startTimer: clock.startTimer,
    deliver: (state) => {
      delivered.push({ at: clock.now(), state });
      return answer();
    },
    onError: (error) => errors.push(error),
  });
});

describe('createPacer', () => {
  it('delivers the first state at once', () => {
    pacer.push('a');
    expect(delivered).toEqual([{ at: 0, state: 'a' }]);
  });

  it('delivers the newest state once in each interval', async () => {
    for (const state of ['a', 'b', 'c']) pacer.push(state);
    await clock.advance(400);
    pacer.push('d');
    await clock.advance(600);
    pacer.push('e');
    await clock.advance(5_000);
    expect(delivered).toEqual([
      { at: 0, state: 'a' },
      { at: 1_000, state: 'd' },
      { at: 2_000, state: 'e' },
    ]);
  });

  it('delivers at once again after a pause', async () => {
    pacer.push('a');
    await clock.advance(5_000);
    pacer.push('b');
    expect(delivered.at(-1)).toEqual({ at: 5_000, state: 'b' });
  });

  it('makes no delivery while another is under way', async () => {
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    pacer.push('a');
    pacer.push('b');
    await clock.advance(3_000);
    expect(delivered).toHaveLength(1);
    slow.resolve();
    await clock.advance(0);
    expect(delivered.at(-1)).toEqual({ at: 3_000, state: 'b' });
  });

  it('goes on after a delivery that failed', async () => {
    answer = () => Promise.reject(new Error('rate limited'));
    pacer.push('a');
    await clock.advance(0);
    answer = () => Promise.resolve();
    pacer.push('b');
    await clock.advance(1_000);
    expect(errors).toEqual([new Error('rate limited')]);
    expect(delivered.map(({ state }) => state)).toEqual(['a', 'b']);
  });

  it('takes a delivery that throws for one that failed', async () => {
    answer = () => {
      throw new Error('a bug');
    };
    pacer.push('a');
    await clock.advance(0);
    expect(errors).toEqual([new Error('a bug')]);
    answer = () => Promise.resolve();
    await pacer.flush(1_000);
    expect(delivered.map(({ state }) => state)).toEqual(['a', 'a']);
  });
});

describe('flush', () => {
  it('delivers the last state without waiting for the interval', async () => {
    pacer.push('a');
    await clock.advance(10);
    pacer.push('b');
    await pacer.flush(1_000);
    expect(delivered.at(-1)).toEqual({ at: 10, state: 'b' });
    await clock.advance(5_000);
    expect(delivered).toHaveLength(2);
  });

  it('delivers nothing when nothing is left', async () => {
    await pacer.flush(1_000);
    pacer.push('a');
    await pacer.flush(1_000);
    expect(delivered).toHaveLength(1);
  });

  it('waits for the delivery under way and then delivers the last', async () => {
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    pacer.push('a');
    pacer.push('b');
    const flushed = pacer.flush(1_000);
    slow.resolve();
    await flushed;
    expect(delivered.map(({ state }) => state)).toEqual(['a', 'b']);
  });

  it('tries the last state again when its delivery failed, and gives up with an error', async () => {
    answer = () => Promise.reject(new Error('down'));
    pacer.push('a');
    await pacer.flush(1_000);
    expect(delivered.map(({ state }) => state)).toEqual(['a', 'a']);
    expect(errors).toHaveLength(2);
  });

  it('does not go back to a state that failed once a newer one is delivered', async () => {
    answer = () => Promise.reject(new Error('down'));
    pacer.push('a');
    await clock.advance(0);
    answer = () => Promise.resolve();
    pacer.push('b');
    await clock.advance(1_000);
    await pacer.flush(1_000);
    expect(delivered.map(({ state }) => state)).toEqual(['a', 'b']);
  });

  it('waits no longer than it is told', async () => {
    answer = () => new Promise(() => undefined);
    pacer.push('a');
    const flushed = pacer.flush(1_000);
    await clock.advance(1_000);
    await expect(flushed).resolves.toBeUndefined();
    expect(errors).toEqual([new Error('the last delivery took longer than 1000 ms')]);
  });

  it('leaves no timer behind', async () => {
    pacer.push('a');
    pacer.push('b');
    await pacer.flush(1_000);
    expect(clock.timers()).toBe(0);
  });
});
