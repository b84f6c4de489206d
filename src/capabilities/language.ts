import { formatType, parseSignature } from '../wat/signature.ts';
import type { ValueType } from '../wat/types.ts';
import { decode, encode } from '../wat/wire.ts';
import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { type Operand, Operands, textOf } from './format-operands.ts';
import { compareNumbers, compareText } from './json-compare.ts';
import { compareJson } from './json-order.ts';
import { toBool, toExactNumber, toNumber } from './json-scalar.ts';
import { isFailure, type Json, wholeJson } from './json-value.ts';
import { byteList, fromWire, toWire } from './json-wire.ts';
import { numberChecks } from './language-numbers.ts';
import { places } from './language-places.ts';
import { byteLength, refuseSize } from './text.ts';
import { createValues, type Values, wrongType } from './values.ts';

interface LanguageState {
  readonly context: GuestContext;
  readonly values: Values;
  readonly operands: Operands;
}

const pure = hostFunction<LanguageState>('pure');
const HOLE = /\{(?:\{|\}|:\.(\d{1,2})\})|\}\}/g;

/** The operands of `format`, `object` and `list`, which the program pushes last to first. */
const push = {
  push_text: pure({
    summary: 'Pushes an operand.',
    params: { value: 'string' },
    result: 'none',
    run: ({ value }, { operands }) => operands.push(value),
  }),
  push_i32: pure({
    summary: 'Pushes an operand.',
    params: { value: 'i32' },
    result: 'none',
    run: ({ value }, { operands }) => operands.push(value),
  }),
  push_i64: pure({
    summary: 'Pushes an operand.',
    params: { value: 'i64' },
    result: 'none',
    run: ({ value }, { operands }) => operands.push(value),
  }),
  push_f64: pure({
    summary: 'Pushes an operand.',
    params: { value: 'f64' },
    result: 'none',
    run: ({ value }, { operands }) => operands.push(value),
  }),
  push_bool: pure({
    summary: 'Pushes an operand.',
    params: { value: 'bool' },
    result: 'none',
    run: ({ value }, { operands }) => operands.push(value),
  }),
  push_value: pure({
    summary: 'Pushes an operand.',
    params: { value: 'value' },
    result: 'none',
    run: ({ value }, { operands, values }) => {
      const refusal = values.read<null>(value, () => null);
      return refusal ?? operands.push({ handle: value });
    },
  }),
};

const take = {
  format: pure({
    summary: 'The template with its holes filled by the operands, the last pushed first.',
    params: { template: 'string' },
    result: 'string',
    run: ({ template }, { operands, values }) => {
      const holes = template.match(HOLE)?.filter((hole) => hole !== '{{' && hole !== '}}') ?? [];
      const taken = operands.take(holes.length);
      return isRefusal(taken) ? taken : fill(template, taken, values);
    },
  }),
  object: pure({
    summary: 'A JSON object of so many members, each a name and a value among the operands.',
    params: { count: 'i32' },
    result: 'value',
    run: ({ count }, { operands, values }) => {
      const taken = operands.take(2 * count);
      if (isRefusal(taken)) return taken;
      return operands.build(values, (json) => {
        const items = taken.map(json);
        return new Map(
          Array.from({ length: count }, (_, at) => [String(items[2 * at]), items[2 * at + 1] ?? null]),
        );
      });
    },
  }),
  list: pure({
    summary: 'A JSON array of so many operands.',
    params: { count: 'i32' },
    result: 'value',
    run: ({ count }, { operands, values }) => {
      const taken = operands.take(count);
      return isRefusal(taken) ? taken : operands.build(values, (json) => taken.map(json));
    },
  }),
};

const convert = {
  whole: pure({
    summary: 'A JSON number with all of its digits.',
    params: { value: 'i64' },
    result: 'value',
    run: ({ value }, { values }) => values.create(wholeJson(value)),
  }),
  bytes: pure({
    summary: 'The UTF-8 of a JSON string, or the bytes that an array of numbers lists.',
    params: { value: 'value' },
    result: 'bytes',
    run: ({ value }, { values }) => values.read(value, bytesOf),
  }),
  numbers: pure({
    summary: 'A JSON array of the items of a list of the wire format.',
    params: { contents: 'bytes', type: 'string' },
    result: 'value',
    run: ({ contents, type }, { values }) => {
      const known = typeNamed(type);
      const wire = new Uint8Array(4 + contents.length);
      new DataView(wire.buffer).setUint32(0, contents.length, true);
      wire.set(contents, 4);
      return isRefusal(known) ? known : read(wire, known, values);
    },
  }),
  argument: pure({
    summary: 'The argument at index, of that type, as a JSON value.',
    params: { index: 'i32', type: 'string' },
    result: 'value',
    run: ({ index, type }, { context, values }) => {
      const wire = context.args[index];
      if (wire === undefined) return fail('EBOUND', `there is no argument ${index}`);
      const known = typeNamed(type);
      return isRefusal(known) ? known : read(wire, known, values);
    },
  }),
  answer: pure({
    summary: 'Sets the result of the program to a JSON value, as that type.',
    params: { value: 'value', type: 'string' },
    result: 'none',
    run: ({ value, type }, { context, values }) => {
      const known = typeNamed(type);
      if (isRefusal(known)) return known;
      return values.read(value, (json) => {
        const wire = toWire(json, known);
        if (!wire.ok) return fail('ETRFM', `the result must be ${formatType(known)}: ${wire.message}`);
        context.setResult(encode(wire.value, known));
        return undefined;
      });
    },
  }),
};

