import { type ByteCursor, Unproven } from './byte-cursor.ts';
import { CounterCode, type Grown } from './counter-code.ts';
import { DepthProof } from './depth-proof.ts';
import { MISC_PREFIX, passImmediates } from './immediates.ts';
import type { Body, OutlinedDepth } from './module-outline.ts';
import { PaidPaths } from './paid-paths.ts';

const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const ELSE = 0x05;
const END = 0x0b;
const BR = 0x0c;
const BR_IF = 0x0d;
const BR_TABLE = 0x0e;
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const RETURN_CALL = 0x12;
const RETURN_CALL_INDIRECT = 0x13;
const LOCAL_GET = 0x20;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const MEMORY_GROW = 0x40;
const I32_CONST = 0x41;
const REF_FUNC = 0xd2;
const V128 = 0x7b;
/** `unreachable`, `br`, `br_table`, `return` and the tail calls: what follows is reached otherwise, if at all. */
const STOPS: ReadonlySet<number> = new Set([0x00, BR, BR_TABLE, 0x0f, RETURN_CALL, RETURN_CALL_INDIRECT]);
const BULK: ReadonlySet<number> = new Set([8, 10, 11, 12, 14, 15, 17]);
const TABLE_GROW = 15;
/** A bulk operation of no more than this, by a constant right before it, needs no check. */
const MOST_UNCHECKED = 128;

/** What the proof of a function needs to know of its module. */
export interface ProofContext {
  readonly counter: number;
  readonly depth: OutlinedDepth | null;
  /** Functions below this are the host's, which call none of the module. */
  readonly importedFunctions: number;
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
  readonly #depth: DepthProof | null;
  readonly #paths = new PaidPaths();
  /** The size that a bulk operation here would have, when it needs no check. */
  #constant: number | null = null;

  constructor(cursor: ByteCursor, { end, parameterWords }: Body, context: ProofContext) {
    this.#cursor = cursor;
    this.#end = end;
    this.#context = context;
    const size = { parameterWords, localWords: this.#localWords() };
    const { depth } = context;
    const names = depth === null ? null : { depth: depth.global, exhausted: depth.exhausted };
    this.#depth = names === null ? null : new DepthProof(cursor, names, size);
    this.#fuel = this.#fuelLocal();
    this.#code = new CounterCode(cursor, { ...context, fuel: this.#fuel, left: this.#depth?.left ?? null });
  }

  prove(): void {
    if (!this.#code.matchEntry()) throw new Unproven('a function entry without a check', this.#cursor.at);
    while (this.#cursor.at < this.#end) this.#step();
    if (this.#cursor.at !== this.#end) throw new Unproven('a function that ends elsewhere', this.#cursor.at);
  }

  /** Passes over the locals. */
  #localWords(): number {
    const cursor = this.#cursor;
    let words = 0;
    for (let left = cursor.unsigned(); left > 0; left -= 1) {
      const count = cursor.unsigned();
      words += count * (cursor.type() === V128 ? 2 : 1);
    }
    return words;
  }

  /** Which local the check at the entry keeps the counter in. */
  #fuelLocal(): number {
    const cursor = this.#cursor;
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
    this.#leave(opcode, at);
    passImmediates(cursor, opcode);
    this.#nest(opcode, at);
    if (opcode === CALL || opcode === CALL_INDIRECT) this.#reload(at);
  }

  /** Follows branches and calls; none may go on from where nothing was taken to a check that was passed. */
  #leave(opcode: number, at: number): void {
    const start = this.#cursor.at;
    if (opcode === BR || opcode === BR_IF) {
      this.#branches(1);
    } else if (opcode === BR_TABLE) {
      this.#branches(this.#cursor.unsigned() + 1);
    } else if (opcode >= CALL && opcode <= RETURN_CALL_INDIRECT) {
      this.#paths.demand('a call for which nothing is taken', at);
      this.#deeper(opcode, at);
    }
    this.#cursor.at = start;
    if (STOPS.has(opcode)) this.#paths.stop();
  }

  #deeper(opcode: number, at: number): void {
    if (opcode === RETURN_CALL || opcode === RETURN_CALL_INDIRECT) this.#depth?.tailCall(at);
    else if (opcode === CALL_INDIRECT) this.#depth?.call(at);
    else if (this.#cursor.unsigned() >= this.#context.importedFunctions) this.#depth?.call(at);
  }

  #branches(labels: number): void {
    const at = this.#cursor.at;
    for (let left = labels; left > 0; left -= 1) this.#paths.branch(this.#cursor.unsigned(), at);
  }

  /** Keeps account of the blocks that are open, and wants a check in each loop. */
  #nest(opcode: number, at: number): void {
    if (opcode === BLOCK) this.#paths.open('block');
    else if (opcode === IF) this.#paths.open('if');
    else if (opcode === ELSE) this.#paths.else();
    else if (opcode === LOOP) this.#loop(at);
    else if (opcode === END && this.#paths.end()) this.#refill(at);
  }

  #loop(at: number): void {
    this.#paths.open('loop');
    if (!this.#code.matchCheck()) {
      if (!this.#code.matchOutlinedHead()) throw new Unproven('a loop without a check', at);
      this.#paths.open('block', true);
      this.#paths.open('loop');
    }
    this.#paths.check();
  }

  /** To ask for more is as good as to take something: the host decides whether the run goes on. */
  #refill(at: number): void {
    if (!this.#code.matchRefill()) throw new Unproven('a check that does not ask for more', at);
    this.#paths.take();
  }

  #reload(at: number): void {
    if (this.#code.matchReloadAndTake()) this.#paths.take();
    else if (!this.#code.matchReload()) {
      throw new Unproven('a call behind which the counter is not loaded', at);
    }
  }

  #take(): boolean {
    if (!this.#code.matchTake()) return false;
    this.#paths.take();
    return true;
  }

  /** A charge, or one with a check and the operation that it is for. */
  #counterCode(): boolean {
    const first = this.#cursor.bytes[this.#cursor.at];
    if (first === LOCAL_GET) return this.#take() || (this.#depth?.pass() ?? false);
    if (first !== LOCAL_TEE) return false;
    const grown = this.#code.matchGrowth();
    if (grown !== null) {
      this.#take();
      this.#growth(grown);
    } else if (this.#code.matchBulk()) {
      this.#take();
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
    const { counter, depth } = this.#context;
    const start = this.#cursor.at;
    if (opcode >= LOCAL_GET && opcode <= LOCAL_TEE) {
      const index = this.#cursor.unsigned();
      if (index === this.#fuel) throw new Unproven('the counter is touched', at);
      if (index === this.#depth?.left) throw new Unproven('the depth of calls is touched', at);
    } else if (opcode === GLOBAL_GET || opcode === GLOBAL_SET) {
      const index = this.#cursor.unsigned();
      if (index === counter) throw new Unproven('the counter is touched', at);
      if (index === depth?.global) throw new Unproven('the depth of calls is touched', at);
    } else if (opcode === CALL || opcode === RETURN_CALL || opcode === REF_FUNC) {
      this.#refuseHost(this.#cursor.unsigned(), at);
    }
    this.#cursor.at = start;
  }

  #refuseHost(index: number, at: number): void {
    const { hostFunction, refuel, depth } = this.#context;
    if (index === hostFunction || index === refuel) throw new Unproven('the counter can be filled', at);
    if (index === depth?.exhausted) throw new Unproven('the run can be ended from the code', at);
  }
}
