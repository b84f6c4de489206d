import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../bench/peers/compare.ts';
import type { Contender } from '../../../bench/peers/contender.ts';
import { renderComparison, renderPresence } from '../../../bench/peers/report.ts';
import { contender } from './contenders.ts';

function outcome(name: string, median: number, given: Partial<Contender> = {}): Outcome {
  return {
    contender: contender(name, async () => 42, given),
    latencies: [median],
    rounds: [{ median, perSecond: 1_000 / median }],
  };
}

describe('renderPresence', () => {
  it('names what is missing with the reason', () => {
    const text = renderPresence([
      { package: 'here', version: '1.2.3' },
      { package: 'away', missing: 'not installed: npm ci --prefix bench/peers' },
    ]);
    expect(text).toContain('| here | 1.2.3 |');
    expect(text).toContain('| away | missing on this machine: not installed: npm ci --prefix bench/peers |');
  });
});

describe('renderComparison', () => {
  it('says how many times as fast the first is as each other', () => {
    const text = renderComparison('work', [outcome('own', 0.05), outcome('slow', 0.2)]);
    expect(text).toContain(
      '| slow | a thread of its own | yes | alone | 200 µs | 200 µs | 5,000 | 4.00 | 4.00 |',
    );
    expect(text).toContain(
      'doing the same work (a thread of its own, fresh state, an endless run ends alone): none.',
    );
  });

  it('names who is faster, apart from those that do less', () => {
    const text = renderComparison('work', [
      outcome('own', 0.05),
      outcome('equal', 0.04),
      outcome('main', 0.01, { thread: 'main' }),
      outcome('kept', 0.02, { fresh: false }),
      outcome('unstoppable', 0.025, { endless: 'thread' }),
    ]);
    expect(text).toMatch(/same work \(.*\): equal \(one by one 1\.25 times, many at once 1\.25 times\)\./);
    expect(text).toMatch(/doing less: main \(.* 5\.00 times\); kept \(.*\); unstoppable \(.*\)\./);
  });

  it('takes the ratio of each round before the median', () => {
    const [own, peer] = [outcome('own', 1), outcome('peer', 1)];
    const rounds = (medians: readonly number[]) =>
      medians.map((median) => ({ median, perSecond: 1_000 / median }));
    const text = renderComparison('work', [
      { ...own, latencies: [1], rounds: rounds([1, 10, 100]) },
      { ...peer, latencies: [2], rounds: rounds([2, 20, 200]) },
    ]);
    expect(text).toContain('| 2.00 | 2.00 |');
  });

  it('keeps a row for one that failed', () => {
    const failed: Outcome = {
      contender: contender('broken', async () => 0),
      failure: 'expected 42, but got 0',
    };
    const text = renderComparison('work', [outcome('own', 1), failed]);
    expect(text).toContain('| broken | a thread of its own | yes | alone | failed: expected 42, but got 0 |');
  });

  it('refuses to compare when the first has failed', () => {
    const failed: Outcome = { contender: contender('own', async () => 0), failure: 'no worker' };
    expect(() => renderComparison('work', [failed, outcome('peer', 1)])).toThrow('no worker');
  });
});
