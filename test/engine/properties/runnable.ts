import { constant, simple } from './operand-source.ts';
import { printProgram } from './print-program.ts';
import {
  type FunctionType,
  type Instruction,
  interned,
  type Program,
  SEEN_TYPE,
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

/** The host leaves a result and a status. */
const SEEN_BY_HOST: FunctionType = { params: ['i32'], results: ['i32', 'i32'] };

/** The program for the engine's host: `h.seen` leaves a status as well, and each call of it drops that. */
class HostProgram {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  rewritten(): Program {
    const { types, functions } = this.#program;
    return {
      ...this.#program,
      types: [SEEN_BY_HOST, ...types.slice(1), SEEN_TYPE],
      functions: functions.map(({ type, locals, body }) => ({
        type: this.#type(type),
        locals,
        body: this.#body(body),
      })),
    };
  }

  /** Type 0 is that of the import; whatever else had it has the last one now. */
  #type(index: number): number {
    return index === 0 ? this.#program.types.length : index;
  }

  #body(body: readonly Instruction[]): Instruction[] {
    return body.flatMap((instruction) => this.#instruction(instruction));
  }

  #instruction(instruction: Instruction): readonly Instruction[] {
    if (instruction.kind === 'constant') return [instruction];
    if (instruction.kind === 'structured') {
      const { type, body, otherwise } = instruction;
      const arm = otherwise === null ? null : this.#body(otherwise);
      return [{ ...instruction, type: this.#type(type), body: this.#body(body), otherwise: arm }];
    }
    const { op, immediates } = instruction;
    const [first = 0, ...others] = immediates;
    if (op.endsWith('call_indirect')) return [simple(op, this.#type(first), ...others)];
    if (!op.endsWith('call') || first !== SEEN) return [instruction];
    return [simple('call', SEEN), simple('drop'), ...(op === 'return_call' ? [simple('return')] : [])];
  }
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
  const whole = new HostProgram({ ...program, types, functions: [...program.functions, run] });
  return printProgram(whole.rewritten(), { run: true });
}
