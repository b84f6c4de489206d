import type { KeyedItem } from './array-items.ts';
import type { Failure } from './capability.ts';
import type { Json } from './json-value.ts';
import { plainText } from './json-writer.ts';

/** How often each text of the keys occurs, in the order of first occurrence; an absent key counts as null. */
export function createTally(items: readonly KeyedItem[]): Map<string, number> | Failure {
  const tally = new Map<string, number>();
  for (const { key } of items) {
    const name = plainText(key ?? null);
    if (typeof name !== 'string') return name;
    tally.set(name, (tally.get(name) ?? 0) + 1);
  }
  return tally;
}

export function mostFrequentFirst(tally: ReadonlyMap<string, number>): Map<string, Json> {
  return new Map([...tally].sort(([, a], [, b]) => b - a));
}
