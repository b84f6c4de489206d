import { describe, expect, it } from 'vitest';
import { compare, type Plan } from '../../../bench/peers/compare.ts';
import { contender, WORKLOAD } from './contenders.ts';

/** A clock that goes on by a millisecond with each run. */
function measuredTime() {
  let time = 0;
  const runs: string[] = [];
  const plan: Plan = { rounds: 3, warmUpMs: 2, blockRuns: 4, blockMs: 1_000, now: () => time };
  const timed = (name: string, cost: number, result = 42) =>
    contender(name, async () => {
      time += cost;
      runs.push(name);
      return result;
    });
  return { plan, runs, timed };
}

describe('compare', () => {
  it('measures each contender in every round', async () => {
    const { plan, timed } = measuredTime();
    const outcomes = await compare([timed('fast', 1), timed('slow', 5)], WORKLOAD, plan);
    expect(outcomes).toMatchObject([
      { latencies: Array(12).fill(1), rounds: Array(3).fill({ median: 1, perSecond: 1_000 }) },
      { latencies: Array(12).fill(5), rounds: Array(3).fill({ median: 5, perSecond: 200 }) },
    ]);
  });

  it('takes turns block by block, and lets another begin each round', async () => {
    const { plan, runs, timed } = measuredTime();
    await compare([timed('a', 1), timed('b', 1)], WORKLOAD, { ...plan, warmUpMs: 0, blockRuns: 1 });
    const warmUp = ['a', 'b'];
    const round = (first: string, second: string) => [first, first, second, second];
    expect(runs).toEqual([...warmUp, ...round('a', 'b'), ...round('b', 'a'), ...round('a', 'b')]);
  });

  it('ends a block of slow runs by time', async () => {
    const { plan, timed } = measuredTime();
    const [outcome] = await compare([timed('slow', 400)], WORKLOAD, plan);
    expect(outcome).toMatchObject({ latencies: Array(9).fill(400) });
  });

  it('leaves out one whose result is wrong, and goes on with the others', async () => {
    const { plan, timed } = measuredTime();
    const outcomes = await compare([timed('right', 1), timed('wrong', 1, 41)], WORKLOAD, plan);
    expect(outcomes).toMatchObject([
      { latencies: Array(12).fill(1) },
      { failure: 'expected 42, but got 41' },
    ]);
  });

  it('leaves out one that cannot be opened', async () => {
    const { plan, timed } = measuredTime();
    const closed = contender('closed', async () => 42, {
      open: async () => Promise.reject(new Error('no build')),
    });
    const outcomes = await compare([timed('open', 1), closed], WORKLOAD, plan);
    expect(outcomes[1]).toMatchObject({ failure: 'no build' });
  });

  it('closes every contender, also one that failed', async () => {
    const { plan } = measuredTime();
    const closed: string[] = [];
    const closing = (name: string, result: number) =>
      contender(name, async () => result, {
        open: async () => ({ run: async () => result, close: async () => void closed.push(name) }),
      });
    let time = 0;
    await compare([closing('a', 42), closing('b', 0)], WORKLOAD, { ...plan, now: () => (time += 1) });
    expect(closed).toEqual(['a', 'b']);
  });
});