const compare = {
  number: pure({
    summary: 'The number that = compares a JSON value by: NaN, which equals nothing, for what is none.',
    params: { value: 'value' },
    result: 'f64',
    run: ({ value }, { values }) =>
      values.read(value, (json) => {
        const number = toNumber(json);
        return isRefusal(number) ? Number.NaN : number;
      }),
  }),
  flag: pure({
    summary: 'The truth value that = compares a JSON value by: 0, 1, or 2 for what is none.',
    params: { value: 'value' },
    result: 'i32',
    run: ({ value }, { values }) =>
      values.read(value, (json) => {
        const truth = toBool(json);
        return isRefusal(truth) ? 2 : Number(truth);
      }),
  }),
  same_number: pure({
    summary: 'Whether two JSON values are the same number, or texts that write it.',
    params: { a: 'value', b: 'value' },
    result: 'bool',
    run: ({ a, b }, { values }) =>
      values.read(a, (one) =>
        values.read(b, (other) => {
          const [x, y] = [toExactNumber(one), toExactNumber(other)];
          return !isRefusal(x) && !isRefusal(y) && compareNumbers(x, y) === 0;
        }),
      ),
  }),
  compare_numbers: pure({
    summary: 'Below 0, 0 or above 0: the numbers of two JSON values, in order.',
    params: { a: 'value', b: 'value' },
    result: 'i32',
    run: ({ a, b }, { values }) =>
      values.read(a, (one) =>
        values.read(b, (other) => {
          const [x, y] = [toExactNumber(one), toExactNumber(other)];
          if (isRefusal(x)) return x;
          return isRefusal(y) ? y : compareNumbers(x, y);
        }),
      ),
  }),
  compare: pure({
    summary: 'Below 0, 0 or above 0: two numbers or texts that write one, else two texts, in order.',
    params: { a: 'value', b: 'value' },
    result: 'i32',
    run: ({ a, b }, { values }) =>
      values.read(a, (one) => values.read(b, (other) => compareJson(one, other))),
  }),
  compare_text: pure({
    summary: 'Below 0, 0 or above 0: two texts in the order of their characters.',
    params: { a: 'string', b: 'string' },
    result: 'i32',
    run: ({ a, b }) => compareText(a, b),
  }),
};

/**
 * What the forms of the language call when they are expanded. It is no capability for authors: the prompt
 * and the docs leave it out.
 */
export const language: Capability<GuestContext> = defineCapability({
  name: 'lang',
  hidden: true,
  open: (context: GuestContext): LanguageState => ({
    context,
    values: context.share(createValues),
    operands: new Operands(),
  }),
  functions: { ...push, ...take, ...convert, ...numberChecks, ...compare, ...places },
});

function isRefusal<T>(value: T | Failure): value is Failure {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false;
}

function read(wire: Uint8Array, type: ValueType, values: Values): number | Failure {
  const json = fromWire(decode(wire, type), type);
  return isFailure(json) ? json : values.take(json);
}

function bytesOf(value: Json): Uint8Array | Failure {
  if (typeof value === 'string') return Buffer.from(value);
  const bytes = byteList(value);
  return bytes ?? wrongType('string or array of numbers from 0 to 255', value);
}

function typeNamed(text: string): ValueType | Failure {
  const parsed = parseSignature(`() -> ${text}`);
  if (parsed.ok && parsed.signature.result !== null) return parsed.signature.result;
  return fail('ETRFM', `${text} is no type`);
}

function fill(template: string, operands: readonly Operand[], values: Values): string | Failure {
  let next = 0;
  let refusal: Failure | null = null;
  let size = byteLength(template);
  const text = template.replace(HOLE, (hole, digits: string | undefined) => {
    if (hole === '{{' || hole === '}}') return hole.slice(1);
    const operand = operands[next] ?? '';
    next += 1;
    if (refusal !== null) return '';
    const filled = textOf(operand, digits === undefined ? null : Number(digits), values);
    if (typeof filled !== 'string') refusal = filled;
    size += typeof filled === 'string' ? byteLength(filled) : 0;
    refusal ??= refuseSize(size);
    return refusal === null && typeof filled === 'string' ? filled : '';
  });
  return refusal ?? text;
}
