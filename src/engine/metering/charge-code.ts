import type { BinaryWriter } from './binary-writer.ts';
import type { Charge } from './charges.ts';
import type { DepthCode } from './depth-code.ts';
import { EMPTY_BLOCK } from './value-types.ts';

const UNREACHABLE = 0x00;
const BLOCK = 0x02;
const LOOP = 0x03;
const IF = 0x04;
const END = 0x0b;
const BR = 0x0c;
const BR_IF = 0x0d;
const CALL = 0x10;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const MEMORY_SIZE = 0x3f;
const TABLE_SIZE = [0xfc, 16] as const;
const I64_CONST = 0x42;
const I64_LE_U = 0x58;
const I64_LE_S = 0x57;
const I64_ADD = 0x7c;
const I64_SUB = 0x7d;
const I64_MUL = 0x7e;
const I64_EXTEND_I32_U = 0xad;

/** Labels that stand around an outlined loop. */
export const OUTLINE_LABELS = 3;

/** What the added code of a function refers to. */
export interface FunctionNames {
  /** The counter: a mutable i64 global that holds the fuel left. */
  readonly counter: number;
  /** The function that asks the host for more, or null when an empty counter traps. */
  readonly refuel: number | null;
  /** An i64 local of the function's own that equals the counter, so that it need not be loaded. */
  readonly fuel: number;
  /** An i32 local that holds a size while it is paid for. */
  readonly size: number;
  /** Pages that the memory may have. */
  readonly memoryMaximum: number;
  /** Elements that each table may have. */
  readonly tableMaxima: readonly number[];
  /** What entering a function costs. */
  readonly functionEntry: number;
  /**
   * In a twin, the block type of its results: the fuel is a parameter, and what is left is handed back behind the
   * results, so the code stands in a block. Null elsewhere.
   */
  readonly twin: number | null;
}

/** Writes the code of a function's charges. */
export class ChargeCode {
  readonly #writer: BinaryWriter;
  readonly #names: FunctionNames;
  readonly #depth: DepthCode | null;

  /** A function whose calls need not be counted has no `depth`. */
  constructor(writer: BinaryWriter, names: FunctionNames, depth: DepthCode | null) {
    this.#writer = writer;
    this.#names = names;
    this.#depth = depth;
  }

  write(charge: Charge): void {
    const { kind, cost, loop, source } = charge;
    switch (kind) {
      case 'run':
        this.#take(cost, source);
        return;
      case 'entry':
        this.#depth?.enter();
        this.#entryCheck();
        this.#take(cost);
        this.#openTwin();
        return;
      case 'loop':
        if (loop?.outlined) this.#outlinedCheck();
        else this.#check();
        this.#take(cost);
        return;
      case 'beforeLoop':
        if (loop?.outlined) this.#beforeLoop(loop.blockType);
        return;
      case 'behindLoop':
        if (loop?.outlined) this.#behindLoop();
        return;
      case 'call':
        this.#depth?.beforeCall();
        return;
      case 'twinCall':
        this.#indexed(LOCAL_GET, this.#names.fuel);
        this.#depth?.beforeTwinCall();
        return;
      case 'return':
        if (this.#names.twin !== null) this.#indexed(LOCAL_GET, this.#names.fuel);
        return;
      case 'tailCall':
        this.#depth?.beforeTailCall();
        return;
      default:
        this.#sized(charge);
        this.#take(cost);
    }
  }

  #indexed(opcode: number, index: number): void {
    this.#writer.byte(opcode);
    this.#writer.u32(index);
  }

