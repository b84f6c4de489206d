import assert from 'node:assert/strict';
import { type FuelCount, OutOfFuel } from './fuel-rules.ts';
import { EXHAUSTED, Interpreter } from './interpreter.ts';
import { aheadOf } from './paid-ahead.ts';
import { type Program, seenAnswer, typeOf, type Value } from './program.ts';
import { Trap } from './trap.ts';

/** Everything that can be seen of a run from outside. */
export interface Observation {
  readonly results: readonly Value[] | null;
  /** V8's message, or `out of fuel`. */
  readonly trap: string | null;
  readonly memory: Uint8Array;
  readonly globals: readonly Value[];
  readonly tables: readonly (readonly Value[])[];
  /** Arguments of the calls of `h.seen`. */
  readonly seen: readonly number[];
}

export interface Interpreted extends Observation {
  /** What was executed, and what may have been charged ahead when it trapped. */
  readonly used: number;
  readonly ahead: number;
  /** Fuel used at each call of `h.seen`. */
  readonly usedWhenSeen: readonly number[];
}

/** Runs the last function in the interpreter. Throws `TooLong` for a case to be left out. */
export function interpret(
  program: Program,
  args: readonly Value[],
  fuel: FuelCount,
  depth?: number,
): Interpreted {
  const interpreter = new Interpreter(program, fuel, depth);
  const { results, trap } = ended(() => interpreter.call(program.functions.length, args));
  const { store, seen, at } = interpreter;
  // At a check, the bill is exact.
  const trapped = trap !== null && trap !== 'out of fuel' && at !== null;
  return {
    results,
    trap,
    memory: store.memory,
    globals: store.globals,
    tables: store.tables,
    seen: seen.map(([argument]) => argument),
    used: fuel.used,
    ahead: trapped ? aheadOf(fuel.rules, interpreter.body, at) : 0,
    usedWhenSeen: seen.map(([, used]) => used),
  };
}

function ended(call: () => readonly Value[]): Pick<Observation, 'results' | 'trap'> {
  try {
    return { results: call(), trap: null };
  } catch (error) {
    if (error instanceof OutOfFuel) return { results: null, trap: 'out of fuel' };
    if (error instanceof Trap || error instanceof WebAssembly.RuntimeError) {
      return { results: null, trap: error.message };
    }
    throw error;
  }
}

export interface V8Options {
  /** Answers how much fuel there is, when a check asks for more. */
  readonly refuel?: (left: bigint) => bigint;
  /** Hears of each call of `h.seen`, with the counter when it is exported as `fuel`. */
  readonly onSeen?: (fuelLeft: bigint | null) => void;
}

export interface V8Run extends Observation {
  /** The counter at the end, when it is exported as `fuel`. */
  readonly fuelLeft: bigint | null;
}

/** Runs the last function of a printed program in V8. */
export function execute(
  bytes: Uint8Array<ArrayBuffer>,
  { program, args }: { readonly program: Program; readonly args: readonly Value[] },
  { refuel = (left) => left, onSeen }: V8Options = {},
): V8Run {
  const seen: number[] = [];
  const imports = {
    h: {
      seen: (argument: number) => {
        seen.push(argument);
        onSeen?.(fuelIn(exports));
        return seenAnswer(argument);
      },
    },
    wattle: { refuel, exhausted },
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  const last = program.functions.length;
  const run = exported(exports, `f${last}`, isFunction);
  const outcome = ended(() => listOf(run(...args), typeOf(program, last).results.length));
  const names = functionNames(exports);
  return {
    ...outcome,
    memory: new Uint8Array(exported(exports, 'memory', isMemory).buffer),
    globals: program.globals.map((_, index) => plain(exported(exports, `g${index}`, isGlobal).value, names)),
    tables: program.tables.map((_, index) => elementsOf(exported(exports, `t${index}`, isTable), names)),
    seen,
    fuelLeft: fuelIn(exports),
  };
}

function exhausted(): never {
  throw new WebAssembly.RuntimeError(EXHAUSTED);
}

type Exports = Readonly<Record<string, WebAssembly.ExportValue>>;

const isFunction = (value: unknown): value is WebAssembly.ExportedFunction => typeof value === 'function';
const isMemory = (value: unknown): value is WebAssembly.Memory => value instanceof WebAssembly.Memory;
const isGlobal = (value: unknown): value is WebAssembly.Global => value instanceof WebAssembly.Global;
const isTable = (value: unknown): value is WebAssembly.Table => value instanceof WebAssembly.Table;

function exported<T>(exports: Exports, name: string, is: (value: unknown) => value is T): T {
  const value: unknown = exports[name];
  if (!is(value)) throw new Error(`no export ${name} of the right kind`);
  return value;
}

function fuelIn(exports: Exports): bigint | null {
  const value: unknown = exports.fuel;
  return isGlobal(value) && typeof value.value === 'bigint' ? value.value : null;
}

function functionNames(exports: Exports): ReadonlyMap<unknown, number> {
  return new Map(
    Object.entries(exports)
      .filter(([name]) => /^f\d+$/.test(name))
      .map(([name, value]) => [value, Number(name.slice(1))]),
  );
}

function listOf(value: unknown, count: number): Value[] {
  const list: unknown[] = count > 1 && Array.isArray(value) ? value : [value].slice(0, count);
  return list.map((item) => plain(item, new Map()));
}

/** Functions as their index; the one that is not exported is the import. */
function plain(value: unknown, names: ReadonlyMap<unknown, number>): Value {
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'function') return names.get(value) ?? 0;
  throw new Error(`a value of type ${typeof value}`);
}

function elementsOf(table: WebAssembly.Table, names: ReadonlyMap<unknown, number>): Value[] {
  return Array.from({ length: table.length }, (_, index) => plain(table.get(index), names));
}

/** What V8 says of different things that the interpreter has one word for. */
const SAME_TRAPS: readonly (readonly [pattern: RegExp, trap: string])[] = [
  [/^table (index|access|element)|^element segment|^table or/, 'table index is out of bounds'],
  [/^(memory access|data segment)/, 'memory access out of bounds'],
];

function trapKind(message: string | null): string | null {
  return SAME_TRAPS.find(([pattern]) => message !== null && pattern.test(message))?.[1] ?? message;
}

/** Holds what was seen of one run against another. Throws when they differ. */
export function assertSame(actual: Observation, expected: Observation): void {
  assert.equal(trapKind(actual.trap), trapKind(expected.trap), 'the trap');
  assert.deepEqual(actual.results, expected.results, 'the results');
  assert.deepEqual(actual.seen, expected.seen, 'the calls of the host');
  assert.deepEqual(actual.globals, expected.globals, 'the globals');
  assert.deepEqual(actual.tables, expected.tables, 'the tables');
  assert.equal(actual.memory.length, expected.memory.length, 'the size of the memory');
  if (Buffer.compare(actual.memory, expected.memory) === 0) return;
  const at = actual.memory.findIndex((byte, index) => byte !== expected.memory[index]);
  assert.fail(`memory differs at ${at}: ${actual.memory[at]}, not ${expected.memory[at]}`);
}
