import { describe, it } from 'vitest';
import { AGREEMENT } from './agreement.ts';
import { BUDGETS } from './budgets.ts';
import { DEPTHS } from './depths.ts';
import { MODULE_FORM } from './module-form.ts';

/** For many more, see `campaign.ts`. */
const SETTINGS = { numRuns: 100, seed: 20_260_822 };

describe('any program', () => {
  it.each([...AGREEMENT, ...BUDGETS, ...DEPTHS, ...MODULE_FORM])('$name', ({ check }) => {
    check(SETTINGS);
  });
});
