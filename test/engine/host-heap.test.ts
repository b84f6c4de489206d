import { describe, expect, it } from 'vitest';
import { HostHeap } from '../../src/engine/worker/host-heap.ts';

describe('HostHeap', () => {
  it('gives to all runs together what it has, and no more', () => {
    const heap = new HostHeap(100);
    const [one, other] = [heap.share(), heap.share()];
    expect([one.hold(60), other.hold(41), other.hold(40), one.hold(1), one.hold(0)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('takes back all that a run held when it ends, and gives it nothing more', () => {
    const heap = new HostHeap(100);
    const [one, other] = [heap.share(), heap.share()];
    one.hold(70);
    one.hold(30);
    one.release();
    one.release();
    expect([one.hold(1), other.hold(100), other.hold(1)]).toEqual([false, true, false]);
  });

  it('takes back a part, at most what was held', () => {
    const heap = new HostHeap(100);
    const [one, other] = [heap.share(), heap.share()];
    one.hold(100);
    one.giveBack(30);
    expect([other.hold(31), other.hold(30)]).toEqual([false, true]);
    one.giveBack(1_000);
    expect([other.hold(71), other.hold(70)]).toEqual([false, true]);
  });
});
