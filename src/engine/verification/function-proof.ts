import { type ByteCursor, Unproven } from './byte-cursor.ts';
import { CounterCode, type CounterNames } from './counter-code.ts';
import { MISC_PREFIX, passImmediates } from './immediates.ts';

const LOOP = 0x03;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const RETURN_CALL = 0x12;
const LOCAL_GET = 0x20;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const I32_CONST = 0x41;
const I64_CONST = 0x42;
const I64_SUB = 0x7d;
const REF_FUNC = 0xd2;
const BULK: ReadonlySet<number> = new Set([8, 10, 11, 12, 14, 15, 17]);
/** A bulk operation of no more than this, by a constant right before it, needs no check. */
const MOST_UNCHECKED = 128;

/** What a function must not name: the functions through which the counter is filled. */
export interface Forbidden {
  readonly counter: number;
  readonly hostFunction: number | null;
  readonly refuel: number | null;
}

/** Goes through one function, operator by operator, and throws `Unproven` where the form is not kept. */
export class FunctionProof {
  readonly #cursor: ByteCursor;
  readonly #end: number;
  readonly #forbidden: Forbidden;
  readonly #fuel: number;
  readonly #code: CounterCode;
  /** The size that a bulk operation here would have, when it needs no check. */
  #constant: number | null = null;

  constructor(cursor: ByteCursor, end: number, forbidden: Forbidden) {
    this.#cursor = cursor;
    this.#end = end;
    this.#forbidden = forbidden;
    this.#fuel = this.#fuelLocal();
    const names: CounterNames = { counter: forbidden.counter, refuel: forbidden.refuel, fuel: this.#fuel };
    this.#code = new CounterCode(cursor, names);
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
    const constant = cursor.next();
    cursor.signed();
    const subtract = cursor.next();
    const tee = cursor.next();
    const fuel = cursor.unsigned();
    if (constant !== I64_CONST || subtract !== I64_SUB || tee !== LOCAL_TEE) {
      throw new Unproven('a function entry without a check', start);
    }
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
    if (opcode === LOOP && !this.#code.matchCheck()) throw new Unproven('a loop without a check', at);
    if ((opcode === CALL || opcode === CALL_INDIRECT) && !this.#code.matchReload()) {
      throw new Unproven('a call behind which the counter is not loaded', at);
    }
  }

  /** A charge, or one with a check and the bulk operation that it is for. */
  #counterCode(): boolean {
    const first = this.#cursor.bytes[this.#cursor.at];
    if (first === LOCAL_GET) return this.#code.matchTake();
    if (first !== LOCAL_TEE || !this.#code.matchBulk()) return false;
    const at = this.#cursor.at;
    if (this.#cursor.next() !== MISC_PREFIX) throw new Unproven('a charge by size for nothing', at);
    passImmediates(this.#cursor, MISC_PREFIX);
    this.#constant = null;
    return true;
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
    const { counter, hostFunction, refuel } = this.#forbidden;
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
