import { describe, expect, it } from 'vitest';
import { HostHeap } from '../../src/engine/worker/host-heap.ts';

/** What each run has for itself. */
const OWN = 16_384;

function two(bytes: number) {
  const heap = new HostHeap(bytes);
  return [heap.share(), heap.share()] as const;
}

describe('HostHeap', () => {
  it('gives to all runs together what it has, and no more', () => {
    const [one, other] = two(100);
    expect([one.hold(OWN + 60), other.hold(OWN + 41), other.hold(OWN + 40)]).toEqual([true, false, true]);
    expect([one.hold(1), one.hold(0)]).toEqual([false, true]);
  });

  it('leaves each run a part that no other can take', () => {
    const [one, other] = two(100);
    expect([one.hold(OWN + 100), other.hold(OWN + 1), other.hold(OWN), other.hold(1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('takes back all that a run held when it ends, and gives it nothing more', () => {
    const [one, other] = two(100);
    one.hold(OWN + 70);
    one.hold(30);
    one.release();
    one.release();
    expect([one.hold(1), other.hold(OWN + 100), other.hold(1)]).toEqual([false, true, false]);
  });

  it('takes back a part, at most what was held', () => {
    const [one, other] = two(100);
    one.hold(OWN + 100);
    one.giveBack(30);
    expect([other.hold(OWN + 31), other.hold(OWN + 30)]).toEqual([false, true]);
    one.giveBack(1_000_000);
    expect([other.hold(71), other.hold(70)]).toEqual([false, true]);
  });
});
