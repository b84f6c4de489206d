import type { ByteCursor } from './byte-cursor.ts';
import { passBlockType } from './immediates.ts';

const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  brIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  i64Const: 0x42,
  i64LeS: 0x57,
  i64LeU: 0x58,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64ExtendI32U: 0xad,
} as const;
/** `table.size`, behind the prefix of its kind. */
const MISC = 0xfc;
const TABLE_SIZE = 16;
const EMPTY_BLOCK = 0x40;
/** No straight run costs as much. */
const MOST_CHARGE = 2 ** 40;
const MOST_RATE = 65_535;
/** A LEB128 number of up to this many bytes is read exactly. */
const EXACT_BYTES = 7;

/** The indices that the counter's code may use in one function. */
export interface CounterNames {
  readonly counter: number;
  /** The added function that calls the host, or null where a check traps. */
  readonly refuel: number | null;
  /** The function's copy of the counter. */
  readonly fuel: number;
  /** Pages that the memory may have, and elements that each table may have. */
  readonly memoryMaximum: number;
  readonly tableMaxima: readonly number[];
}

/** What a charge for growth is for: a table by its index, or the memory. */
export type Grown = number | 'memory';

/**
 * Recognises the only code that may touch the counter. Each `match` method moves the cursor behind the
 * sequence and answers true, or leaves the cursor alone and answers false. None holds a label that
 * other code could branch to, so each is executed from its first operator on.
 */
export class CounterCode {
  readonly #cursor: ByteCursor;
  readonly #names: CounterNames;

  constructor(cursor: ByteCursor, names: CounterNames) {
    this.#cursor = cursor;
    this.#names = names;
  }

