import {
  bits,
  FLOAT_BINARY,
  FLOAT_COMPARISON,
  FLOAT_UNARY,
  fromBits,
  saturated,
  truncated,
} from './float-arithmetic.ts';
import {
  I32_BINARY,
  I32_COMPARISON,
  I32_UNARY,
  I64_BINARY,
  I64_COMPARISON,
  I64_UNARY,
  type Row,
} from './integer-arithmetic.ts';
import type { Value, ValueType } from './program.ts';

/** An operator on numbers alone. */
export interface NumericOperator {
  readonly name: string;
  readonly bytes: readonly number[];
  readonly params: readonly ValueType[];
  readonly result: ValueType;
  readonly evaluate: (a: Value, b: Value) => Value;
}

type Conversion = readonly [name: string, from: ValueType, evaluate: (operand: Value) => Value];
type Float = 'f32' | 'f64';

export function numberOf(value: Value | undefined): number {
  if (typeof value !== 'number') throw new Error(`${value} for a number`);
  return value;
}

export function bigOf(value: Value | undefined): bigint {
  if (typeof value !== 'bigint') throw new Error(`${value} for an i64`);
  return value;
}

const onNumbers =
  (evaluate: (a: number, b: number) => number) =>
  (a: Value, b: Value): number =>
    evaluate(numberOf(a), numberOf(b));

const onBigs =
  (evaluate: (a: bigint, b: bigint) => Value) =>
  (a: Value, b: Value): Value =>
    evaluate(bigOf(a), bigOf(b));

const rounded =
  (evaluate: (a: number, b: number) => number) =>
  (a: Value, b: Value): number =>
    Math.fround(evaluate(numberOf(a), numberOf(b)));

interface Family {
  readonly operand: ValueType;
  readonly result: ValueType;
  readonly arity: 1 | 2;
}

function family<A, R>(
  first: number,
  { operand, result, arity }: Family,
  rows: readonly Row<A, R>[],
  lift: (evaluate: (a: A, b: A) => R) => NumericOperator['evaluate'],
): NumericOperator[] {
  return rows.map(([name, evaluate], index) => ({
    name: `${operand}.${name}`,
    bytes: [first + index],
    params: arity === 1 ? [operand] : [operand, operand],
    result,
    evaluate: lift(arity === 1 ? (a) => evaluate(a, a) : evaluate),
  }));
}

function floats(
  type: Float,
  firsts: readonly [number, number, number],
  lift: typeof onNumbers,
): NumericOperator[] {
  const [comparison, unary, binary] = firsts;
  return [
    ...family(comparison, { operand: type, result: 'i32', arity: 2 }, FLOAT_COMPARISON, onNumbers),
    ...family(unary, { operand: type, result: type, arity: 1 }, FLOAT_UNARY, lift),
    ...family(binary, { operand: type, result: type, arity: 2 }, FLOAT_BINARY, lift),
  ];
}

const I32 = { operand: 'i32', result: 'i32' } as const;
const I64 = { operand: 'i64', result: 'i64' } as const;
const wide = (value: bigint): bigint => BigInt.asIntN(64, value);
const narrow = (value: bigint): number => Number(BigInt.asIntN(32, value));
const unsigned = (value: Value): number => numberOf(value) >>> 0;
const unsignedBig = (value: Value): bigint => BigInt.asUintN(64, bigOf(value));

function toInteger(type: 'i32' | 'i64', convert: typeof truncated, name: string): Conversion[] {
  const size = type === 'i32' ? 32 : 64;
  const narrowed = type === 'i32' ? narrow : wide;
  return (['f32', 'f64'] as const).flatMap((from) =>
    [true, false].map(
      (signed): Conversion => [
        `${type}.${name}_${from}_${signed ? 's' : 'u'}`,
        from,
        (value) => narrowed(convert(numberOf(value), size, signed)),
      ],
    ),
  );
}

