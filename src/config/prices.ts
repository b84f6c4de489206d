import { z } from 'zod';
import type { ModelPrice, PriceTable, TokenPrices } from '../budget/prices.ts';
import { parseJson } from './parse-json.ts';
import { accept, type Parsed, REFUSED } from './setting.ts';

/** To finish the sentence "expected ...". */
export const PRICES =
  'a JSON object such as {"my-model": {"input": 2, "output": 10, "cache_read": 0.2, "cache_write": 2.5}}, in US dollars for a million tokens';

const PRICE = z.number().nonnegative().finite();
const CLASSES = { input: PRICE, output: PRICE, cache_read: PRICE.optional(), cache_write: PRICE.optional() };
const SHAPE = z.record(
  z.string().min(1),
  z.strictObject({
    ...CLASSES,
    long_prompt: z.strictObject({ ...CLASSES, over: z.int().nonnegative() }).optional(),
  }),
);

type Given = z.infer<typeof SHAPE>[string];

/** What most services ask for the cache, where nothing else is said: shares of the price of input. */
const CACHE_READ = 0.1;
const CACHE_WRITE = 1.25;

/** Reads what is added to the table of prices. */
export function parsePrices(text: string): Parsed<PriceTable> {
  const parsed = SHAPE.safeParse(parseJson(text));
  if (!parsed.success) return REFUSED;
  const prices = Object.entries(parsed.data).map(([model, given]) => [model, toPrice(given)] as const);
  return accept(Object.freeze(Object.fromEntries(prices)));
}

function toPrice({ long_prompt: long, ...given }: Given): ModelPrice {
  const prices = toTokenPrices(given);
  return long === undefined ? prices : { ...prices, longPrompt: { ...toTokenPrices(long), over: long.over } };
}

function toTokenPrices({
  input,
  output,
  cache_read: cacheRead = input * CACHE_READ,
  cache_write: cacheWrite = input * CACHE_WRITE,
}: Omit<Given, 'long_prompt'>): TokenPrices {
  return { input, output, cacheRead, cacheWrite };
}
