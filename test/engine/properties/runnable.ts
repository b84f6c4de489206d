import { constant, simple } from './operand-source.ts';
import { printProgram } from './print-program.ts';
import {
  type FunctionType,
  type Instruction,
  interned,
  typeOf,
  type Value,
  type ValueType,
} from './program.ts';
import type { Case } from './program-arbitrary.ts';

const RUN_TYPE: FunctionType = { params: [], results: ['i32'] };
const SEEN = 0;

/** How a result becomes an i32 to be shown; the bits of a NaN are not looked at. */
const TO_I32: Readonly<Record<ValueType, readonly Instruction[]>> = {
  i32: [],
  i64: [simple('i32.wrap_i64')],
  f32: [simple('i32.trunc_sat_f32_s')],
  f64: [simple('i32.trunc_sat_f64_s')],
  funcref: [simple('ref.is_null')],
};

function operand(type: ValueType, value: Value | undefined): Instruction {
  if (type !== 'funcref' && value !== null && value !== undefined) return constant(type, value);
  throw new Error(`no argument of type ${type}`);
}

/** The module of a case with a function `run` that calls the last function and shows its results to `h.seen`. */
export function runnable({ program, args }: Case): Uint8Array<ArrayBuffer> {
  const types = [...program.types];
  const last = program.functions.length;
  const { params, results } = typeOf(program, last);
  const body = [
    ...params.map((type, index) => operand(type, args[index])),
    simple('call', last),
    ...results.toReversed().flatMap((type) => [...TO_I32[type], simple('call', SEEN), simple('drop')]),
    constant('i32', 0),
  ];
  const run = { type: interned(types, RUN_TYPE), locals: [], body };
  return printProgram({ ...program, types, functions: [...program.functions, run] }, { run: true });
}
