import { Trap } from './trap.ts';

export type Row<A, R> = readonly [name: string, evaluate: (a: A, b: A) => R];

const i64 = (value: bigint): bigint => BigInt.asIntN(64, value);
const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const bit = (truth: boolean): number => (truth ? 1 : 0);

function divisor<T>(value: T): T {
  if (value === 0 || value === 0n) throw new Trap('divide by zero');
  return value;
}

function remainderBy<T>(value: T): T {
  if (value === 0 || value === 0n) throw new Trap('remainder by zero');
  return value;
}

function quotient<T extends number | bigint>(value: T, limit: T): T {
  if (value === limit) throw new Trap('divide result unrepresentable');
  return value;
}

function rotated(value: bigint, by: bigint): bigint {
  const count = u64(by) % 64n;
  return i64((u64(value) << count) | (u64(value) >> (64n - count)));
}

function leadingZeros64(value: bigint): bigint {
  return BigInt(64 - (value === 0n ? 0 : u64(value).toString(2).length));
}

function trailingZeros64(value: bigint): bigint {
  return value === 0n ? 64n : BigInt(/0*$/.exec(u64(value).toString(2))?.[0].length ?? 0);
}

const ones = (digits: string): number => digits.replaceAll('0', '').length;

export const I32_UNARY: readonly Row<number, number>[] = [
  ['clz', (a) => Math.clz32(a)],
  ['ctz', (a) => (a === 0 ? 32 : 31 - Math.clz32(a & -a))],
  ['popcnt', (a) => ones((a >>> 0).toString(2))],
];
export const I32_BINARY: readonly Row<number, number>[] = [
  ['add', (a, b) => (a + b) | 0],
  ['sub', (a, b) => (a - b) | 0],
  ['mul', (a, b) => Math.imul(a, b)],
  ['div_s', (a, b) => quotient(Math.trunc(a / divisor(b)), 2 ** 31) | 0],
  ['div_u', (a, b) => Math.trunc((a >>> 0) / (divisor(b) >>> 0)) | 0],
  ['rem_s', (a, b) => (a % remainderBy(b)) | 0],
  ['rem_u', (a, b) => ((a >>> 0) % (remainderBy(b) >>> 0)) | 0],
  ['and', (a, b) => a & b],
  ['or', (a, b) => a | b],
  ['xor', (a, b) => a ^ b],
  ['shl', (a, b) => a << b],
  ['shr_s', (a, b) => a >> b],
  ['shr_u', (a, b) => (a >>> b) | 0],
  ['rotl', (a, b) => (a << b) | ((b & 31) === 0 ? 0 : a >>> (32 - (b & 31)))],
  ['rotr', (a, b) => (a >>> b) | ((b & 31) === 0 ? 0 : a << (32 - (b & 31)))],
];
export const I64_UNARY: readonly Row<bigint, bigint>[] = [
  ['clz', leadingZeros64],
  ['ctz', trailingZeros64],
  ['popcnt', (a) => BigInt(ones(u64(a).toString(2)))],
];
export const I64_BINARY: readonly Row<bigint, bigint>[] = [
  ['add', (a, b) => i64(a + b)],
  ['sub', (a, b) => i64(a - b)],
  ['mul', (a, b) => i64(a * b)],
  ['div_s', (a, b) => quotient(a / divisor(b), 2n ** 63n)],
  ['div_u', (a, b) => i64(u64(a) / u64(divisor(b)))],
  ['rem_s', (a, b) => a % remainderBy(b)],
  ['rem_u', (a, b) => i64(u64(a) % u64(remainderBy(b)))],
  ['and', (a, b) => a & b],
  ['or', (a, b) => a | b],
  ['xor', (a, b) => a ^ b],
  ['shl', (a, b) => i64(a << (u64(b) % 64n))],
  ['shr_s', (a, b) => a >> (u64(b) % 64n)],
  ['shr_u', (a, b) => i64(u64(a) >> (u64(b) % 64n))],
  ['rotl', rotated],
  ['rotr', (a, b) => rotated(a, 64n - (u64(b) % 64n))],
];
export const I32_COMPARISON: readonly Row<number, number>[] = [
  ['eq', (a, b) => bit(a === b)],
  ['ne', (a, b) => bit(a !== b)],
  ['lt_s', (a, b) => bit(a < b)],
  ['lt_u', (a, b) => bit(a >>> 0 < b >>> 0)],
  ['gt_s', (a, b) => bit(a > b)],
  ['gt_u', (a, b) => bit(a >>> 0 > b >>> 0)],
  ['le_s', (a, b) => bit(a <= b)],
  ['le_u', (a, b) => bit(a >>> 0 <= b >>> 0)],
  ['ge_s', (a, b) => bit(a >= b)],
  ['ge_u', (a, b) => bit(a >>> 0 >= b >>> 0)],
];
export const I64_COMPARISON: readonly Row<bigint, number>[] = [
  ['eq', (a, b) => bit(a === b)],
  ['ne', (a, b) => bit(a !== b)],
  ['lt_s', (a, b) => bit(a < b)],
  ['lt_u', (a, b) => bit(u64(a) < u64(b))],
  ['gt_s', (a, b) => bit(a > b)],
  ['gt_u', (a, b) => bit(u64(a) > u64(b))],
  ['le_s', (a, b) => bit(a <= b)],
  ['le_u', (a, b) => bit(u64(a) <= u64(b))],
  ['ge_s', (a, b) => bit(a >= b)],
  ['ge_u', (a, b) => bit(u64(a) >= u64(b))],
];
