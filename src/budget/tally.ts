import type { Account, Spent } from './port.ts';

const NOTHING: Spent = Object.freeze({
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  modelCalls: 0,
  usd: 0,
  fuel: 0,
  hostCalls: 0,
});

/** An account without limits, which only counts. Models have no price on it. */
export function createTally(): Account {
  let spent = NOTHING;
  const add = (more: Partial<Spent>): void => {
    spent = addSpent(spent, { ...NOTHING, ...more });
  };
  const tally: Account = {
    isLow: false,
    refusal: null,
    get spent() {
      return spent;
    },
    reserveCall: ({ maxTokens }) => ({
      ok: true,
      maxTokens,
      settle: (usage) => add({ ...usage, modelCalls: 1 }),
    }),
    reserveRun: (fuel) => ({
      ok: true,
      fuel,
      account: tally,
      hostCall() {
        add({ hostCalls: 1 });
        return null;
      },
      settle: (used) => add({ fuel: used }),
    }),
  };
  return tally;
}

/** The sum of two, field by field. */
export function addSpent(one: Spent, other: Spent): Spent {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    modelCalls: one.modelCalls + other.modelCalls,
    usd: one.usd + other.usd,
    fuel: one.fuel + other.fuel,
    hostCalls: one.hostCalls + other.hostCalls,
  };
}
