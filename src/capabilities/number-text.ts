import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { excerpt } from './text.ts';

const INTEGER = /^[+-]?[0-9]+$/;
const DECIMAL = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
/** Longer than any i64 or f64 that a person writes; keeps the work of reading one small. */
const MAX_DIGITS = 400;

/** Reads a whole number of so many bits; spaces around it are let pass. */
export function readInteger(text: string, bits: 32 | 64): bigint | Failure {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DIGITS || !INTEGER.test(trimmed)) {
    return fail('EPARSE', `expected a whole number, got ${excerpt(text)}`);
  }
  const value = BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
  if (BigInt.asIntN(bits, value) !== value) {
    return fail('EBOUND', `${excerpt(trimmed)} does not fit into i${bits}`);
  }
  return value;
}

/** Reads a decimal number with an optional exponent; spaces around it are let pass. */
export function readDecimal(text: string): number | Failure {
  const trimmed = text.trim();
  if (trimmed.length > MAX_DIGITS || !DECIMAL.test(trimmed)) {
    return fail('EPARSE', `expected a number such as -12.5 or 1e6, got ${excerpt(text)}`);
  }
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : fail('EBOUND', `${excerpt(trimmed)} does not fit into f64`);
}

const BASE_PREFIX: ReadonlyMap<number, string> = new Map([
  [2, '0b'],
  [8, '0o'],
  [16, '0x'],
]);

/** The digits of a whole number in a base, small letters from 10 on. */
export function writeBase(value: bigint, base: number): string {
  return value.toString(base);
}

/** Reads digits in a base; a prefix such as 0x, and spaces around it, are let pass. */
export function readBase(text: string, base: number): bigint | Failure {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text.trim().toLowerCase()) ?? [];
  const prefix = BASE_PREFIX.get(base);
  const digits = prefix !== undefined && rest.startsWith(prefix) ? rest.slice(prefix.length) : rest;
  let value = 0n;
  for (const digit of digits.slice(0, MAX_DIGITS)) {
    const worth = Number.parseInt(digit, base);
    if (Number.isNaN(worth)) return fail('EPARSE', `expected digits in base ${base}, got ${excerpt(text)}`);
    value = value * BigInt(base) + BigInt(worth);
  }
  if (digits === '') return fail('EPARSE', `expected digits in base ${base}, got ${excerpt(text)}`);
  const signed = sign === '-' ? -value : value;
  const fits = digits.length <= MAX_DIGITS && BigInt.asIntN(64, signed) === signed;
  return fits ? signed : fail('EBOUND', `${excerpt(text)} does not fit into i64`);
}
