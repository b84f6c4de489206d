import { passBulk, passGrowth } from './bulk-operations.ts';
import { type ByteCursor, Unproven } from './byte-cursor.ts';
import { CounterCode } from './counter-code.ts';
import { DepthProof, type FrameSize } from './depth-proof.ts';
import { MISC_PREFIX, passImmediates } from './immediates.ts';
import type { Body, OutlinedDepth } from './module-outline.ts';
import {
  BLOCK,
  BR,
  BR_IF,
  BR_TABLE,
  CALL,
  CALL_INDIRECT,
  ELSE,
  END,
  GLOBAL_GET,
  GLOBAL_SET,
  I32_CONST,
  IF,
  LOCAL_GET,
  LOCAL_TEE,
  LOOP,
  REF_FUNC,
  RETURN,
  RETURN_CALL,
  RETURN_CALL_INDIRECT,
  V128,
} from './opcodes.ts';
import { PaidPaths } from './paid-paths.ts';
import { HANDED } from './twins.ts';

/** `unreachable`, `br`, `br_table`, `return` and the tail calls: what follows is reached otherwise, if at all. */
const STOPS: ReadonlySet<number> = new Set([0x00, BR, BR_TABLE, RETURN, RETURN_CALL, RETURN_CALL_INDIRECT]);
const BULK: ReadonlySet<number> = new Set([8, 10, 11, 12, 14, 15, 17]);
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
  /** The functions that are handed the fuel, and hand it back. */
  readonly twins: ReadonlySet<number>;
  readonly memoryMaximum: number;
  readonly tableMaxima: readonly number[];
}

/** Goes through one function, operator by operator, and throws `Unproven` where the form is not kept. */
export class FunctionProof {
  readonly #cursor: ByteCursor;
  readonly #end: number;
  readonly #context: ProofContext;
  readonly #fuel: number;
  /** Whether the function is a twin. */
  readonly #handed: boolean;
  readonly #code: CounterCode;
  readonly #depth: DepthProof | null;
  readonly #paths = new PaidPaths();
  /** The size that a bulk operation here would have, when it needs no check. */
  #constant: number | null = null;

  constructor(cursor: ByteCursor, body: Body, context: ProofContext) {
    this.#cursor = cursor;
    this.#end = body.end;
    this.#context = context;
    this.#handed = context.twins.has(body.index);
    const { depth } = context;
    const size = this.#frameSize(body);
    const names = depth === null ? null : { depth: depth.global, exhausted: depth.exhausted };
    this.#depth = names === null ? null : new DepthProof(cursor, names, size);
    this.#fuel = this.#handed ? body.parameterCount - HANDED : this.#fuelLocal();
    const locals = { fuel: this.#fuel, handed: this.#handed, left: this.#depth?.left ?? null };
    this.#code = new CounterCode(cursor, { ...context, ...locals });
  }

  prove(): void {
    if (!this.#code.matchEntry()) throw new Unproven('a function entry without a check', this.#cursor.at);
    if (this.#handed) this.#proveTwin();
    else while (this.#cursor.at < this.#end) this.#step();
    if (this.#cursor.at !== this.#end) throw new Unproven('a function that ends elsewhere', this.#cursor.at);
  }

  /** A block, and behind it what is left of the fuel: no other way leads out but `return`, which has it too. */
  #proveTwin(): void {
    const cursor = this.#cursor;
    this.#take();
    if (cursor.bytes[cursor.at] !== BLOCK) throw new Unproven('a twin without a block', cursor.at);
    do this.#step();
    while (this.#paths.depth > 1 && cursor.at < this.#end);
    if (!this.#code.matchHandBack('end')) throw new Unproven('a twin that keeps the fuel', cursor.at);
  }

  /** What is added weighs nothing, be it locals or parameters. */
  #frameSize({ parameterWords, parameterCount }: Body): FrameSize {
    const localWords = this.#localWords();
    if (!this.#handed) return { parameterWords, localWords, handed: null };
    const own = parameterWords - HANDED;
    return { parameterWords: own, localWords: localWords + HANDED, handed: parameterCount - 1 };
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
    if (this.#handed && opcode === RETURN) throw new Unproven('a twin that keeps the fuel', at);
    if (STOPS.has(opcode)) this.#paths.stop();
  }

  #deeper(opcode: number, at: number): void {
    const tail = opcode === RETURN_CALL || opcode === RETURN_CALL_INDIRECT;
    if (this.#handed && tail) throw new Unproven('a twin that keeps the fuel', at);
    if (tail) this.#depth?.tailCall(at);
    else if (opcode === CALL_INDIRECT) this.#depth?.call(at);
    else if (this.#cursor.unsigned() >= this.#context.importedFunctions) this.#depth?.call(at);
  }

  #branches(labels: number): void {
    const at = this.#cursor.at;
    for (let left = labels; left > 0; left -= 1) {
      const label = this.#cursor.unsigned();
      if (this.#handed && label === this.#paths.depth - 1)
        throw new Unproven('a twin that keeps the fuel', at);
      this.#paths.branch(label, at);
    }
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

  /** A call of a twin, or its return. */
  #handsOver(): boolean {
    const { at } = this.#cursor;
    if (this.#handed && this.#code.matchHandBack('return')) {
      this.#paths.stop();
      return true;
    }
    if (!this.#code.matchTwinCall()) return false;
    this.#paths.demand('a call for which nothing is taken', at);
    this.#constant = null;
    if (this.#code.matchKeepAndTake()) this.#paths.take();
    else if (!this.#code.matchKeep()) throw new Unproven('a call behind which the fuel is not kept', at);
    return true;
  }

  #take(): boolean {
    if (!this.#code.matchTake()) return false;
    this.#paths.take();
    return true;
  }

  /** What begins with the fuel or with the depth left. */
  #account(): boolean {
    const start = this.#cursor.at;
    this.#cursor.move(1);
    const index = this.#cursor.unsigned();
    this.#cursor.at = start;
    if (index === this.#fuel) return this.#take() || this.#handsOver();
    return index === this.#depth?.left && this.#depth.pass();
  }

  /** A charge, or one with a check and the operation that it is for. */
  #counterCode(): boolean {
    const first = this.#cursor.bytes[this.#cursor.at];
    if (first === LOCAL_GET) return this.#account();
    if (first !== LOCAL_TEE) return false;
    const grown = this.#code.matchGrowth();
    if (grown !== null) {
      this.#take();
      passGrowth(this.#cursor, grown);
    } else if (this.#code.matchBulk()) {
      this.#take();
      passBulk(this.#cursor);
    } else {
      return false;
    }
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
    if (this.#context.twins.has(index)) throw new Unproven('a twin that is not handed the fuel', at);
    if (index === depth?.exhausted) throw new Unproven('the run can be ended from the code', at);
  }
}