const CONVERSIONS: readonly (readonly [first: number, rows: readonly Conversion[]])[] = [
  [0x45, [['i32.eqz', 'i32', (value) => (value === 0 ? 1 : 0)]]],
  [0x50, [['i64.eqz', 'i64', (value) => (value === 0n ? 1 : 0)]]],
  [0xa7, [['i32.wrap_i64', 'i64', (value) => narrow(bigOf(value))], ...toInteger('i32', truncated, 'trunc')]],
  [
    0xac,
    [
      ['i64.extend_i32_s', 'i32', (value) => BigInt(numberOf(value))],
      ['i64.extend_i32_u', 'i32', (value) => BigInt(unsigned(value))],
      ...toInteger('i64', truncated, 'trunc'),
    ],
  ],
  [
    0xb2,
    [
      ['f32.convert_i32_s', 'i32', (value) => Math.fround(numberOf(value))],
      ['f32.convert_i32_u', 'i32', (value) => Math.fround(unsigned(value))],
    ],
  ],
  // From an i64 to an f32, JavaScript would round twice: those two are left out.
  [
    0xb6,
    [
      ['f32.demote_f64', 'f64', (value) => Math.fround(numberOf(value))],
      ['f64.convert_i32_s', 'i32', (value) => numberOf(value)],
      ['f64.convert_i32_u', 'i32', unsigned],
      ['f64.convert_i64_s', 'i64', (value) => Number(bigOf(value))],
      ['f64.convert_i64_u', 'i64', (value) => Number(unsignedBig(value))],
      ['f64.promote_f32', 'f32', (value) => numberOf(value)],
      ['i32.reinterpret_f32', 'f32', (value) => Number(bits('f32', numberOf(value)))],
      ['i64.reinterpret_f64', 'f64', (value) => bits('f64', numberOf(value))],
      ['f32.reinterpret_i32', 'i32', (value) => fromBits('f32', BigInt(numberOf(value)))],
      ['f64.reinterpret_i64', 'i64', (value) => fromBits('f64', bigOf(value))],
      ['i32.extend8_s', 'i32', (value) => (numberOf(value) << 24) >> 24],
      ['i32.extend16_s', 'i32', (value) => (numberOf(value) << 16) >> 16],
      ['i64.extend8_s', 'i64', (value) => BigInt.asIntN(8, bigOf(value))],
      ['i64.extend16_s', 'i64', (value) => BigInt.asIntN(16, bigOf(value))],
      ['i64.extend32_s', 'i64', (value) => BigInt.asIntN(32, bigOf(value))],
    ],
  ],
];

const SATURATING = [...toInteger('i32', saturated, 'trunc_sat'), ...toInteger('i64', saturated, 'trunc_sat')];

function conversion([name, from, evaluate]: Conversion, bytes: readonly number[]): NumericOperator {
  const prefix = name.slice(0, 3);
  const result = name.endsWith('.eqz') ? 'i32' : NUMBER_TYPES.find((type) => type === prefix);
  if (result === undefined) throw new Error(`no result type in ${name}`);
  return { name, bytes, params: [from], result, evaluate };
}

const NUMBER_TYPES = ['i32', 'i64', 'f32', 'f64'] as const;

export const NUMERIC_OPERATORS: readonly NumericOperator[] = [
  ...family(0x46, { ...I32, arity: 2 }, I32_COMPARISON, onNumbers),
  ...family(0x67, { ...I32, arity: 1 }, I32_UNARY, onNumbers),
  ...family(0x6a, { ...I32, arity: 2 }, I32_BINARY, onNumbers),
  ...family(0x51, { ...I64, result: 'i32', arity: 2 }, I64_COMPARISON, onBigs),
  ...family(0x79, { ...I64, arity: 1 }, I64_UNARY, onBigs),
  ...family(0x7c, { ...I64, arity: 2 }, I64_BINARY, onBigs),
  ...floats('f32', [0x5b, 0x8b, 0x92], rounded),
  ...floats('f64', [0x61, 0x99, 0xa0], onNumbers),
  ...CONVERSIONS.flatMap(([first, rows]) => rows.map((row, index) => conversion(row, [first + index]))),
  ...SATURATING.map((row, index) => conversion(row, [0xfc, index])),
];

export const NUMERIC_BY_NAME: ReadonlyMap<string, NumericOperator> = new Map(
  NUMERIC_OPERATORS.map((operator) => [operator.name, operator]),
);
