import type { Instruction } from './program.ts';

/** Prices, as `sandbox` section 2 and Wasmtime 49 have them; other numbers may be put in their place. */
export interface FuelRules {
  readonly functionEntry: number;
  readonly operator: number;
  /** Operators with another price. */
  readonly operators: Readonly<Record<string, number>>;
  readonly perByte: number;
  readonly perElement: number;
  readonly perPage: number;
  /** An operation of a constant size that costs no more than this is not checked. */
  readonly uncheckedBulk: number;
}

const FREE = ['nop', 'drop', 'block', 'loop', 'unreachable', 'return', 'else', 'end'];

export const WASMTIME_RULES: FuelRules = {
  functionEntry: 1,
  operator: 1,
  operators: Object.fromEntries(FREE.map((op) => [op, 0])),
  perByte: 1,
  perElement: 1,
  perPage: 1,
  uncheckedBulk: 128,
};

/** Ends a run in the interpreter that has used up its budget. */
export class OutOfFuel extends Error {}

/** What happens when a check finds the budget used up: answers by how much it grows, or throws. */
export type WhenEmpty = (used: number, budget: number) => number;

export function stopWhenEmpty(): never {
  throw new OutOfFuel();
}

/** Counts what is used, and looks at the budget where the rules say so. */
export class FuelCount {
  used = 0;
  budget: number;
  readonly rules: FuelRules;
  readonly #whenEmpty: WhenEmpty;

  constructor(rules: FuelRules, budget: number, whenEmpty: WhenEmpty = stopWhenEmpty) {
    this.rules = rules;
    this.budget = budget;
    this.#whenEmpty = whenEmpty;
  }

  pay(op: string): void {
    this.used += priceOf(this.rules, op);
  }

  payEntry(): void {
    this.used += this.rules.functionEntry;
    this.check();
  }

  /** For a bulk operation, before it is executed. A size from a small constant is not checked. */
  payBySize(op: string, size: number, previous: Instruction | undefined): void {
    this.used += size * rateOf(this.rules, op);
    if (!isSmall(this.rules, op, previous)) this.check();
  }

  /** Growth that cannot succeed is free, unless its size is a small constant. */
  payGrowth(
    op: string,
    size: number,
    { previous, fits }: { previous: Instruction | undefined; fits: boolean },
  ): void {
    if (fits || isSmall(this.rules, op, previous)) this.payBySize(op, size, previous);
  }

  check(): void {
    if (this.used >= this.budget) this.budget += this.#whenEmpty(this.used, this.budget);
  }
}

export function priceOf({ operators, operator }: FuelRules, op: string): number {
  return operators[op] ?? operator;
}

function rateOf({ perByte, perElement, perPage }: FuelRules, op: string): number {
  if (op === 'memory.grow') return perPage;
  return op.startsWith('memory.') ? perByte : perElement;
}

/** What an operation costs whose size is given by a constant right before it, when that is little. */
export function smallCost(rules: FuelRules, op: string, previous: Instruction | undefined): number | null {
  if (previous?.kind !== 'constant' || previous.type !== 'i32') return null;
  const cost = (Number(previous.value) >>> 0) * rateOf(rules, op);
  return cost <= rules.uncheckedBulk ? cost : null;
}

function isSmall(rules: FuelRules, op: string, previous: Instruction | undefined): boolean {
  return smallCost(rules, op, previous) !== null;
}
