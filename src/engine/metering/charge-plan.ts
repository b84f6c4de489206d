import type { BinaryReader } from './binary-reader.ts';
import type { CostTable } from './costs.ts';
import { readOperator, skipImmediate } from './instructions.ts';
import type { Operator } from './opcodes.ts';
import { Refusal } from './refusal.ts';
import { BOUNDARY, Seams } from './seams.ts';

/** A loop of the function. */
export interface LoopForm {
  /** The first byte of its block type. */
  readonly blockType: number;
  /** Whether the call for more fuel stands behind it, so that V8 finds no call in it. */
  outlined: boolean;
}

/** Code that is put in, in most cases to take fuel. */
export interface Charge {
  /** Offset in the original bytes, before which the code is put. */
  readonly at: number;
  /** `run` only takes; `beforeLoop` and `behindLoop` frame a loop; the others check as well. */
  readonly kind: 'run' | 'entry' | 'loop' | 'beforeLoop' | 'behindLoop' | 'bulk' | 'growMemory' | 'growTable';
  /** Fuel to be taken for the code that follows. */
  cost: number;
  /** Fuel for each unit of the size on the stack, where there is one. */
  readonly rate: number;
  /** The table that grows. */
  readonly table: number;
  /** Whether another function may have changed the counter since the last charge. */
  readonly stale: boolean;
  readonly loop: LoopForm | null;
}

interface Run extends Charge {
  readonly into: number;
  out: number;
  prompt: boolean;
  readonly dead: boolean;
}

/** An index in the code that may be another one in the metered code. */
export interface MovedIndex {
  readonly at: number;
  /** The loop that a branch leaves, or null for the index of a function. */
  readonly leaves: LoopForm | null;
}

export interface FunctionPlan {
  /** In order of their offsets. */
  readonly charges: readonly Charge[];
  /** In order of their offsets. */
  readonly moved: readonly MovedIndex[];
}

export interface Prices {
  readonly table: CostTable;
  /** By operator id. */
  readonly operators: Float64Array;
}

interface Label {
  /** What a branch to it comes through. */
  readonly seam: number;
  /** Whether code behind its end can be reached other than by falling through. */
  joins: boolean;
  readonly loop: OpenLoop | null;
  /** The seam behind the condition of an `if` whose `else` has not come. */
  orElse: number | null;
}

interface OpenLoop {
  readonly form: LoopForm;
  /** Its place among the labels. */
  readonly label: number;
  /** Whether it holds no call and no other loop. */
  plain: boolean;
}

/** Block types from here on are no index of a type, so a block of that type takes nothing. */
const FIRST_PLAIN_TYPE = 0x40;

/**
 * Splits a function body into straight runs: code that is executed from its first operator to its
 * last or traps on the way. A run ends where control can leave (branches, calls, `if`) or join
 * (loop headers, the end of a block that is branched to), and before an operation that is paid by size.
 * With `outline`, loops without a call keep the call for more fuel outside.
 */
export function planCharges(reader: BinaryReader, prices: Prices, outline: boolean): FunctionPlan {
  const planner = new Planner(reader, prices, outline);
  planner.plan();
  return planner;
}

class Planner implements FunctionPlan {
  readonly charges: Charge[] = [];
  readonly moved: MovedIndex[] = [];
  readonly #reader: BinaryReader;
  readonly #prices: Prices;
  readonly #outline: boolean;
  readonly #seams = new Seams();
  readonly #runs: Run[] = [];
  readonly #labels: Label[] = [{ seam: BOUNDARY, joins: true, loop: null, orElse: null }];
  readonly #loops: OpenLoop[] = [];
  #run: Run;
  /** The size that `i32.const` just left on the stack. */
  #constant: number | null = null;

  constructor(reader: BinaryReader, prices: Prices, outline: boolean) {
    this.#reader = reader;
    this.#prices = prices;
    this.#outline = outline;
    this.#run = this.#startRun('entry', reader.position, BOUNDARY);
    this.#run.cost = prices.table.functionEntry;
  }

  plan(): void {
    while (this.#labels.length > 0) this.#step();
    if (!this.#reader.done) throw new Refusal('code behind the end of a function', this.#reader.position);
    this.#seams.settle(this.#runs);
  }

  #step(): void {
    const reader = this.#reader;
    const at = reader.position;
    const operator = readOperator(reader);
    this.#run.cost += this.#prices.operators[operator.id] ?? 0;
    if (operator.traps) this.#run.prompt = true;
    if (operator.flow === 'plain') {
      this.#plain(operator);
      return;
    }
    const rate = this.#rate(operator);
    if (rate === null) this.#control(operator, at);
    else this.#sized(operator, at, rate);
    this.#constant = null;
  }

  #rate({ flow }: Operator): number | null {
    const { perByte, perElement, perPage } = this.#prices.table;
    if (flow === 'bulkBytes') return perByte;
    if (flow === 'bulkElements' || flow === 'growTable') return perElement;
    return flow === 'growMemory' ? perPage : null;
  }

  #plain(operator: Operator): void {
    this.#constant = null;
    if (operator.immediate === 'i32') this.#constant = this.#reader.s33() >>> 0;
    else if (operator.immediate === 'function') this.#functionIndex();
    else if (operator.immediate !== 'none') skipImmediate(this.#reader, operator);
  }

