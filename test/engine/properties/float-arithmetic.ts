import type { Row } from './integer-arithmetic.ts';
import { Trap } from './trap.ts';

const bit = (truth: boolean): number => (truth ? 1 : 0);

export const FLOAT_COMPARISON: readonly Row<number, number>[] = [
  ['eq', (a, b) => bit(a === b)],
  ['ne', (a, b) => bit(a !== b)],
  ['lt', (a, b) => bit(a < b)],
  ['gt', (a, b) => bit(a > b)],
  ['le', (a, b) => bit(a <= b)],
  ['ge', (a, b) => bit(a >= b)],
];

/** Half way between two whole numbers, the even one is nearer. */
function nearest(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 52) return value;
  const floor = Math.floor(value);
  const up = value - floor > 0.5 || (value - floor === 0.5 && floor % 2 !== 0);
  const rounded = up ? floor + 1 : floor;
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded;
}

const negative = (value: number): boolean => value < 0 || Object.is(value, -0);

export const FLOAT_UNARY: readonly Row<number, number>[] = [
  ['abs', (a) => Math.abs(a)],
  ['neg', (a) => -a],
  ['ceil', (a) => Math.ceil(a)],
  ['floor', (a) => Math.floor(a)],
  ['trunc', (a) => Math.trunc(a)],
  ['nearest', nearest],
  ['sqrt', (a) => Math.sqrt(a)],
];
export const FLOAT_BINARY: readonly Row<number, number>[] = [
  ['add', (a, b) => a + b],
  ['sub', (a, b) => a - b],
  ['mul', (a, b) => a * b],
  ['div', (a, b) => a / b],
  ['min', (a, b) => Math.min(a, b)],
  ['max', (a, b) => Math.max(a, b)],
  ['copysign', (a, b) => (negative(a) === negative(b) ? a : -a)],
];

/** The whole number nearest to zero, which must be one of `bits` bits. */
export function truncated(value: number, bits: number, signed: boolean): bigint {
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = signed ? 2 ** (bits - 1) : 2 ** bits;
  const whole = Math.trunc(value);
  if (!(whole >= low && whole < high)) throw new Trap('float unrepresentable in integer range');
  return BigInt(whole);
}

export function saturated(value: number, bits: number, signed: boolean): bigint {
  const low = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const high = (signed ? 2n ** BigInt(bits - 1) : 2n ** BigInt(bits)) - 1n;
  if (Number.isNaN(value)) return 0n;
  if (!Number.isFinite(value)) return value < 0 ? low : high;
  const whole = BigInt(Math.trunc(value));
  if (whole < low) return low;
  return whole > high ? high : whole;
}

export function bits(type: 'f32' | 'f64', value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (type === 'f64') view.setFloat64(0, value);
  else view.setFloat32(0, value);
  return type === 'f64' ? view.getBigInt64(0) : BigInt(view.getInt32(0));
}

export function fromBits(type: 'f32' | 'f64', value: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  if (type === 'f64') {
    view.setBigInt64(0, value);
    return view.getFloat64(0);
  }
  view.setInt32(0, Number(value));
  return view.getFloat32(0);
}
