import { isDeepStrictEqual } from 'node:util';
import type { WireValue } from '../../src/wat/types.ts';

/** Wide enough for sums in another order, far narrower than any wrong answer. */
const TOLERANCE = 1e-9;

/** Whether a program's result is the expected one: numbers but for rounding, all else exactly. */
export function sameValue(got: WireValue, expected: WireValue, compare: 'exact' | 'json'): boolean {
  if (compare === 'json' && typeof got === 'string' && typeof expected === 'string')
    return sameJsonText(got, expected);
  return alike(got, expected);
}

/** The same text, or the same JSON object or array whatever its spaces and the order of its members. */
export function sameJsonText(got: string, expected: string): boolean {
  if (got === expected) return true;
  const [one, other] = [readCollection(got), readCollection(expected)];
  return one !== null && other !== null && alike(one, other);
}

function alike(got: unknown, expected: unknown): boolean {
  if (typeof got === 'number' && typeof expected === 'number') return near(got, expected);
  if (!isCollection(got) || !isCollection(expected)) return isDeepStrictEqual(got, expected);
  if (Array.isArray(got) !== Array.isArray(expected)) return false;
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(got).length &&
    names.every(
      (name) => Object.hasOwn(got, name) && alike(Reflect.get(got, name), Reflect.get(expected, name)),
    )
  );
}

function near(got: number, expected: number): boolean {
  if (Object.is(got, expected) || got === expected) return true;
  return Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function readCollection(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return isCollection(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
