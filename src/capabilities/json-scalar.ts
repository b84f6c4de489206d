import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Json } from './json-value.ts';
import { readDecimal, readInteger } from './number-text.ts';
import { wrongType } from './values.ts';

/** A number; true is 1, false 0, and a text gives the number that it writes (cells of tables are texts). */
export function toNumber(value: Json): number | Failure {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? readDecimal(value) : wrongType('number', value);
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
  return typeof value === 'number' ? value !== 0 : wrongType('boolean', value);
}

function toWhole(value: Json, bits: 32 | 64): bigint | Failure {
  if (typeof value === 'string') return readInteger(value, bits);
  const number = toNumber(value);
  if (typeof number !== 'number') return number;
  if (!Number.isInteger(number)) return fail('ETRFM', `expected a whole number, got ${number}; use json.f64`);
  const whole = BigInt(number);
  return BigInt.asIntN(bits, whole) === whole
    ? whole
    : fail('EBOUND', `${number} does not fit into i${bits}`);
}
