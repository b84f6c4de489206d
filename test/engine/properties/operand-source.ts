import { NUMERIC_OPERATORS, type NumericOperator } from './numeric-operators.ts';
import type { Constant, Instruction, ValueType } from './program.ts';
import type { Tape } from './tape.ts';

/** What an operator takes: a type, a given i32, or a number that is mostly in a range that makes sense. */
export type Operand =
  | number
  | ValueType
  | 'address'
  | 'size'
  | 'elements'
  | 'pages'
  | 'tableIndex'
  | 'divisor32'
  | 'divisor64'
  | 'visible32'
  | 'visible64';

/** What an operand can be made of at some place in a function. */
export interface Sources {
  readonly locals: readonly ValueType[];
  readonly globals: readonly ValueType[];
  /** How many functions `ref.func` may name. */
  readonly functions: number;
}

const MOST_DEPTH = 3;
const SIZES = [0, 1, 2, 5, 20, 100, 127, 128, 129, 200];
const RARE_COUNTS = [3, 20, 128, 129, 200, -1];
const INTERESTING = [0, 1, -1, 2, 7, 255, 65_535, 2 ** 31 - 1, -(2 ** 31)];
const INTERESTING_64 = [0n, 1n, -1n, 3n, 2n ** 32n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 31n];
const FLOATS = [0, -0, 1, -1.5, 0.5, 2.5, 1e10, 2 ** 31, -(2 ** 63), 2 ** 64, Number.NaN, -Infinity, 1e-40];

const BY_RESULT: ReadonlyMap<ValueType, readonly NumericOperator[]> = Map.groupBy(
  NUMERIC_OPERATORS,
  ({ result }) => result,
);

export function simple(op: string, ...immediates: number[]): Instruction {
  return { kind: 'simple', op, immediates };
}

export function constant(type: Constant['type'], value: number | bigint): Instruction {
  return { kind: 'constant', type, value };
}

/** The operands of a numeric operator; divisors are mostly not zero, and a NaN's bits are not looked at. */
export function operandsOf({ name, params }: NumericOperator): readonly Operand[] {
  const [first] = params;
  if (first === undefined) return params;
  if (/\.(div|rem)_/.test(name)) return [first, first === 'i32' ? 'divisor32' : 'divisor64'];
  if (name.endsWith('copysign')) return [first, first === 'f32' ? 'visible32' : 'visible64'];
  if (name === 'i32.reinterpret_f32') return ['visible32'];
  return name === 'i64.reinterpret_f64' ? ['visible64'] : params;
}

export function typeOfOperand(operand: Operand): ValueType {
  switch (operand) {
    case 'divisor64':
      return 'i64';
    case 'visible32':
      return 'f32';
    case 'visible64':
      return 'f64';
    case 'i32':
    case 'i64':
    case 'f32':
    case 'f64':
    case 'funcref':
      return operand;
    default:
      return 'i32';
  }
}

/** Writes code that leaves one operand on the stack. */
export class OperandSource {
  readonly #tape: Tape;
  readonly #sources: Sources;

  constructor(tape: Tape, sources: Sources) {
    this.#tape = tape;
    this.#sources = sources;
  }

