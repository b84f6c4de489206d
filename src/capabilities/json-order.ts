import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { compareNumbers, compareText } from './json-compare.ts';
import { toExactNumber } from './json-scalar.ts';
import type { Json } from './json-value.ts';
import { typeOf } from './json-value.ts';

/**
 * Below 0, 0 or above 0 for two numbers, or texts that write one, else for two texts; ETRFM for anything else, which has no
 * order. Cells of CSV and parts of a text count as the numbers that they write, as they do wherever one is wanted.
 */
export function compareJson(a: Json, b: Json): number | Failure {
  const [one, other] = [toExactNumber(a), toExactNumber(b)];
  if (typeof one !== 'object' && typeof other !== 'object') return compareNumbers(one, other);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return fail('ETRFM', `expected two numbers or two texts, got ${typeOf(a)} and ${typeOf(b)}`);
}
