import { weightOf } from './call-depth.ts';
import type { FuelCount } from './fuel-rules.ts';
import { NUMERIC_BY_NAME, numberOf } from './numeric-operators.ts';
import {
  type DefinedFunction,
  type Instruction,
  type Program,
  type Simple,
  type Structured,
  seenAnswer,
  typeAt,
  typeOf,
  type Value,
  zero,
} from './program.ts';
import { Store } from './store.ts';
import { Trap } from './trap.ts';

/** What a sequence of code does to control: goes on, branches out by n labels, or leaves the function. */
const NEXT = -1;
const LEAVE = Number.POSITIVE_INFINITY;

/** What calls that are too deep end in. */
export const EXHAUSTED = 'call stack exhausted';

/** Past this many operators a case is given up. */
const MOST_OPERATORS = 150_000;

export class TooLong extends Error {}

/** One entry for each call of `h.seen`: its argument, and the fuel used up to and with the call. */
export type Seen = readonly [argument: number, used: number];

/**
 * Executes a program and counts its fuel, straight from the syntax tree. It shares no code with the
 * engine: it is what the engine is held against.
 */
export class Interpreter {
  readonly store: Store;
  readonly seen: Seen[] = [];
  /** The operator that it executes. */
  at: Instruction | null = null;
  /** The body of the function that it is in. */
  body: readonly Instruction[] = [];
  readonly #program: Program;
  readonly #fuel: FuelCount;
  readonly #stack: Value[] = [];
  #locals: Value[] = [];
  #tail: number | null = null;
  #operators = 0;
  /** How deep calls may still be nested. */
  #depth: number;

  constructor(program: Program, fuel: FuelCount, depth = Number.POSITIVE_INFINITY) {
    this.#program = program;
    this.#fuel = fuel;
    this.#depth = depth;
    this.store = new Store(program, fuel);
  }

  /** Calls a function and answers its results. Throws `Trap`, `OutOfFuel` or `TooLong`. */
  call(index: number, args: readonly Value[]): Value[] {
    this.#stack.push(...args);
    this.#invoke(index);
    return this.#stack.splice(0);
  }

  #invoke(index: number): void {
    const { params } = typeOf(this.#program, index);
    const base = this.#stack.length - params.length;
    const outer = { locals: this.#locals, body: this.body, depth: this.#depth };
    let next: number | null = index;
    while (next !== null) {
      this.#tail = null;
      this.#depth = outer.depth;
      if (next === 0) this.#seen();
      else this.#run(next, base);
      next = this.#tail;
    }
    this.#locals = outer.locals;
    this.body = outer.body;
    this.#depth = outer.depth;
  }

  #seen(): void {
    const argument = numberOf(this.#pop());
    this.seen.push([argument, this.#fuel.used]);
    this.#stack.push(seenAnswer(argument));
  }

  /** Executes a function whose arguments lie on the stack from `base` on, and leaves its results there. */
  #run(index: number, base: number): void {
    const called = this.#function(index);
    const { locals, body } = called;
    this.#depth -= weightOf(this.#program, called);
    if (this.#depth < 0) throw new Trap(EXHAUSTED);
    this.#locals = [...this.#stack.splice(base), ...locals.map(zero)];
    this.body = body;
    this.#fuel.payEntry();
    if (this.#sequence(body) === NEXT) this.#fuel.pay('end');
    const kept =
      this.#tail === null ? typeOf(this.#program, index).results : typeOf(this.#program, this.#tail).params;
    this.#unwind(base, kept.length);
  }

  #function(index: number): DefinedFunction {
    const found = this.#program.functions[index - 1];
    if (found === undefined) throw new Error(`no function ${index}`);
    return found;
  }

  #pop(): Value {
    const value = this.#stack.pop();
    if (value === undefined) throw new Error('nothing on the stack');
    return value;
  }

  #popCount(): number {
    return numberOf(this.#pop()) >>> 0;
  }

  /** Keeps the top `count` values, and nothing else above `base`. */
  #unwind(base: number, count: number): void {
    const kept = count === 0 ? [] : this.#stack.slice(-count);
    this.#stack.length = base;
    this.#stack.push(...kept);
  }

  #sequence(body: readonly Instruction[]): number {
    for (const [index, instruction] of body.entries()) {
      const signal = this.#one(instruction, body[index - 1]);
      if (signal !== NEXT) return signal;
    }
    return NEXT;
  }

