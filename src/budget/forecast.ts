import { type Amounts, amountsOf } from './counter.ts';
import type { PlannedCall, Spent } from './port.ts';
import type { PriceList } from './prices.ts';
import { type CallUnit, lackingUnit } from './room.ts';

/** What the next two calls of a turn for its answer are expected to take, judged by those before. */
export interface Forecast {
  /** What the next one will use. */
  readonly next: Pick<Amounts, CallUnit>;
  /** The one behind it. */
  readonly after: PlannedCall;
}

/** A call for the answer that has been made. */
export interface MadeCall {
  readonly planned: PlannedCall;
  readonly spent: Spent;
}

/** Each call takes in what the one before gave back and what came of it, so requests grow. */
export function forecastOf(made: MadeCall, before: PlannedCall | null, prices: PriceList): Forecast {
  const { planned, spent } = made;
  const used = amountsOf(spent);
  const grown = before === null ? 0 : planned.inputTokens - before.inputTokens;
  const growth = Math.max(grown, spent.outputTokens);
  const costOfGrowth = prices.estimate(planned.model, growth).input;
  return {
    next: { tokens: used.tokens + growth, usd: used.usd + costOfGrowth },
    after: { ...planned, inputTokens: planned.inputTokens + 2 * growth },
  };
}

/** The unit in which the next call would be the last; null where another one has room behind it. */
export function lastCallUnit(
  { next, after }: Forecast,
  left: (unit: CallUnit) => number,
  prices: PriceList,
): CallUnit | null {
  return lackingUnit((unit) => left(unit) - next[unit], after, prices);
}
