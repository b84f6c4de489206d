/** A random module, as the generator builds it, the printer writes it and the interpreter executes it. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'funcref';

/** A funcref is the index of its function, or null. */
export type Value = number | bigint | null;

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** An operator whose immediates are all unsigned numbers, in the order of the binary format. */
export interface Simple {
  readonly kind: 'simple';
  readonly op: string;
  readonly immediates: readonly number[];
}

export interface Constant {
  readonly kind: 'constant';
  readonly type: 'i32' | 'i64' | 'f32' | 'f64';
  readonly value: number | bigint;
}

export interface Structured {
  readonly kind: 'structured';
  readonly op: 'block' | 'loop' | 'if';
  readonly type: number;
  readonly body: readonly Instruction[];
  /** The `else` arm of an `if`. */
  readonly otherwise: readonly Instruction[] | null;
}

export type Instruction = Simple | Constant | Structured;

export interface DefinedFunction {
  readonly type: number;
  /** Beside the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: readonly Instruction[];
}

export interface SizeLimits {
  readonly minimum: number;
  readonly maximum: number;
}

export interface Segment<T> {
  readonly mode: 'active' | 'passive';
  readonly table: number;
  readonly offset: number;
  readonly items: readonly T[];
}

/** Function 0 is the import `h.seen`, of type 0; all others are exported as `f1`, `f2` and so on. */
export interface Program {
  readonly types: readonly FunctionType[];
  readonly functions: readonly DefinedFunction[];
  readonly memory: SizeLimits;
  readonly tables: readonly SizeLimits[];
  /** All mutable, exported as `g0` and so on. */
  readonly globals: readonly { readonly type: ValueType; readonly value: Value }[];
  readonly elements: readonly Segment<number | null>[];
  readonly data: readonly Segment<number>[];
}

/** The type of `h.seen`, which answers three times its argument plus one. */
export const SEEN_TYPE: FunctionType = { params: ['i32'], results: ['i32'] };

export function seenAnswer(argument: number): number {
  return (Math.imul(argument, 3) + 1) | 0;
}

/** Global 0 counts down at loop headers and function entries; below zero, the program winds up. */
export const TURNS = 0;

export function typeOf(program: Program, functionIndex: number): FunctionType {
  const type = functionIndex === 0 ? 0 : program.functions[functionIndex - 1]?.type;
  return typeAt(program, type ?? -1);
}

export function typeAt(program: Program, index: number): FunctionType {
  const type = program.types[index];
  if (type === undefined) throw new Error(`no type ${index}`);
  return type;
}

/** The index of a type, which is added when it is not there. */
export function interned(types: FunctionType[], type: FunctionType): number {
  const key = JSON.stringify(type);
  const found = types.findIndex((known) => JSON.stringify(known) === key);
  return found >= 0 ? found : types.push({ params: type.params, results: type.results }) - 1;
}

/** What a local holds at first. */
export function zero(type: ValueType): Value {
  if (type === 'funcref') return null;
  return type === 'i64' ? 0n : 0;
}
