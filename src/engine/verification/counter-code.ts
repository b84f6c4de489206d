import type { ByteCursor } from './byte-cursor.ts';
import { CodeMatcher } from './code-matcher.ts';
import { passBlockType } from './immediates.ts';

const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  brIf: 0x0d,
  return: 0x0f,
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
  /** Whether it is a parameter, in which the caller hands over its own copy. */
  readonly handed: boolean;
  /** The functions that are called so. */
  readonly twins: ReadonlySet<number>;
  /** Its account of the depth of calls, which no size may be kept in; null when it has none. */
  readonly left: number | null;
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
  readonly #code: CodeMatcher;
  readonly #names: CounterNames;

  constructor(cursor: ByteCursor, names: CounterNames) {
    this.#cursor = cursor;
    this.#code = new CodeMatcher(cursor);
    this.#names = names;
  }

  /** Loads the counter unless it was handed, and asks for more when it does not hold more than the entry costs. */
  matchEntry(): boolean {
    return this.#code.attempt(() => {
      const { handed, fuel } = this.#names;
      if (!handed && !this.#loads()) return false;
      if (!this.#code.indexed(handed ? OP.localGet : OP.localTee, fuel)) return false;
      const price = this.#constant();
      return this.#between(price, 1, MOST_RATE) && this.#whenEmpty(price);
    });
  }

  /** Asks for more when nothing is left. */
  matchCheck(): boolean {
    return this.#code.attempt(
      () => this.#code.indexed(OP.localGet, this.#names.fuel) && this.#constant() === 0 && this.#whenEmpty(0),
    );
  }

  /** `block loop check`, the rest of a loop that goes behind the block when nothing is left. */
  matchOutlinedHead(): boolean {
    return this.#code.attempt(() => {
      if (!this.#code.opcode(OP.block) || !this.#code.opcode(EMPTY_BLOCK) || !this.#code.opcode(OP.loop))
        return false;
      passBlockType(this.#cursor);
      if (!this.#code.indexed(OP.localGet, this.#names.fuel) || this.#constant() !== 0) return false;
      return this.#code.opcode(OP.i64LeS) && this.#code.indexed(OP.brIf, 1);
    });
  }

  /** Asks for more and brings the copy up to date. */
  matchRefill(): boolean {
    return this.#code.attempt(() => this.#refill(0));
  }

  /** Takes from the function's copy of the counter and keeps both. */
  matchTake(): boolean {
    return this.#code.attempt(() => this.#code.indexed(OP.localGet, this.#names.fuel) && this.#take());
  }

  /** Brings the copy up to date with the counter. */
  matchReload(): boolean {
    return this.#code.attempt(() => this.#loads() && this.#code.indexed(OP.localSet, this.#names.fuel));
  }

  /** The same, with a charge at once. */
  matchReloadAndTake(): boolean {
    return this.#code.attempt(() => this.#loads() && this.#take());
  }

  /** Calls a twin with the copy and with the depth left as its last arguments. */
  matchTwinCall(): boolean {
    const code = this.#code;
    const { fuel, left, twins } = this.#names;
    return code.attempt(() => {
      if (left === null || !code.indexed(OP.localGet, fuel) || !code.indexed(OP.localGet, left)) return false;
      return twins.has(code.anyIndexed(OP.call) ?? -1);
    });
  }

  /** Keeps what a twin has handed back. */
  matchKeep(): boolean {
    return this.#code.attempt(() => this.#code.indexed(OP.localSet, this.#names.fuel));
  }

  /** The same, with a charge at once. */
  matchKeepAndTake(): boolean {
    return this.#code.attempt(() => this.#take());
  }

  /** Hands back the copy where a twin returns, or at its end. */
  matchHandBack(at: 'return' | 'end'): boolean {
    const code = this.#code;
    return code.attempt(() => code.indexed(OP.localGet, this.#names.fuel) && code.opcode(OP[at]));
  }

  /** Takes for the size on top of the stack, which stays there, and checks. */
  matchBulk(): boolean {
    return this.#code.attempt(() => {
      const size = this.#keepsSize();
      return size !== null && this.#takeBySize(size) && this.matchCheck();
    });
  }

  /**
   * The same within `if size + current <= maximum`, for an operator that grows what it is for and does
   * nothing beyond the maximum. Answers what it is for, or null.
   */
  matchGrowth(): Grown | null {
    let grown: Grown | null = null;
    const matches = this.#code.attempt(() => {
      const size = this.#keepsSize();
      grown = size === null ? null : this.#ifItFits(size);
      if (size === null || grown === null || !this.#takeBySize(size)) return false;
      return this.matchCheck() && this.#code.opcode(OP.end);
    });
    return matches ? grown : null;
  }

  #keepsSize(): number | null {
    const size = this.#code.anyIndexed(OP.localTee);
    return size === this.#names.left ? null : size;
  }

  #ifItFits(size: number): Grown | null {
    if (!this.#code.indexed(OP.localGet, size) || !this.#code.opcode(OP.i64ExtendI32U)) return null;
    const grown = this.#currentSize();
    if (!this.#code.opcode(OP.i64ExtendI32U) || !this.#code.opcode(OP.i64Add)) return null;
    const { memoryMaximum, tableMaxima } = this.#names;
    const maximum = grown === 'memory' ? memoryMaximum : (tableMaxima[grown ?? -1] ?? Number.NaN);
    if (!(this.#constant() >= maximum)) return null;
    return this.#code.opcode(OP.i64LeU) && this.#code.opcode(OP.if) && this.#code.opcode(EMPTY_BLOCK)
      ? grown
      : null;
  }

  #currentSize(): Grown | null {
    if (this.#code.attempt(() => this.#code.indexed(OP.memorySize, 0))) return 'memory';
    return this.#code.opcode(MISC) && this.#cursor.unsigned() === TABLE_SIZE ? this.#cursor.unsigned() : null;
  }

  /** `fuel - size * rate`, kept. */
  #takeBySize(size: number): boolean {
    if (!this.#code.indexed(OP.localGet, this.#names.fuel)) return false;
    if (!this.#code.indexed(OP.localGet, size) || !this.#code.opcode(OP.i64ExtendI32U)) return false;
    this.#code.attempt(() => this.#between(this.#constant(), 1, MOST_RATE) && this.#code.opcode(OP.i64Mul));
    return this.#code.opcode(OP.i64Sub) && this.#keep();
  }

  #loads(): boolean {
    return this.#code.indexed(OP.globalGet, this.#names.counter);
  }

  /** From the fuel on the stack: `const k; sub`, kept. */
  #take(): boolean {
    if (!this.#between(this.#constant(), 1, MOST_CHARGE)) return false;
    return this.#code.opcode(OP.i64Sub) && this.#keep();
  }

  #keep(): boolean {
    return (
      this.#code.indexed(OP.localTee, this.#names.fuel) &&
      this.#code.indexed(OP.globalSet, this.#names.counter)
    );
  }

  /** `le_s; if ... end`. Before a trap the price may be paid, so that the bill shows it. */
  #whenEmpty(price: number): boolean {
    if (!this.#code.opcode(OP.i64LeS) || !this.#code.opcode(OP.if) || !this.#code.opcode(EMPTY_BLOCK))
      return false;
    if (this.#names.refuel !== null) return this.#refill(price) && this.#code.opcode(OP.end);
    this.matchTake();
    return this.#code.opcode(OP.unreachable) && this.#code.opcode(OP.end);
  }

  /** What is still to be paid, `due`, counts as paid while the host is asked. */
  #refill(due: number): boolean {
    const { refuel, fuel } = this.#names;
    if (refuel === null || !(this.#constant() === -due)) return false;
    return this.#code.indexed(OP.call, refuel) && this.#code.indexed(OP.localSet, fuel);
  }

  #constant(): number {
    if (!this.#code.opcode(OP.i64Const)) return Number.NaN;
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
