import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { pickerOf } from './json-path.ts';
import type { Json } from './json-value.ts';
import { refuseItems, wrongType } from './values.ts';

/** The items of an array that is to be worked through as a whole. */
export function itemsOf(value: Json): Json[] | Failure {
  if (!Array.isArray(value)) return wrongType('array', value);
  return refuseItems(value.length) ?? value;
}

/** An array to look at or change in one place, however long it is. */
export function arrayOf(value: Json): Json[] | Failure {
  return Array.isArray(value) ? value : wrongType('array', value);
}

/** An array's items with what stands in each under a path; the items themselves for the empty path. */
export interface KeyedItem {
  readonly item: Json;
  /** undefined where there is nothing under the path. */
  readonly key: Json | undefined;
}

export function keyedItems(value: Json, path: string): KeyedItem[] | Failure {
  const items = itemsOf(value);
  if (!Array.isArray(items)) return items;
  const pick = pickerOf(path);
  return typeof pick === 'function' ? items.map((item) => ({ item, key: pick(item) })) : pick;
}

/** Where an index points, from the end when it is negative; EBOUND past `last`. */
export function positionIn(items: readonly Json[], index: number, last = items.length - 1): number | Failure {
  const position = index < 0 ? items.length + index : index;
  if (position >= 0 && position <= last) return position;
  return fail('EBOUND', `there is no index ${index} in an array of ${items.length}`);
}
