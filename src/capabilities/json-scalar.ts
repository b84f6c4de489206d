import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { isNumeric, type Json } from './json-value.ts';
import { readDecimal, readInteger } from './number-text.ts';
import { wrongType } from './values.ts';

const WHOLE = /^-?[0-9]+$/;

/** A number; true is 1, false 0, and a text gives the number that it writes (cells of tables are texts). */
export function toNumber(value: Json): number | Failure {
  if (isNumeric(value)) return Number(value);
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? readDecimal(value) : wrongType('number', value);
}

/** The same without rounding a whole number, for what is compared. */
export function toExactNumber(value: Json): number | bigint | Failure {
  if (typeof value === 'bigint') return value;
  const number = toNumber(value);
  if (typeof value !== 'string' || typeof number !== 'number' || Number.isSafeInteger(number)) return number;
  const text = value.trim().replace(/^\+/, '');
  return WHOLE.test(text) ? BigInt(text) : number;
}

export function toI32(value: Json): number | Failure {
  const whole = toWhole(value, 32);
  return typeof whole === 'bigint' ? Number(whole) : whole;
}

export function toI64(value: Json): bigint | Failure {
  return toWhole(value, 64);
}

/** true or false; a number is true unless it is 0. */
export function toBool(value: Json): boolean | Failure {
  if (typeof value === 'boolean') return value;
  return isNumeric(value) ? Number(value) !== 0 : wrongType('boolean', value);
}

function wholeOf(value: Json): bigint | Failure {
  const number = toNumber(value);
  if (typeof number !== 'number') return number;
  if (!Number.isInteger(number)) return fail('ETRFM', `expected a whole number, got ${number}; use json.f64`);
  return BigInt(number);
}

function toWhole(value: Json, bits: 32 | 64): bigint | Failure {
  if (typeof value === 'string') return readInteger(value, bits);
  const whole = typeof value === 'bigint' ? value : wholeOf(value);
  if (typeof whole !== 'bigint') return whole;
  return BigInt.asIntN(bits, whole) === whole ? whole : fail('EBOUND', `${whole} does not fit into i${bits}`);
}