  push(out: Instruction[], operand: Operand, depth = 0): void {
    if (typeof operand === 'number') {
      out.push(constant('i32', operand));
      return;
    }
    switch (operand) {
      case 'address':
        this.#masked(out, [0x3f, 0x1ff, 0xffff], depth);
        return;
      case 'tableIndex':
        this.#masked(out, this.#tape.once(16) ? [31] : [7, 3, 1], depth);
        return;
      case 'size':
        if (this.#tape.once(3)) this.#masked(out, [0x1f, 0xff, 0x3ff], depth);
        else out.push(constant('i32', this.#tape.pick(this.#tape.once(12) ? [0xffff, -1] : SIZES)));
        return;
      case 'elements':
        if (this.#tape.once(3)) this.#masked(out, this.#tape.once(8) ? [0xff] : [1], depth);
        else out.push(constant('i32', this.#tape.pick(this.#tape.once(12) ? RARE_COUNTS : [0, 1, 2])));
        return;
      case 'pages':
        if (this.#tape.once(2)) this.#masked(out, [1, 3, 0xff], depth);
        else out.push(constant('i32', this.#tape.pick([0, 1, 2, 3, 100, 128, 129, -1])));
        return;
      case 'divisor32':
        this.#value(out, 'i32', depth);
        if (!this.#tape.once(8)) out.push(constant('i32', 1), simple('i32.or'));
        return;
      case 'divisor64':
        this.#value(out, 'i64', depth);
        if (!this.#tape.once(8)) out.push(constant('i64', 1n), simple('i64.or'));
        return;
      default:
        this.#plain(out, operand, depth);
    }
  }

  #plain(out: Instruction[], operand: ValueType | 'visible32' | 'visible64', depth: number): void {
    if (operand === 'visible32' || operand === 'visible64') {
      const type = operand === 'visible32' ? 'f32' : 'f64';
      this.#value(out, type, depth);
      this.#hideNan(out, type);
    } else this.#value(out, operand, depth);
  }

  /** Puts 0 in the place of a NaN, whose bits WebAssembly leaves open. Needs locals 0 and 1 for it. */
  #hideNan(out: Instruction[], type: 'f32' | 'f64'): void {
    const local = this.#sources.locals.indexOf(type);
    out.push(simple('local.tee', local), constant(type, 0), simple('local.get', local));
    out.push(simple('local.get', local), simple(`${type}.eq`), simple('select'));
  }

  #masked(out: Instruction[], masks: readonly number[], depth: number): void {
    this.#value(out, 'i32', depth);
    if (!this.#tape.once(24)) out.push(constant('i32', this.#tape.pick(masks)), simple('i32.and'));
  }

  #value(out: Instruction[], type: ValueType, depth: number): void {
    const way = depth >= MOST_DEPTH ? this.#tape.below(3) : this.#tape.below(6);
    if (way === 0) this.#constant(out, type);
    else if (way === 1 || way === 3) this.#variable(out, 'local.get', { type, of: this.#sources.locals });
    else if (way === 2) this.#variable(out, 'global.get', { type, of: this.#sources.globals });
    else this.#computed(out, type, depth);
  }

  #constant(out: Instruction[], type: ValueType): void {
    const tape = this.#tape;
    const small = tape.once(2);
    if (type === 'i32') out.push(constant('i32', small ? tape.byte() - 64 : tape.pick(INTERESTING)));
    else if (type === 'i64')
      out.push(constant('i64', small ? BigInt(tape.byte() - 64) : tape.pick(INTERESTING_64)));
    else if (type === 'funcref') this.#reference(out, small);
    else {
      const value = small ? tape.byte() / 8 : tape.pick(FLOATS);
      out.push(constant(type, type === 'f32' ? Math.fround(value) : value));
    }
  }

  #reference(out: Instruction[], some: boolean): void {
    out.push(some ? simple('ref.func', this.#tape.below(this.#sources.functions)) : simple('ref.null', 0x70));
  }

  #variable(
    out: Instruction[],
    op: string,
    { type, of }: { type: ValueType; of: readonly ValueType[] },
  ): void {
    const indices = [...of.keys()].filter((index) => of[index] === type);
    if (indices.length === 0) this.#constant(out, type);
    else out.push(simple(op, this.#tape.pick(indices)));
  }

  #computed(out: Instruction[], type: ValueType, depth: number): void {
    const operators = BY_RESULT.get(type);
    if (operators === undefined) {
      this.#variable(out, 'local.get', { type, of: this.#sources.locals });
      return;
    }
    const operator = this.#tape.pick(operators);
    for (const operand of operandsOf(operator)) this.push(out, operand, depth + 1);
    out.push(simple(operator.name));
  }
}
