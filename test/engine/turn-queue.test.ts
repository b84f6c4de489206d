import { describe, expect, it } from 'vitest';
import { TurnQueue } from '../../src/engine/worker/turn-queue.ts';

const nextRound = () => new Promise((resolve) => setImmediate(resolve));

describe('TurnQueue', () => {
  it('gives one turn in each round of the event loop, in order', async () => {
    const queue = new TurnQueue();
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
    const queue = new TurnQueue();
    const given = queue.wait();
    const next = queue.wait();
    given.reject(new Error('over'));
    await expect(given.promise).rejects.toThrow('over');
    await expect(next.promise).resolves.toBeUndefined();
  });
});