  #constant(value: number): void {
    this.#writer.byte(I64_CONST);
    this.#writer.signed(value);
  }

  /** Behind the last `end` of the function's own code. */
  close(): void {
    if (this.#names.twin === null) return;
    this.#indexed(LOCAL_GET, this.#names.fuel);
    this.#writer.byte(END);
  }

  #openTwin(): void {
    if (this.#names.twin !== null) this.#writer.bytes(BLOCK, this.#names.twin);
  }

  /** Takes a fixed amount; at least brings the local up to date where it may not be. */
  #take(amount: number, source: Charge['source'] = 'copy'): void {
    const { counter, fuel } = this.#names;
    if (source === 'counter') this.#indexed(GLOBAL_GET, counter);
    else if (source === 'copy' && amount !== 0) this.#indexed(LOCAL_GET, fuel);
    if (amount !== 0) {
      this.#constant(amount);
      this.#writer.byte(I64_SUB);
      this.#keep();
    } else if (source !== 'copy') {
      this.#indexed(LOCAL_SET, fuel);
    }
  }

  /** Keeps what is on the stack as the fuel left, in the local and in the counter. */
  #keep(): void {
    this.#indexed(LOCAL_TEE, this.#names.fuel);
    this.#indexed(GLOBAL_SET, this.#names.counter);
  }

  /** Asks for more unless more is left than the entry costs. */
  #entryCheck(): void {
    const { counter, refuel, fuel, functionEntry, twin } = this.#names;
    if (twin === null) this.#indexed(GLOBAL_GET, counter);
    this.#indexed(twin === null ? LOCAL_TEE : LOCAL_GET, fuel);
    this.#constant(functionEntry);
    this.#writer.bytes(I64_LE_S, IF, EMPTY_BLOCK);
    // The entry is paid before the trap, so that the bill shows it.
    if (refuel === null) this.#take(functionEntry);
    this.#refill(-functionEntry);
    this.#writer.byte(END);
  }

  #isEmpty(): void {
    this.#indexed(LOCAL_GET, this.#names.fuel);
    this.#constant(0);
    this.#writer.byte(I64_LE_S);
  }

  #check(): void {
    this.#isEmpty();
    this.#writer.bytes(IF, EMPTY_BLOCK);
    this.#refill(0);
    this.#writer.byte(END);
  }

  #refill(ahead: number): void {
    const { refuel, fuel } = this.#names;
    if (refuel === null) {
      this.#writer.byte(UNREACHABLE);
    } else {
      this.#constant(ahead);
      this.#indexed(CALL, refuel);
      this.#indexed(LOCAL_SET, fuel);
    }
  }

  /** `block loop block`: behind the last comes the call for more fuel, behind the first what follows. */
  #beforeLoop(blockType: number): void {
    this.#writer.bytes(BLOCK, blockType, LOOP, blockType, BLOCK, EMPTY_BLOCK);
  }

  #outlinedCheck(): void {
    this.#isEmpty();
    this.#indexed(BR_IF, 1);
  }

  #behindLoop(): void {
    this.#indexed(BR, OUTLINE_LABELS - 1);
    this.#writer.byte(END);
    this.#refill(0);
    this.#indexed(BR, 0);
    this.#writer.bytes(END, END);
  }

  /** Growth is paid for only when it can succeed, as in Wasmtime. */
  #sized(charge: Charge): void {
    this.#indexed(LOCAL_TEE, this.#names.size);
    const grows = charge.kind !== 'bulk';
    if (grows) this.#ifItFits(charge);
    this.#takeBySize(charge.rate);
    this.#check();
    if (grows) this.#writer.byte(END);
  }

  /** Takes `rate` for each unit of the size that was kept. */
  #takeBySize(rate: number): void {
    this.#indexed(LOCAL_GET, this.#names.fuel);
    this.#indexed(LOCAL_GET, this.#names.size);
    this.#writer.byte(I64_EXTEND_I32_U);
    if (rate !== 1) {
      this.#constant(rate);
      this.#writer.byte(I64_MUL);
    }
    this.#writer.byte(I64_SUB);
    this.#keep();
  }

  /** Begins a block that is entered when the memory or table may grow by the size that was kept. */
  #ifItFits({ kind, table }: Charge): void {
    const { size, memoryMaximum, tableMaxima } = this.#names;
    const memory = kind === 'growMemory';
    this.#indexed(LOCAL_GET, size);
    this.#writer.byte(I64_EXTEND_I32_U);
    if (memory) this.#writer.bytes(MEMORY_SIZE, 0);
    else {
      this.#writer.bytes(...TABLE_SIZE);
      this.#writer.u32(table);
    }
    this.#writer.bytes(I64_EXTEND_I32_U, I64_ADD);
    this.#constant(memory ? memoryMaximum : (tableMaxima[table] ?? 0));
    this.#writer.bytes(I64_LE_U, IF, EMPTY_BLOCK);
  }
}

/**
 * The body of the function that a check calls, `(i64 ahead) -> (i64 left)`: it gives back what was
 * taken ahead, so that the host sees what was really used, asks for more and takes it again.
 */
export function writeRefuelBody(writer: BinaryWriter, counter: number, hostFunction: number): void {
  const noLocals = 0;
  const ahead = 0;
  const indexed = (opcode: number, index: number) => {
    writer.byte(opcode);
    writer.u32(index);
  };
  writer.byte(noLocals);
  indexed(GLOBAL_GET, counter);
  indexed(LOCAL_GET, ahead);
  writer.byte(I64_ADD);
  indexed(CALL, hostFunction);
  indexed(LOCAL_GET, ahead);
  writer.byte(I64_SUB);
  indexed(LOCAL_TEE, ahead);
  indexed(GLOBAL_SET, counter);
  indexed(LOCAL_GET, ahead);
  writer.byte(END);
}
