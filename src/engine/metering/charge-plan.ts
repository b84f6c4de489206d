import type { BinaryReader } from './binary-reader.ts';
import type { CostTable } from './costs.ts';
import { readOperator, skipImmediate } from './instructions.ts';
import type { Operator } from './opcodes.ts';
import { Refusal } from './refusal.ts';

/** Where fuel is taken in a function, and how much. */
export interface Charge {
  /** Offset in the original bytes, before which the charge is put. */
  readonly at: number;
  /** `run` only charges; the others check as well. */
  readonly kind: 'run' | 'entry' | 'loop' | 'bulk' | 'growMemory' | 'growTable';
  /** Fuel of the straight run of code that follows. */
  cost: number;
  /** Fuel for each unit of the size on the stack, where there is one. */
  readonly rate: number;
  /** The table that grows. */
  readonly table: number;
  /** Whether another function may have changed the counter since the last charge. */
  readonly stale: boolean;
}

export interface FunctionPlan {
  /** In order of their offsets. */
  readonly charges: readonly Charge[];
  /** Offsets of the function indices in the code, in order. */
  readonly functionIndices: readonly number[];
}

export interface Prices {
  readonly table: CostTable;
  /** By operator id. */
  readonly operators: Float64Array;
}

interface Label {
  /** Whether code behind its end can be reached other than by falling through. */
  joins: boolean;
  readonly loop: boolean;
}

/**
 * Splits a function body into straight runs: code that is executed from its first operator to its
 * last or traps on the way. A run ends where control can leave (branches, calls, `if`) or join
 * (loop headers, the end of a block that is branched to), and before an operation that is paid by size.
 */
export function planCharges(reader: BinaryReader, prices: Prices): FunctionPlan {
  const planner = new Planner(reader, prices);
  planner.plan();
  return planner;
}

class Planner implements FunctionPlan {
  readonly charges: Charge[] = [];
  readonly functionIndices: number[] = [];
  readonly #reader: BinaryReader;
  readonly #prices: Prices;
  readonly #labels: Label[] = [{ joins: true, loop: false }];
  #run: Charge;
  /** The size that `i32.const` just left on the stack. */
  #constant: number | null = null;

  constructor(reader: BinaryReader, prices: Prices) {
    this.#reader = reader;
    this.#prices = prices;
    this.#run = { at: reader.position, kind: 'entry', cost: 0, rate: 0, table: 0, stale: true };
    this.charges.push(this.#run);
  }

  plan(): void {
    while (this.#labels.length > 0) this.#step();
    if (!this.#reader.done) throw new Refusal('code behind the end of a function', this.#reader.position);
  }

  #step(): void {
    const reader = this.#reader;
    const at = reader.position;
    const operator = readOperator(reader);
    this.#run.cost += this.#prices.operators[operator.id] ?? 0;
    if (operator.flow === 'plain') {
      this.#plain(operator);
      return;
    }
    const rate = this.#rate(operator);
    if (rate === null) this.#control(operator);
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
    if (fixed !== null && fixed <= this.#prices.table.uncheckedBulk) this.#run.cost += fixed;
    else if (operator.flow === 'growTable') this.#startRun('growTable', at, { rate, table });
    else this.#startRun(operator.flow === 'growMemory' ? 'growMemory' : 'bulk', at, { rate });
  }

  #control(operator: Operator): void {
    const reader = this.#reader;
    switch (operator.flow) {
      case 'block':
        skipImmediate(reader, operator);
        this.#labels.push({ joins: false, loop: false });
        return;
      case 'loop':
        skipImmediate(reader, operator);
        this.#labels.push({ joins: false, loop: true });
        this.#startRun('loop', reader.position);
        return;
      case 'if':
        skipImmediate(reader, operator);
        this.#labels.push({ joins: true, loop: false });
        this.#startRun('run', reader.position);
        return;
      case 'else':
        this.#startRun('run', reader.position);
        return;
      case 'end':
        if (this.#labels.pop()?.joins && this.#labels.length > 0) this.#startRun('run', reader.position);
        return;
      default:
        this.#leave(operator);
        this.#startRun('run', reader.position, { stale: operator.flow === 'call' });
    }
  }

  #leave(operator: Operator): void {
    const reader = this.#reader;
    if (operator.immediate === 'label') {
      this.#target(reader.u32());
    } else if (operator.immediate === 'labels') {
      for (let left = reader.u32(); left >= 0; left -= 1) this.#target(reader.u32());
    } else if (operator.immediate === 'function') {
      this.#functionIndex();
    } else {
      skipImmediate(reader, operator);
    }
  }

  #target(depth: number): void {
    const label = this.#labels[this.#labels.length - 1 - depth];
    if (label === undefined) throw new Refusal(`a branch to label ${depth}`, this.#reader.position);
    if (!label.loop) label.joins = true;
  }

  #functionIndex(): void {
    this.functionIndices.push(this.#reader.position);
    this.#reader.skipNumber();
  }

  #startRun(kind: Charge['kind'], at: number, { rate = 0, table = 0, stale = false } = {}): void {
    this.#run = { at, kind, cost: 0, rate, table, stale };
    this.charges.push(this.#run);
  }
}