  #sized(operator: Operator, at: number, rate: number): void {
    const table = operator.flow === 'growTable' ? this.#reader.u32() : 0;
    if (operator.flow !== 'growTable') skipImmediate(this.#reader, operator);
    const fixed = this.#constant === null ? null : this.#constant * rate;
    if (fixed !== null && fixed <= this.#prices.table.uncheckedBulk) {
      this.#run.cost += fixed;
      return;
    }
    this.#notPlain();
    const { flow } = operator;
    const kind = flow === 'growTable' || flow === 'growMemory' ? flow : 'bulk';
    this.#startRun(kind, at, BOUNDARY, { rate, table });
  }

  #control(operator: Operator, at: number): void {
    const reader = this.#reader;
    switch (operator.flow) {
      case 'block':
        skipImmediate(reader, operator);
        this.#labels.push({ seam: this.#seams.open(), joins: false, loop: null, orElse: null });
        return;
      case 'loop':
        this.#loop(operator, at);
        return;
      case 'if':
        skipImmediate(reader, operator);
        this.#if();
        return;
      case 'else':
        this.#else();
        return;
      case 'end':
        this.#end();
        return;
      case 'call':
        this.#target(operator);
        this.#notPlain();
        this.#startRun('run', reader.position, BOUNDARY, { stale: true });
        return;
      default:
        this.#leave(operator);
    }
  }

  #loop(operator: Operator, at: number): void {
    const reader = this.#reader;
    const form = { blockType: reader.bytes[reader.position] ?? 0, outlined: false };
    skipImmediate(reader, operator);
    this.#notPlain();
    const plain = form.blockType >= FIRST_PLAIN_TYPE && form.blockType < 0x80;
    const loop = { form, label: this.#labels.length, plain };
    this.#loops.push(loop);
    this.#labels.push({ seam: BOUNDARY, joins: false, loop, orElse: null });
    this.#frame('beforeLoop', at, form);
    this.#startRun('loop', reader.position, BOUNDARY, { loop: form });
  }

  #if(): void {
    const condition = this.#seams.open();
    this.#run.out = condition;
    this.#labels.push({ seam: this.#seams.open(), joins: true, loop: null, orElse: condition });
    this.#startRun('run', this.#reader.position, condition);
  }

  #else(): void {
    const label = this.#labels.at(-1);
    if (label === undefined || label.orElse === null) throw new Refusal('an else', this.#reader.position);
    this.#run.out = label.seam;
    this.#startRun('run', this.#reader.position, label.orElse);
    label.orElse = null;
  }

  #end(): void {
    const label = this.#labels.pop();
    if (label === undefined || this.#labels.length === 0) return;
    if (label.loop !== null) {
      this.#loops.pop();
      label.loop.form.outlined = this.#outline && label.loop.plain;
      this.#frame('behindLoop', this.#reader.position, label.loop.form);
    }
    if (!label.joins) return;
    if (label.orElse !== null) this.#seams.join(label.orElse, label.seam);
    this.#run.out = label.seam;
    this.#startRun('run', this.#reader.position, label.seam);
  }

  /** What follows is reached by falling through behind `br_if`, and not at all behind the others. */
  #leave(operator: Operator): void {
    const seam = this.#target(operator);
    this.#run.out = seam;
    if (operator.name === 'br_if') this.#startRun('run', this.#reader.position, seam);
    else this.#startRun('run', this.#reader.position, this.#seams.open(), { dead: true });
  }

  /** Passes over what a branch or call goes to. Answers the seam that it goes through. */
  #target(operator: Operator): number {
    const reader = this.#reader;
    if (operator.immediate === 'label') return this.#branch(1);
    if (operator.immediate === 'labels') return this.#branch(reader.u32() + 1);
    if (operator.immediate === 'function') this.#functionIndex();
    else skipImmediate(reader, operator);
    return BOUNDARY;
  }

  #branch(labels: number): number {
    const seam = this.#seams.open();
    for (let left = labels; left > 0; left -= 1) this.#seams.join(seam, this.#label());
    return seam;
  }

  #label(): number {
    const at = this.#reader.position;
    const depth = this.#reader.u32();
    const place = this.#labels.length - 1 - depth;
    const label = this.#labels[place];
    if (label === undefined) throw new Refusal(`a branch to label ${depth}`, at);
    if (label.loop === null) label.joins = true;
    const loop = this.#loops.at(-1);
    if (loop?.plain && place < loop.label) this.moved.push({ at, leaves: loop.form });
    return label.seam;
  }

  #functionIndex(): void {
    this.moved.push({ at: this.#reader.position, leaves: null });
    this.#reader.skipNumber();
  }

  #notPlain(): void {
    const loop = this.#loops.at(-1);
    if (loop !== undefined) loop.plain = false;
  }

  #frame(kind: 'beforeLoop' | 'behindLoop', at: number, loop: LoopForm): void {
    if (this.#outline) this.charges.push({ at, kind, loop, cost: 0, rate: 0, table: 0, stale: false });
  }

  #startRun(
    kind: Charge['kind'],
    at: number,
    into: number,
    { rate = 0, table = 0, stale = false, loop = null, dead = false }: Partial<Run> = {},
  ): Run {
    const prompt = into === BOUNDARY && kind !== 'loop';
    const paid = { cost: 0, into, out: BOUNDARY, prompt, dead };
    const run = { at, kind, rate, table, stale, loop, ...paid };
    this.#run = run;
    this.#runs.push(run);
    this.charges.push(run);
    return run;
  }
}
