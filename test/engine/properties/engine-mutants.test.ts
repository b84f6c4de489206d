import { describe, expect, it } from 'vitest';
import { ENGINE_MUTANTS } from './engine-mutants.ts';

/** For many more, see `campaign.ts`. */
const SETTINGS = { numRuns: 1_500, seed: 20_261_122 };

describe('any module with bytes changed at random, from prepare to result', () => {
  it(ENGINE_MUTANTS.name, async () => {
    const counts = await ENGINE_MUTANTS.check(SETTINGS);
    expect(counts).toMatchObject({
      refused: expect.any(Number),
      ok: expect.any(Number),
      trap: expect.any(Number),
    });
  });
});
