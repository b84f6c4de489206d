import { describe, expect, it } from 'vitest';
import { TurnQueue } from '../../src/engine/worker/turn-queue.ts';

const nextRound = () => new Promise((resolve) => setImmediate(resolve));

describe('TurnQueue', () => {
  it('gives one turn in each round of the event loop, in order', async () => {
    const queue = new TurnQueue(() => 0);
    const taken: string[] = [];
    for (const name of ['a', 'b', 'c']) void queue.wait().promise.then(() => taken.push(name));
    const rounds: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      await nextRound();
      rounds.push(taken.join(''));
    }
    expect(rounds).toEqual(['a', 'ab', 'abc']);
  });

  it('passes over a turn that its owner gave up', async () => {
    const queue = new TurnQueue(() => 0);
    const given = queue.wait();
    const next = queue.wait();
    given.reject(new Error('over'));
    await expect(given.promise).rejects.toThrow('over');
    await expect(next.promise).resolves.toBeUndefined();
  });

  it('lets in at once what a message sets going, until the time of the round is used up', async () => {
    const time = { now: 0 };
    const queue = new TurnQueue(() => time.now);
    expect(queue.enter()).toBeNull();
    time.now = 3;
    expect(queue.enter()).toBeNull();
    time.now = 9;
    const late = queue.enter();
    expect(late).not.toBeNull();
    await expect(late?.promise).resolves.toBeUndefined();
    expect(queue.enter()).toBeNull();
  });
});