  /** Loads the counter, and asks for more when it does not hold more than the price of the entry. */
  matchEntry(): boolean {
    return this.#try(() => {
      if (!this.#loads() || !this.#indexed(OP.localTee, this.#names.fuel)) return false;
      const price = this.#constant();
      return this.#between(price, 1, MOST_RATE) && this.#whenEmpty(price);
    });
  }

  /** Asks for more when nothing is left. */
  matchCheck(): boolean {
    return this.#try(
      () => this.#indexed(OP.localGet, this.#names.fuel) && this.#constant() === 0 && this.#whenEmpty(0),
    );
  }

  /** `block loop check`, the rest of a loop that goes behind the block when nothing is left. */
  matchOutlinedHead(): boolean {
    return this.#try(() => {
      if (!this.#opcode(OP.block) || !this.#opcode(EMPTY_BLOCK) || !this.#opcode(OP.loop)) return false;
      passBlockType(this.#cursor);
      if (!this.#indexed(OP.localGet, this.#names.fuel) || this.#constant() !== 0) return false;
      return this.#opcode(OP.i64LeS) && this.#indexed(OP.brIf, 1);
    });
  }

  /** Asks for more and brings the copy up to date. */
  matchRefill(): boolean {
    return this.#try(() => this.#refill(0));
  }

  /** Takes from the function's copy of the counter and keeps both. */
  matchTake(): boolean {
    return this.#try(() => this.#indexed(OP.localGet, this.#names.fuel) && this.#take());
  }

  /** Brings the copy up to date with the counter. */
  matchReload(): boolean {
    return this.#try(() => this.#loads() && this.#indexed(OP.localSet, this.#names.fuel));
  }

  /** The same, with a charge at once. */
  matchReloadAndTake(): boolean {
    return this.#try(() => this.#loads() && this.#take());
  }

  /** Takes for the size on top of the stack, which stays there, and checks. */
  matchBulk(): boolean {
    return this.#try(() => {
      const size = this.#anyIndexed(OP.localTee);
      return size !== null && this.#takeBySize(size) && this.matchCheck();
    });
  }

  /**
   * The same within `if size + current <= maximum`, for an operator that grows what it is for and does
   * nothing beyond the maximum. Answers what it is for, or null.
   */
  matchGrowth(): Grown | null {
    let grown: Grown | null = null;
    const matches = this.#try(() => {
      const size = this.#anyIndexed(OP.localTee);
      grown = size === null ? null : this.#ifItFits(size);
      if (size === null || grown === null || !this.#takeBySize(size)) return false;
      return this.matchCheck() && this.#opcode(OP.end);
    });
    return matches ? grown : null;
  }

  #ifItFits(size: number): Grown | null {
    if (!this.#indexed(OP.localGet, size) || !this.#opcode(OP.i64ExtendI32U)) return null;
    const grown = this.#currentSize();
    if (!this.#opcode(OP.i64ExtendI32U) || !this.#opcode(OP.i64Add)) return null;
    const { memoryMaximum, tableMaxima } = this.#names;
    const maximum = grown === 'memory' ? memoryMaximum : (tableMaxima[grown ?? -1] ?? Number.NaN);
    if (!(this.#constant() >= maximum)) return null;
    return this.#opcode(OP.i64LeU) && this.#opcode(OP.if) && this.#opcode(EMPTY_BLOCK) ? grown : null;
  }

  #currentSize(): Grown | null {
    if (this.#try(() => this.#indexed(OP.memorySize, 0))) return 'memory';
    return this.#opcode(MISC) && this.#cursor.unsigned() === TABLE_SIZE ? this.#cursor.unsigned() : null;
  }

  /** `fuel - size * rate`, kept. */
  #takeBySize(size: number): boolean {
    if (!this.#indexed(OP.localGet, this.#names.fuel)) return false;
    if (!this.#indexed(OP.localGet, size) || !this.#opcode(OP.i64ExtendI32U)) return false;
    this.#try(() => this.#between(this.#constant(), 1, MOST_RATE) && this.#opcode(OP.i64Mul));
    return this.#opcode(OP.i64Sub) && this.#keep();
  }

  #loads(): boolean {
    return this.#indexed(OP.globalGet, this.#names.counter);
  }

  /** From the fuel on the stack: `const k; sub`, kept. */
  #take(): boolean {
    if (!this.#between(this.#constant(), 1, MOST_CHARGE)) return false;
    return this.#opcode(OP.i64Sub) && this.#keep();
  }

  #keep(): boolean {
    return this.#indexed(OP.localTee, this.#names.fuel) && this.#indexed(OP.globalSet, this.#names.counter);
  }

  /** `le_s; if ... end`. Before a trap the price may be paid, so that the bill shows it. */
  #whenEmpty(price: number): boolean {
    if (!this.#opcode(OP.i64LeS) || !this.#opcode(OP.if) || !this.#opcode(EMPTY_BLOCK)) return false;
    if (this.#names.refuel !== null) return this.#refill(price) && this.#opcode(OP.end);
    this.matchTake();
    return this.#opcode(OP.unreachable) && this.#opcode(OP.end);
  }

  /** What is still to be paid, `due`, counts as paid while the host is asked. */
  #refill(due: number): boolean {
    const { refuel, fuel } = this.#names;
    if (refuel === null || !(this.#constant() === -due)) return false;
    return this.#indexed(OP.call, refuel) && this.#indexed(OP.localSet, fuel);
  }

  #try(match: () => boolean): boolean {
    const start = this.#cursor.at;
    if (match()) return true;
    this.#cursor.at = start;
    return false;
  }

  #opcode(opcode: number): boolean {
    return this.#cursor.next() === opcode;
  }

  #indexed(opcode: number, index: number): boolean {
    return this.#anyIndexed(opcode) === index;
  }

  #anyIndexed(opcode: number): number | null {
    return this.#opcode(opcode) ? this.#cursor.unsigned() : null;
  }

  #constant(): number {
    if (!this.#opcode(OP.i64Const)) return Number.NaN;
    const start = this.#cursor.at;
    const value = this.#cursor.signed();
    return this.#cursor.at - start <= EXACT_BYTES ? value : Number.NaN;
  }

  #between(value: number, least: number, most: number): boolean {
    return value >= least && value <= most;
  }
}

/** Whether a function is `(ahead) => counter = host(counter + ahead) - ahead` and nothing else. */
export function isRefuelBody(cursor: ByteCursor, counter: number, hostFunction: number): boolean {
  const noLocals = 0;
  const ahead = 0;
  const expected = [
    [noLocals],
    [OP.globalGet, counter],
    [OP.localGet, ahead],
    [OP.i64Add],
    [OP.call, hostFunction],
    [OP.localGet, ahead],
    [OP.i64Sub],
    [OP.localTee, ahead],
    [OP.globalSet, counter],
    [OP.localGet, ahead],
    [OP.end],
  ];
  return expected.every(
    ([opcode, index]) => cursor.next() === opcode && (index === undefined || cursor.unsigned() === index),
  );
}
