import { describe, expect, it } from 'vitest';
import { createPriceList, LIST_PRICES, type PriceTable } from '../../src/budget/prices.ts';
import { used } from './budget-bench.ts';

function listOf(table: PriceTable = {}) {
  const unknown: string[] = [];
  return { prices: createPriceList({ table, onUnknown: (model) => unknown.push(model) }), unknown };
}

const MILLION = 1_000_000;

describe('costOf', () => {
  it('prices each class of token by itself', () => {
    const { prices } = listOf({ m: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 } });
    const usage = {
      inputTokens: MILLION,
      outputTokens: 2 * MILLION,
      cacheReadTokens: 10 * MILLION,
      cacheWriteTokens: 4 * MILLION,
    };
    expect(prices.costOf('m', usage)).toBeCloseTo(3 + 30 + 3 + 15, 10);
  });

  it('knows a model by its id with a date behind it', () => {
    const { prices, unknown } = listOf();
    expect(prices.costOf('claude-sonnet-5-5-20260928', used(MILLION))).toBe(2);
    expect(unknown).toEqual([]);
  });

  it('lets the configuration replace what the table has', () => {
    const { prices } = listOf({ 'claude-sonnet-5-5': { input: 7, output: 0, cacheRead: 0, cacheWrite: 0 } });
    expect(prices.costOf('claude-sonnet-5-5', used(MILLION))).toBe(7);
  });

  it('prices an unknown model as the dearest one, class by class, and says so once', () => {
    const { prices, unknown } = listOf({ rare: { input: 1, output: 99, cacheRead: 0, cacheWrite: 0 } });
    expect(prices.costOf('who-knows', used(MILLION))).toBe(10);
    expect(prices.costOf('who-knows', used(0, MILLION))).toBe(99);
    expect(unknown).toEqual(['who-knows']);
  });

  it('charges all tokens of a call with a long prompt at the higher price where there is one', () => {
    const { prices } = listOf();
    expect(prices.costOf('claude-haiku-5-5', used(100_000, 10_000))).toBeCloseTo(0.015, 10);
    const cached = { ...used(1, 10_000), cacheReadTokens: 100_000 };
    expect(prices.costOf('claude-haiku-5-5', cached)).toBeCloseTo((0.5 + 25_000 + 5_000) / MILLION, 10);
  });

  it('gives the offline planner for nothing', () => {
    expect(listOf().prices.costOf('offline', used(MILLION, MILLION))).toBe(0);
  });
});

describe('estimate', () => {
  it.each(Object.keys(LIST_PRICES))('is never below the cost of %s', (model) => {
    const { prices } = listOf();
    for (const tokens of [10, 100_000, 100_001]) {
      const { input, outputToken } = prices.estimate(model, tokens);
      const most = input + 500 * outputToken + 1e-12;
      const usage = used(0, 500);
      for (const field of ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens']) {
        expect(prices.costOf(model, { ...usage, [field]: tokens })).toBeLessThanOrEqual(most);
      }
    }
  });
});
