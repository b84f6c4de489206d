import { describe, it } from 'vitest';
import { MUTATIONS } from './mutations.ts';

/** For many more, see `campaign.ts`. */
const SETTINGS = { numRuns: 400, seed: 20_260_822 };

describe('any module with bytes changed at random', () => {
  it.each(MUTATIONS)('$name', async ({ check }) => {
    await check(SETTINGS);
  });
});
