import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { compareNumbers, compareText } from './json-compare.ts';
import type { Json } from './json-value.ts';
import { isNumeric, typeOf } from './json-value.ts';

/** Below 0, 0 or above 0 for two numbers or two strings; ETRFM for anything else, which has no order. */
export function compareJson(a: Json, b: Json): number | Failure {
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return fail('ETRFM', `expected two JSON numbers or two JSON strings, got ${typeOf(a)} and ${typeOf(b)}`);
}
