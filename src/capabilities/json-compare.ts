import type { Json } from './json-value.ts';
import { isNumeric, typeOf } from './json-value.ts';

const SURROGATE = /[\ud800-\udfff]/;
const RANK = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5 } as const;

/** Whether two values are the same; the order of members does not count. */
export function equalJson(a: Json, b: Json): boolean {
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalJson(item, b[index] ?? null));
  }
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b) === 0;
  if (!(a instanceof Map)) return a === b;
  if (!(b instanceof Map) || a.size !== b.size) return false;
  for (const [key, member] of a) {
    const other = b.get(key);
    if (other === undefined || !equalJson(member, other)) return false;
  }
  return true;
}

/** Whether two values are the same, or scalars that read the same: 30 and "30", as cells of tables are texts. */
export function matchesJson(a: Json, b: Json): boolean {
  if (equalJson(a, b)) return true;
  return isPlain(a) && isPlain(b) && String(a) === String(b);
}

function isPlain(value: Json): boolean {
  return value !== null && typeof value !== 'object';
}

/**
 * The order in which `sort` puts these values: false, true, numbers by size, texts by code point, arrays, objects. Two
 * arrays, or two objects, stand in no order.
 */
export function orderOf(values: readonly Json[]): (a: Json, b: Json) => number {
  // Looked at once: it takes longer than to compare.
  const isPlain = values.every((value) => typeof value !== 'string' || !SURROGATE.test(value));
  const texts = isPlain ? compareUnits : compareText;
  return (a, b) => {
    const rank = RANK[typeOf(a)] - RANK[typeOf(b)];
    if (rank !== 0) return rank;
    if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
    if (typeof a === 'string' && typeof b === 'string') return texts(a, b);
    return Number(a === true) - Number(b === true);
  };
}

/** -1, 0 or 1 by exact size: f64 and bigint compare without rounding. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a === b) return 0;
  return Number(a > b) - Number(a < b);
}

/** -1, 0 or 1 by code point, the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  // By code unit, characters past the first plane would come before those at its end.
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

function compareUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A text under which equal values, and only they, are the same. Members are put in order. */
export function identityOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(identityOf).join(',')}]`;
  if (typeof value === 'bigint') return String(value);
  // A whole number has its digits, so that 1e20 is what 100000000000000000000 is.
  if (typeof value === 'number' && Number.isInteger(value)) return String(BigInt(value));
  if (!(value instanceof Map)) return JSON.stringify(value);
  const members = [...value].sort(([a], [b]) => compareText(a, b));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${identityOf(member)}`).join(',')}}`;
}
