import type { Usage } from '../model/model.ts';

/** US dollars for a million tokens of each class. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface ModelPrice extends TokenPrices {
  /** What all tokens of a call cost whose prompt, cached tokens included, has more tokens than `over`. */
  readonly longPrompt?: TokenPrices & { readonly over: number };
}

/** By the model's id, without the date that some ids end with. */
export type PriceTable = Readonly<Record<string, ModelPrice>>;

/** What calls of a model cost. */
export interface PriceList {
  /** In US dollars. */
  costOf(model: string, usage: Usage): number;
  /** What a call costs at most: in dollars before its first token of output, and for each of those. */
  estimate(model: string, inputTokens: number): { readonly input: number; readonly outputToken: number };
}

export interface PriceListOptions {
  /** Added to the table, in place of what it has under the same name. */
  readonly table: PriceTable;
  /** Told once of each model that is not in the table, and so is priced as the dearest that is. */
  readonly onUnknown: (model: string) => void;
}

const MILLION = 1_000_000;
const DATE = /-\d{8}$/;

const FREE: ModelPrice = Object.freeze({ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 });
const FABLE: ModelPrice = Object.freeze({ input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 });
const OPUS: ModelPrice = Object.freeze({ input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 });
const SONNET_4: ModelPrice = Object.freeze({ input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 });

/** List prices of October 2026, with what is written to the cache for five minutes. An example: prices change. */
export const LIST_PRICES: PriceTable = Object.freeze({
  'claude-fable-5-2': FABLE,
  'claude-mythos-5-2': FABLE,
  'claude-fable-5-1': FABLE,
  'claude-mythos-5-1': FABLE,
  'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
  'claude-opus-5': OPUS,
  'claude-opus-4-8': OPUS,
  'claude-opus-4-7': OPUS,
  'claude-opus-4-6': OPUS,
  'claude-opus-4-5': OPUS,
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  'claude-sonnet-5': { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
  'claude-sonnet-4-6': SONNET_4,
  'claude-sonnet-4-5': SONNET_4,
  'claude-haiku-5-5': {
    input: 0.1,
    output: 0.5,
    cacheRead: 0.01,
    cacheWrite: 0.125,
    longPrompt: { over: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
  },
  'claude-haiku-4-5': { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
  offline: FREE,
});

/** A list of prices in which every model has one, so that a limit in money holds for all of them. */
export function createPriceList({ table, onUnknown }: PriceListOptions): PriceList {
  const prices = new Map(Object.entries({ ...LIST_PRICES, ...table }));
  const dearest = dearestOf([...prices.values()]);
  const told = new Set<string>();
  const priceOf = (model: string, promptTokens: number): TokenPrices => {
    const price = prices.get(model) ?? prices.get(model.replace(DATE, ''));
    if (price !== undefined) return bandOf(price, promptTokens);
    if (!told.has(model)) onUnknown(model);
    told.add(model);
    return dearest;
  };
  return Object.freeze({
    costOf(model: string, usage: Usage): number {
      const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
      const price = priceOf(model, inputTokens + cacheReadTokens + cacheWriteTokens);
      const read = inputTokens * price.input + cacheReadTokens * price.cacheRead;
      const written = outputTokens * price.output + cacheWriteTokens * price.cacheWrite;
      return (read + written) / MILLION;
    },
    estimate(model: string, inputTokens: number) {
      const { input, output, cacheWrite } = priceOf(model, inputTokens);
      return {
        input: (inputTokens * Math.max(input, cacheWrite)) / MILLION,
        outputToken: output / MILLION,
      };
    },
  });
}

function bandOf(price: ModelPrice, promptTokens: number): TokenPrices {
  const { longPrompt } = price;
  return longPrompt !== undefined && promptTokens > longPrompt.over ? longPrompt : price;
}

function dearestOf(prices: readonly ModelPrice[]): TokenPrices {
  const all = prices.flatMap((price) =>
    price.longPrompt === undefined ? [price] : [price, price.longPrompt],
  );
  const most = (field: keyof TokenPrices): number => Math.max(...all.map((price) => price[field]));
  return {
    input: most('input'),
    output: most('output'),
    cacheRead: most('cacheRead'),
    cacheWrite: most('cacheWrite'),
  };
}
