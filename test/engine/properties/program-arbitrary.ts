import fc from 'fast-check';
import { FunctionGenerator } from './function-generator.ts';
import { listing } from './listing.ts';
import {
  type DefinedFunction,
  type FunctionType,
  interned,
  type Program,
  SEEN_TYPE,
  type Segment,
  type Value,
  type ValueType,
  zero,
} from './program.ts';
import { Tape } from './tape.ts';

const NUMBERS: readonly ValueType[] = ['i32', 'i64', 'f32', 'f64'];
const TYPES: readonly ValueType[] = [...NUMBERS, 'funcref'];
const TURNS_AT_FIRST = 40;

/** The programs that are tried, and how long a row of choices each function is made of. */
export interface ProgramSize {
  readonly functions: number;
  readonly choices: number;
}

export const USUAL_SIZE: ProgramSize = { functions: 5, choices: 300 };

/** A program, with the arguments for its last function. */
export interface Case {
  readonly program: Program;
  readonly args: readonly Value[];
}

/** Valid programs that end by themselves, in no more than some ten thousand operators. */
export function programArbitrary({ functions, choices }: ProgramSize = USUAL_SIZE): fc.Arbitrary<Case> {
  const tape = (most: number) => fc.uint8Array({ maxLength: most, size: 'max' });
  return fc
    .record({
      shape: tape(160),
      bodies: fc.array(tape(choices), { minLength: 1, maxLength: functions, size: 'max' }),
    })
    .map(({ shape, bodies }) => generate(new Tape(shape), bodies));
}

function generate(shape: Tape, bodies: readonly Uint8Array[]): Case {
  const types: FunctionType[] = [SEEN_TYPE];
  const signatures = bodies.map((_, index) => signature(shape, index === bodies.length - 1));
  const functionTypes = signatures.map((type) => interned(types, type));
  const declared = declarations(shape, bodies.length + 1);
  const context = { types, functionTypes: [0, ...functionTypes], ...declared };
  const functions = bodies.map((bytes, index): DefinedFunction => {
    const tape = new Tape(bytes);
    const locals = [...TYPES, ...Array.from({ length: tape.below(4) }, () => tape.pick(TYPES))];
    return new FunctionGenerator(tape, context, { index: index + 1, locals }).generate();
  });
  const program: Program = { types, functions, ...declared };
  const args = (signatures.at(-1)?.params ?? []).map((type) => argument(shape, type));
  return Object.defineProperty({ program, args }, fc.toStringMethod, {
    value: () => listing(program, args),
  });
}

/** The last function is called from outside, so it takes no references. */
function signature(shape: Tape, last: boolean): FunctionType {
  const types = last ? NUMBERS : TYPES;
  const list = (most: number) => Array.from({ length: shape.below(most) }, () => shape.pick(types));
  return { params: list(4), results: list(4) };
}

function argument(shape: Tape, type: ValueType): Value {
  const [a = 0, b = 0] = shape.bytes(2);
  if (type === 'i64') return BigInt.asIntN(64, BigInt(a) * 2n ** 56n - BigInt(b));
  return type === 'i32' ? (a << 24) + b : a - b / 4;
}

function declarations(
  shape: Tape,
  functions: number,
): Pick<Program, 'memory' | 'tables' | 'globals' | 'elements' | 'data'> {
  const size = (minimum: number, more: readonly number[]) => ({
    minimum,
    maximum: minimum + shape.pick(more),
  });
  const some = (most: number) => Array.from({ length: 1 + shape.below(most) });
  return {
    memory: size(1, [2, 0, 5]),
    tables: [size(8, [20, 0, 300]), size(8, [4, 150])],
    globals: [
      { type: 'i32', value: TURNS_AT_FIRST },
      ...TYPES.map((type) => ({ type, value: zero(type) })),
      ...some(3).map(() => ({ type: 'i32' as const, value: shape.byte() })),
    ],
    elements: some(3).map((_, index) =>
      segment(shape, index, (length) =>
        shape.bytes(length).map((byte) => (byte > 250 ? null : byte % functions)),
      ),
    ),
    data: some(3).map((_, index) => segment(shape, index, (length) => shape.bytes(length))),
  };
}

/** The first is active at 0, so that most indirect calls and loads meet something. */
function segment<T>(shape: Tape, index: number, items: (length: number) => T[]): Segment<T> {
  const mode = index === 0 ? 'active' : shape.pick(['passive', 'active'] as const);
  const offset = index === 0 ? 0 : shape.below(3);
  const table = index === 0 ? 0 : shape.below(2);
  return { mode, offset, table: mode === 'active' ? table : 0, items: items(2 + shape.below(3)) };
}