  #one(instruction: Instruction, previous: Instruction | undefined): number {
    this.#operators += 1;
    if (this.#operators > MOST_OPERATORS) throw new TooLong();
    this.at = instruction;
    if (instruction.kind === 'constant') {
      this.#fuel.pay(`${instruction.type}.const`);
      this.#stack.push(instruction.value);
      return NEXT;
    }
    this.#fuel.pay(instruction.op);
    if (instruction.kind === 'structured') return this.#structured(instruction);
    return this.#control(instruction, previous);
  }

  #structured(block: Structured): number {
    const { params, results } = typeAt(this.#program, block.type);
    const chosen = block.op !== 'if' || this.#pop() !== 0 ? block.body : block.otherwise;
    const base = this.#stack.length - params.length;
    if (chosen === null) return NEXT;
    if (block.op === 'loop') return this.#loop(block, base);
    const signal = this.#sequence(chosen);
    if (signal === NEXT) this.#fuel.pay(chosen === block.body && block.otherwise !== null ? 'else' : 'end');
    if (signal > 0) return signal - 1;
    this.#unwind(base, results.length);
    return NEXT;
  }

  #loop({ body, type }: Structured, base: number): number {
    const { params, results } = typeAt(this.#program, type);
    let signal = 0;
    while (signal === 0) {
      this.#fuel.check();
      signal = this.#sequence(body);
      if (signal === 0) this.#unwind(base, params.length);
    }
    if (signal > 0) return signal - 1;
    this.#fuel.pay('end');
    this.#unwind(base, results.length);
    return NEXT;
  }

  #control(instruction: Simple, previous: Instruction | undefined): number {
    const { op, immediates } = instruction;
    const [first = 0] = immediates;
    switch (op) {
      case 'br':
        return first;
      case 'br_if':
        return this.#pop() === 0 ? NEXT : first;
      case 'br_table': {
        const [, ...depths] = immediates;
        return depths[Math.min(this.#popCount(), depths.length - 1)] ?? 0;
      }
      case 'return':
        return LEAVE;
      case 'unreachable':
        throw new Trap('unreachable');
      case 'call':
        this.#invoke(first);
        return NEXT;
      case 'call_indirect':
        this.#invoke(this.#callee(immediates));
        return NEXT;
      case 'return_call':
        this.#tail = first;
        return LEAVE;
      case 'return_call_indirect':
        this.#tail = this.#callee(immediates);
        return LEAVE;
      default:
        this.#plain(instruction, previous);
        return NEXT;
    }
  }

  #callee([type = 0, table = 0]: readonly number[]): number {
    const index = this.#popCount();
    const elements = this.store.table(table);
    if (index >= elements.length) throw new Trap('table index is out of bounds');
    const element = elements[index] ?? null;
    if (element === null) throw new Trap('null function or function signature mismatch');
    const callee = numberOf(element);
    // Types are interned, so equal types have equal indices.
    const actual = callee === 0 ? 0 : this.#function(callee).type;
    if (actual !== type) throw new Trap('null function or function signature mismatch');
    return callee;
  }

  #plain({ op, immediates }: Simple, previous: Instruction | undefined): void {
    const numeric = NUMERIC_BY_NAME.get(op);
    if (numeric !== undefined) {
      const last = this.#pop();
      const first = numeric.params.length === 2 ? this.#pop() : last;
      this.#stack.push(numeric.evaluate(first, last));
    } else if (op.startsWith('local.')) this.#local(op, immediates[0] ?? 0);
    else if (!this.#parametric(op, immediates)) this.#stored(op, immediates, previous);
  }

  #local(op: string, index: number): void {
    if (op === 'local.get') this.#stack.push(this.#locals[index] ?? null);
    else {
      const value = this.#pop();
      this.#locals[index] = value;
      if (op === 'local.tee') this.#stack.push(value);
    }
  }

  #parametric(op: string, [first = 0]: readonly number[]): boolean {
    if (op === 'nop') return true;
    if (op === 'drop') this.#pop();
    else if (op.startsWith('select')) {
      const condition = this.#pop();
      const second = this.#pop();
      if (condition === 0) this.#stack[this.#stack.length - 1] = second;
    } else if (op === 'ref.null') this.#stack.push(null);
    else if (op === 'ref.func') this.#stack.push(first);
    else if (op === 'ref.is_null') this.#stack.push(this.#pop() === null ? 1 : 0);
    else return false;
    return true;
  }

  /** Operators on memory, tables and globals. */
  #stored(op: string, immediates: readonly number[], previous: Instruction | undefined): void {
    const { store } = this;
    const operands = Array.from({ length: store.arity(op) }, () => this.#pop()).reverse();
    const result = store.execute({ op, immediates, operands, previous });
    if (result !== undefined) this.#stack.push(result);
  }
}
