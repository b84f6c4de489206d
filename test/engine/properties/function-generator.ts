import { type Choice, type Context, choices } from './choices.ts';
import { constant, type Operand, OperandSource, simple, typeOfOperand } from './operand-source.ts';
import {
  type DefinedFunction,
  type FunctionType,
  type Instruction,
  interned,
  type Structured,
  TURNS,
  type ValueType,
  zero,
} from './program.ts';
import type { Tape } from './tape.ts';

const MOST_NESTING = 6;
const MOST_ON_STACK = 6;
const MOST_STEPS = 160;

/** A block that is being written. */
interface Frame {
  readonly op: Structured['op'] | 'function';
  /** What a branch to it takes. */
  readonly label: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly stack: ValueType[];
  readonly out: Instruction[];
  /** Nothing reaches the code that follows. */
  dead: boolean;
  /** Somewhere in it is a branch back to its header. */
  repeats: boolean;
}

/** Writes one function, step by step, with the types on the stack known all the time. */
export class FunctionGenerator {
  readonly #tape: Tape;
  readonly #context: Context;
  readonly #index: number;
  readonly #declared: readonly ValueType[];
  readonly #locals: readonly ValueType[];
  readonly #signature: FunctionType;
  readonly #operands: OperandSource;
  readonly #frames: Frame[] = [];
  readonly #choices: readonly Choice[];
  #steps = 0;
  #mayRecurse = false;

