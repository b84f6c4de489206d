import { type ByteCursor, Unproven } from './byte-cursor.ts';
import { CounterCode, type Grown } from './counter-code.ts';
import { MISC_PREFIX, passImmediates } from './immediates.ts';

const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const END = 0x0b;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const RETURN_CALL = 0x12;
const LOCAL_GET = 0x20;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const MEMORY_GROW = 0x40;
const I32_CONST = 0x41;
const REF_FUNC = 0xd2;
const BULK: ReadonlySet<number> = new Set([8, 10, 11, 12, 14, 15, 17]);
const TABLE_GROW = 15;
/** A bulk operation of no more than this, by a constant right before it, needs no check. */
const MOST_UNCHECKED = 128;

/** What the proof of a function needs to know of its module. */
export interface ProofContext {
  readonly counter: number;
  /** The functions through which the counter is filled, which no other may name. */
  readonly hostFunction: number | null;
  readonly refuel: number | null;
  readonly memoryMaximum: number;
  readonly tableMaxima: readonly number[];
}

/** Goes through one function, operator by operator, and throws `Unproven` where the form is not kept. */
export class FunctionProof {
  readonly #cursor: ByteCursor;
  readonly #end: number;
  readonly #context: ProofContext;
  readonly #fuel: number;
  readonly #code: CounterCode;
  /** For each open block, whether a check goes behind it when nothing is left. */
  readonly #open: boolean[] = [];
  /** The size that a bulk operation here would have, when it needs no check. */
  #constant: number | null = null;

  constructor(cursor: ByteCursor, end: number, context: ProofContext) {
    this.#cursor = cursor;
    this.#end = end;
    this.#context = context;
    this.#fuel = this.#fuelLocal();
    this.#code = new CounterCode(cursor, { ...context, fuel: this.#fuel });
  }

  prove(): void {
    if (!this.#code.matchEntry()) throw new Unproven('a function entry without a check', this.#cursor.at);
    while (this.#cursor.at < this.#end) this.#step();
    if (this.#cursor.at !== this.#end) throw new Unproven('a function that ends elsewhere', this.#cursor.at);
  }

  /** Passes over the locals, and reads which of them the check at the entry keeps the counter in. */
  #fuelLocal(): number {
    const cursor = this.#cursor;
    for (let left = cursor.unsigned(); left > 0; left -= 1) {
      cursor.unsigned();
      cursor.type();
    }
    const start = cursor.at;
    if (cursor.next() !== GLOBAL_GET) throw new Unproven('a function entry without a check', start);
    cursor.unsigned();
    const tee = cursor.next();
    const fuel = cursor.unsigned();
    if (tee !== LOCAL_TEE) throw new Unproven('a function entry without a check', start);
    cursor.at = start;
    return fuel;
  }

  #step(): void {
    const cursor = this.#cursor;
    if (this.#counterCode()) return;
    const at = cursor.at;
    const opcode = cursor.next();
    if (opcode === MISC_PREFIX) this.#bulk(at);
    this.#constant = null;
    if (opcode === I32_CONST) this.#constant = this.#peekConstant();
    else this.#refuseForbidden(opcode, at);
    passImmediates(cursor, opcode);
    this.#nest(opcode, at);
    if ((opcode === CALL || opcode === CALL_INDIRECT) && !this.#code.matchReload()) {
      throw new Unproven('a call behind which the counter is not loaded', at);
    }
  }

  /** Keeps account of the blocks that are open, and wants a check in each loop. */
  #nest(opcode: number, at: number): void {
    if (opcode === BLOCK || opcode === IF) {
      this.#open.push(false);
    } else if (opcode === LOOP) {
      this.#open.push(false);
      if (this.#code.matchCheck()) return;
      if (!this.#code.matchOutlinedHead()) throw new Unproven('a loop without a check', at);
      this.#open.push(true, false);
    } else if (opcode === END && this.#open.pop() === true && !this.#code.matchRefill()) {
      throw new Unproven('a check that does not ask for more', at);
    }
  }

  /** A charge, or one with a check and the operation that it is for. */
  #counterCode(): boolean {
    const first = this.#cursor.bytes[this.#cursor.at];
    if (first === LOCAL_GET) return this.#code.matchTake();
    if (first !== LOCAL_TEE) return false;
    const grown = this.#code.matchGrowth();
    if (grown !== null) {
      this.#code.matchTake();
      this.#growth(grown);
    } else if (this.#code.matchBulk()) {
      this.#code.matchTake();
      this.#bulkOperation();
    } else {
      return false;
    }
    this.#constant = null;
    return true;
  }

  #bulkOperation(): void {
    const at = this.#cursor.at;
    if (this.#cursor.next() !== MISC_PREFIX) throw new Unproven('a charge by size for nothing', at);
    passImmediates(this.#cursor, MISC_PREFIX);
  }

  #growth(grown: Grown): void {
    const cursor = this.#cursor;
    const at = cursor.at;
    const opcode = cursor.next();
    const operation = opcode === MISC_PREFIX ? cursor.unsigned() : null;
    const index = cursor.unsigned();
    const fits =
      grown === 'memory'
        ? opcode === MEMORY_GROW && index === 0
        : operation === TABLE_GROW && index === grown;
    if (!fits) throw new Unproven('a charge for growth without growth', at);
  }

  #bulk(at: number): void {
    const start = this.#cursor.at;
    const operation = this.#cursor.unsigned();
    this.#cursor.at = start;
    if (!BULK.has(operation)) return;
    const unchecked = this.#constant !== null && this.#constant >= 0 && this.#constant <= MOST_UNCHECKED;
    if (!unchecked) throw new Unproven('a bulk operation without a check', at);
  }

  #peekConstant(): number {
    const start = this.#cursor.at;
    const value = this.#cursor.signed();
    this.#cursor.at = start;
    return value;
  }

  #refuseForbidden(opcode: number, at: number): void {
    const { counter, hostFunction, refuel } = this.#context;
    const start = this.#cursor.at;
    if (opcode >= LOCAL_GET && opcode <= LOCAL_TEE) {
      if (this.#cursor.unsigned() === this.#fuel) throw new Unproven('the counter is touched', at);
    } else if (opcode === GLOBAL_GET || opcode === GLOBAL_SET) {
      if (this.#cursor.unsigned() === counter) throw new Unproven('the counter is touched', at);
    } else if (opcode === CALL || opcode === RETURN_CALL || opcode === REF_FUNC) {
      const index = this.#cursor.unsigned();
      if (index === hostFunction || index === refuel) throw new Unproven('the counter can be filled', at);
    }
    this.#cursor.at = start;
  }
}
