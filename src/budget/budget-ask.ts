import type { BudgetNotice, BudgetScope, BudgetUnit } from './port.ts';

/** What somebody would have to allow for a refused request to go on. */
export interface BudgetAsk {
  readonly scope: BudgetScope;
  readonly unit: BudgetUnit;
  readonly limit: number;
  /** To add to the limit. */
  readonly extra: number;
}

/** A quarter is enough to go on with, and small enough to be asked again. */
const EXTRA_SHARE = 0.25;

/** Of a limit of nothing there is no quarter. */
const EXTRA_AT_LEAST: Readonly<Record<BudgetUnit, number>> = {
  tokens: 10_000,
  usd: 0.1,
  fuel: 10_000_000,
  hostCalls: 50,
};

/** The question that a refusal leads to: beyond what is used by now, so that it is not refused again at once. */
export function budgetAsk({ scope, unit, used, limit }: BudgetNotice): BudgetAsk {
  const overdrawn = Math.max(0, used - limit);
  const extra = overdrawn + Math.max(EXTRA_SHARE * limit, EXTRA_AT_LEAST[unit]);
  return { scope, unit, limit, extra: unit === 'usd' ? Math.ceil(extra * 100) / 100 : Math.ceil(extra) };
}