  constructor(
    tape: Tape,
    context: Context,
    { index, locals }: { index: number; locals: readonly ValueType[] },
  ) {
    this.#tape = tape;
    this.#context = context;
    this.#index = index;
    this.#declared = locals;
    this.#signature = context.types[context.functionTypes[index] ?? 0] ?? { params: [], results: [] };
    this.#locals = [...this.#signature.params, ...locals];
    const globals = context.globals.map(({ type }) => type);
    this.#operands = new OperandSource(tape, {
      locals: this.#locals,
      globals,
      functions: context.functionTypes.length,
    });
    this.#choices = choices(context, this.#locals, this.#signature.results);
  }

  generate(): DefinedFunction {
    const { results } = this.#signature;
    const body = this.#block('function', { params: [], results }, () => this.#statements());
    return {
      type: this.#context.functionTypes[this.#index] ?? 0,
      locals: this.#declared,
      body: this.#mayRecurse ? [...this.#windUp(), ...body] : body,
    };
  }

  get #frame(): Frame {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw new Error('outside of a function');
    return frame;
  }

  #block(op: Frame['op'], { params, results }: FunctionType, write: () => void): Instruction[] {
    const frame: Frame = {
      op,
      label: op === 'loop' ? params : results,
      results,
      stack: [...params],
      out: [],
      dead: false,
      repeats: false,
    };
    this.#frames.push(frame);
    write();
    this.#settle(frame);
    this.#frames.pop();
    return frame.repeats ? [...this.#windUp(), ...frame.out] : frame.out;
  }

  /** Leaves exactly the results on the stack. */
  #settle({ stack, results, dead }: Frame): void {
    if (stack.join() === results.join()) return;
    while (stack.length > 0) this.#emit(simple('drop'), 1);
    if (dead && this.#tape.once(2)) return;
    for (const type of results) this.#push(type);
  }

  /** Counts one turn; when there are none left, returns at once. */
  #windUp(): Instruction[] {
    const give = this.#signature.results.map((type) => {
      const value = zero(type);
      return value === null || type === 'funcref' ? simple('ref.null', 0x70) : constant(type, value);
    });
    return [
      ...[simple('global.get', TURNS), constant('i32', 1), simple('i32.sub'), simple('global.set', TURNS)],
      ...[simple('global.get', TURNS), constant('i32', 0), simple('i32.lt_s')],
      {
        kind: 'structured',
        op: 'if',
        type: interned(this.#context.types, { params: [], results: [] }),
        body: [...give, simple('return')],
        otherwise: null,
      },
    ];
  }

  #statements(): void {
    const outermost = this.#frames.length === 1;
    while (!this.#tape.done && this.#steps < MOST_STEPS) {
      if (!outermost && this.#tape.once(12)) return;
      this.#steps += 1;
      if (this.#frame.dead && this.#tape.once(3)) return;
      this.#step();
      if (this.#frame.stack.length > MOST_ON_STACK) this.#emit(simple('drop'), 1);
    }
  }

  #step(): void {
    const way = this.#tape.below(16);
    if (way < 4 && this.#frames.length < MOST_NESTING) this.#structured(way);
    else if (way === 4 || way === 5) this.#branch();
    else if (way === 6 && this.#mayEnd()) this.#table();
    else this.#apply(this.#tape.pick(this.#choices));
  }

  /** In the outermost block the rest of the function would be dead. */
  #mayEnd(): boolean {
    return this.#frames.length > 1 || this.#tape.once(6);
  }

  #apply(choice: Choice): void {
    if (choice.ends && !this.#mayEnd()) return;
    if (choice.op === 'call' || choice.op === 'return_call') {
      if ((choice.immediates[0] ?? 0) >= this.#index) this.#mayRecurse = true;
    } else if (choice.op.endsWith('call_indirect')) this.#mayRecurse = true;
    this.#take(choice.operands);
    this.#emit(simple(choice.op, ...choice.immediates), choice.operands.length);
    this.#frame.stack.push(...choice.results);
    if (choice.ends) this.#die();
  }

  #structured(way: number): void {
    const op = way === 0 ? 'block' : way === 1 ? 'if' : 'loop';
    if (op === 'if') this.#take(['i32']);
    // The condition lies above the parameters, which are there already.
    const { stack } = this.#frame;
    if (op === 'if') stack.pop();
    const params = stack.slice(stack.length - this.#tape.below(Math.min(stack.length, 2) + 1));
    const single = op === 'if' && this.#tape.once(3);
    const results = single ? params : this.#types(this.#tape.below(3));
    const type = { params, results };
    const body = this.#block(op, type, () => this.#statements());
    const otherwise = op === 'if' && !single ? this.#block(op, type, () => this.#statements()) : null;
    const index = interned(this.#context.types, type);
    this.#emit({ kind: 'structured', op, type: index, body, otherwise }, params.length);
    stack.push(...results);
  }

  #types(count: number): ValueType[] {
    return Array.from({ length: count }, () => this.#tape.pick(['i32', 'i64', 'f32', 'f64', 'funcref']));
  }

  #target(depth: number): Frame {
    const frame = this.#frames[this.#frames.length - 1 - depth];
    if (frame === undefined) throw new Error(`no label ${depth}`);
    return frame;
  }

  #branch(): void {
    const depth = this.#tape.below(this.#frames.length);
    const target = this.#target(depth);
    if (target.op === 'loop') target.repeats = true;
    if (this.#tape.once(4) && this.#mayEnd()) {
      this.#take(target.label);
      this.#emit(simple('br', depth), target.label.length);
      this.#die();
    } else {
      this.#take([...target.label, 'i32']);
      this.#emit(simple('br_if', depth), target.label.length + 1);
      this.#frame.stack.push(...target.label);
    }
  }

  #table(): void {
    const depths = [...this.#frames.keys()];
    const fallback = this.#tape.pick(depths);
    const { label } = this.#target(fallback);
    const fitting = depths.filter((depth) => this.#target(depth).label.join() === label.join());
    const targets = Array.from({ length: this.#tape.below(6) }, () => this.#tape.pick(fitting));
    for (const depth of [...targets, fallback]) {
      const target = this.#target(depth);
      if (target.op === 'loop') target.repeats = true;
    }
    this.#take([...label, 'tableIndex']);
    this.#emit(simple('br_table', targets.length, ...targets, fallback), label.length + 1);
    this.#die();
  }

  #die(): void {
    this.#frame.dead = true;
    this.#frame.stack.length = 0;
  }

  /** Has the operands on the stack: those that lie there, if they fit, else new ones. */
  #take(operands: readonly Operand[]): void {
    const { stack, dead } = this.#frame;
    const types = operands.map(typeOfOperand);
    const top = stack.slice(stack.length - Math.min(stack.length, types.length));
    const plain = types.every((type, index) => type === operands[index]);
    if (plain && top.join() === types.join() && this.#tape.once(2)) return;
    if (dead && stack.length === 0 && this.#tape.once(3)) {
      // Behind a jump the stack has whatever is taken from it.
      stack.push(...types);
      return;
    }
    for (const operand of operands) this.#push(operand);
  }

  #push(operand: Operand): void {
    this.#operands.push(this.#frame.out, operand);
    this.#frame.stack.push(typeOfOperand(operand));
  }

  #emit(instruction: Instruction, taken: number): void {
    const { out, stack } = this.#frame;
    out.push(instruction);
    stack.length = Math.max(0, stack.length - taken);
  }
}
