import { DIMENSIONS } from './unit-table.ts';

/** What follows a number, or stands before it as a currency may: a factor, and what the number is of. */
export interface Measure {
  readonly factor: number;
  /** Empty for a mere factor. */
  readonly unit: string;
}

const SCALES: ReadonlyMap<string, number> = table([
  [100, 'hundred Hundert'],
  [12, 'dozen Dutzend'],
  [1e3, 'k K thousand tsd Tsd Tausend'],
  [1e5, 'lakh'],
  [1e6, 'M mn mln mio Mio million millions Million Millionen'],
  [1e7, 'crore'],
  [1e9, 'bn Bn bln mrd Mrd billion billions Billion Milliarde Milliarden'],
  [1e12, 'tn trn trillion trillions Trillion'],
]);
/** Letters that are a factor beside a currency, and elsewhere may be a unit as well. */
const MONEY_SCALES: ReadonlyMap<string, number> = table([
  [1e6, 'm'],
  [1e9, 'b B'],
  [1e12, 't T'],
]);
/** Longer words mean the same in capitals; of signs the case says what they are. */
const SIGN_LENGTH = 3;
/** What stands in front of a currency behind the number, as in 5 T€ and 3 MEUR. */
const PREFIXES: ReadonlyMap<string, number> = table([
  [1e3, 'k K T Tsd'],
  [1e6, 'M Mio'],
  [1e9, 'Mrd bn'],
]);
const PREFIXED = /^(\p{L}{1,3}?)(\p{Sc}|[A-Z]{3})$/u;
const CURRENCIES: ReadonlyMap<string, string> = table([
  ['EUR', '€ EUR euro euros Euro Euros'],
  ['USD', '$ USD US$ dollar dollars'],
  ['GBP', '£ GBP'],
  ['JPY', '¥ JPY yen'],
  ['INR', '₹ INR rupees'],
  ['CHF', 'CHF Fr SFr francs Franken'],
  ['cent', 'cent cents Cent'],
  ...'AUD BRL CAD CNY CZK DKK HKD HUF KRW MXN NOK NZD PLN SEK SGD TRY ZAR'
    .split(' ')
    .map((code) => [code, code] as const),
]);
/** Names of units that are words of their own in a sentence. */
const ALSO_WORDS: ReadonlySet<string> = new Set(['in', 'us', 'au', 'b', 'B', '"', "'"]);
const UNITS: ReadonlyMap<string, string> = new Map(
  DIMENSIONS.flatMap(({ units }) =>
    units.flatMap(({ names: [symbol = '', ...names] }) =>
      [symbol, ...names].map((name) => [name, symbol] as const),
    ),
  ),
);
/** What may stand directly behind a number and is more than a unit: a product, an ordinal, a time, a size of 1,000 or 1,024. */
const UNCLEAR: ReadonlySet<string> = new Set('x X e E b B G T st nd rd th er am pm AM PM Uhr h30'.split(' '));

function table<T>(rows: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([value, names]) => names.split(' ').map((name) => [name, value] as const)));
}

/** The currency that a sign or word names; null for all else. */
export function currencyOf(text: string): string | null {
  return CURRENCIES.get(text) ?? (/^[A-Z]{0,3}\p{Sc}$/u.test(text) ? text : null);
}

/** What the letters or signs directly behind a number say; null where they can be read in several ways, or in none. */
export function measureOf(text: string, isMoney: boolean): Measure | null {
  if (text === '') return { factor: 1, unit: '' };
  const whole = scaleOf(text, isMoney);
  if (whole !== null) return { factor: whole, unit: '' };
  const money = scaledCurrency(text);
  if (money !== null) return money;
  const unit = unitOf(text);
  if (unit !== null) return { factor: 1, unit };
  if (/^[%‰°]/u.test(text)) return { factor: 1, unit: text };
  return UNCLEAR.has(text) || !/^[\p{L}µ]{2,12}(?:\/\p{L}{1,6})?$/u.test(text)
    ? null
    : { factor: 1, unit: text };
}

/** What a word says that stands apart behind a number; null where it says nothing of it. */
export function wordMeasure(word: string, isMoney: boolean): Measure | null {
  const factor = scaleOf(word, isMoney);
  if (factor !== null) return { factor, unit: '' };
  if (/^(?:%|percent|Prozent|‰|°)$/.test(word)) return { factor: 1, unit: word.length > 1 ? '%' : word };
  const money = scaledCurrency(word);
  if (money !== null) return money;
  const unit = ALSO_WORDS.has(word) ? null : unitOf(word);
  return unit === null ? null : { factor: 1, unit };
}

/** `T€`, `kEUR`, `Mio€`. */
function scaledCurrency(text: string): Measure | null {
  const [, prefix = '', sign = ''] = PREFIXED.exec(text) ?? [];
  const factor = PREFIXES.get(prefix);
  const unit = CURRENCIES.get(sign);
  return factor === undefined || unit === undefined ? null : { factor, unit };
}

function scaleOf(text: string, isMoney: boolean): number | null {
  const known = SCALES.get(text) ?? (isMoney ? MONEY_SCALES.get(text) : undefined);
  return known ?? (text.length > SIGN_LENGTH ? SCALES.get(text.toLowerCase()) : undefined) ?? null;
}

function unitOf(text: string): string | null {
  const unit = UNCLEAR.has(text) ? undefined : UNITS.get(text);
  return currencyOf(text) ?? unit ?? null;
}
