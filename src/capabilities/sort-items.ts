import type { KeyedItem } from './array-items.ts';
import { orderOf } from './json-compare.ts';
import { toExactNumber } from './json-scalar.ts';
import type { Json } from './json-value.ts';

interface Keyed {
  readonly item: Json;
  readonly key: Json;
}

/**
 * The items in the order of their keys, those of equal keys in the order that they came in, those without
 * a key, or with null for one, last. Texts are ordered as numbers when every key writes one, since cells of tables are texts.
 */
export function sortKeyed(items: readonly KeyedItem[], descending: boolean): Json[] {
  const present = items.flatMap(({ item, key }) => (isAbsent(key) ? [] : [{ item, key }]));
  const absent = items.filter(({ key }) => isAbsent(key));
  const sign = descending ? -1 : 1;
  const keyed = asNumbers(present) ?? present;
  const order = orderOf(keyed.map(({ key }) => key));
  const sorted = keyed.toSorted((a, b) => sign * order(a.key, b.key));
  return [...sorted, ...absent].map(({ item }) => item);
}

function isAbsent(key: Json | undefined): key is undefined | null {
  return key === undefined || key === null;
}

/** The same with numbers for keys, or null when a key writes none. */
function asNumbers(items: readonly Keyed[]): Keyed[] | null {
  const numeric: Keyed[] = [];
  for (const { item, key } of items) {
    const number = typeof key === 'boolean' ? null : toExactNumber(key);
    if (typeof number !== 'number' && typeof number !== 'bigint') return null;
    numeric.push({ item, key: number });
  }
  return numeric;
}
