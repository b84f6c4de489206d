import { describe, expect, it } from 'vitest';
import { BOUNDARY, Seams } from '../../src/engine/metering/seams.ts';

/** What each run takes once the seams are settled: runs are `[cost, into, out]`. */
function settled(seams: Seams, runs: readonly (readonly [number, number, number])[]): number[] {
  const priced = runs.map(([cost, into, out]) => ({ cost, into, out, prompt: true, dead: false }));
  seams.settle(priced);
  return priced.map(({ cost }) => cost);
}

describe('settling seams', () => {
  it('pays for the cheaper arm of an if, and for what follows both, before it', () => {
    const seams = new Seams();
    const [arms, end] = [seams.open(), seams.open()];
    const runs = [
      [4, BOUNDARY, arms],
      [3, arms, end],
      [5, arms, end],
      [7, end, BOUNDARY],
    ] as const;
    expect(settled(seams, runs)).toEqual([4 + 3 + 7, 0, 2, 0]);
  });

  it('pays for what follows an if without an else, but not for its arm', () => {
    const seams = new Seams();
    const arm = seams.open();
    seams.join(arm, seams.open());
    const runs = [
      [4, BOUNDARY, arm],
      [3, arm, arm],
      [7, arm, BOUNDARY],
    ] as const;
    expect(settled(seams, runs)).toEqual([4 + 7, 3, 0]);
  });

  it('pays nothing ahead where one way leads over a boundary', () => {
    const seams = new Seams();
    const branch = seams.open();
    seams.join(branch, BOUNDARY);
    const runs = [
      [4, BOUNDARY, branch],
      [7, branch, BOUNDARY],
    ] as const;
    expect(settled(seams, runs)).toEqual([4, 7]);
  });

  it('pays a run that may wait in each of the runs that follow it', () => {
    const seams = new Seams();
    const [arms, end] = [seams.open(), seams.open()];
    const runs = [
      { cost: 4, into: BOUNDARY, out: arms, prompt: false, dead: false },
      { cost: 3, into: arms, out: end, prompt: true, dead: false },
      { cost: 5, into: arms, out: BOUNDARY, prompt: true, dead: false },
      { cost: 1, into: end, out: BOUNDARY, prompt: true, dead: false },
    ];
    seams.settle(runs);
    expect(runs.map(({ cost }) => cost)).toEqual([0, 4 + 3 + 1, 4 + 5, 0]);
  });

  it('owes nothing where other ways lead to what follows', () => {
    const seams = new Seams();
    const arm = seams.open();
    const runs = [
      { cost: 4, into: BOUNDARY, out: arm, prompt: false, dead: false },
      { cost: 3, into: arm, out: arm, prompt: true, dead: false },
      { cost: 1, into: arm, out: BOUNDARY, prompt: true, dead: false },
    ];
    seams.settle(runs);
    expect(runs.map(({ cost }) => cost)).toEqual([4 + 1, 3, 0]);
  });

  it('follows one way through several seams', () => {
    const seams = new Seams();
    const [first, second] = [seams.open(), seams.open()];
    const runs = [
      [1, BOUNDARY, first],
      [2, first, second],
      [3, second, BOUNDARY],
    ] as const;
    expect(settled(seams, runs)).toEqual([6, 0, 0]);
  });
});
