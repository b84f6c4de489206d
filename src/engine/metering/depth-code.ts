import type { BinaryWriter } from './binary-writer.ts';
import { EMPTY_BLOCK } from './value-types.ts';

const UNREACHABLE = 0x00;
const IF = 0x04;
const END = 0x0b;
const CALL = 0x10;
const LOCAL_GET = 0x20;
const LOCAL_TEE = 0x22;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const I32_CONST = 0x41;
const I32_LT_S = 0x48;
const I32_ADD = 0x6a;
const I32_SUB = 0x6b;

/** What the depth's code of a function refers to. */
export interface DepthNames {
  /** A mutable i32 global: the depth that is left to the function that is entered next. */
  readonly depth: number;
  /** The host function that ends a run whose calls are too deep, or null when that traps. */
  readonly exhausted: number | null;
  /** An i32 local that holds what is left to the functions that this one calls. */
  readonly left: number;
  /** Whether that is a parameter, in which a twin is handed what it would find in the global. */
  readonly handed: boolean;
  /** How much of the depth the function's frame takes. */
  readonly weight: number;
}

/**
 * Writes the code by which a function counts the depth of calls. Each function that calls sets the global
 * before it does, so nothing has to be set back behind a call or at an end.
 */
export class DepthCode {
  readonly #writer: BinaryWriter;
  readonly #names: DepthNames;

  constructor(writer: BinaryWriter, names: DepthNames) {
    this.#writer = writer;
    this.#names = names;
  }

  /** Takes the function's weight, and ends the run when there is not as much. */
  enter(): void {
    const { depth, exhausted, left, handed, weight } = this.#names;
    if (handed) this.#indexed(LOCAL_GET, left);
    else this.#indexed(GLOBAL_GET, depth);
    this.#constant(weight);
    this.#writer.byte(I32_SUB);
    this.#indexed(LOCAL_TEE, left);
    this.#constant(0);
    this.#writer.bytes(I32_LT_S, IF, EMPTY_BLOCK);
    if (exhausted !== null) this.#indexed(CALL, exhausted);
    this.#writer.bytes(UNREACHABLE, END);
  }

  beforeCall(): void {
    this.#indexed(LOCAL_GET, this.#names.left);
    this.#indexed(GLOBAL_SET, this.#names.depth);
  }

  /** As the last argument. */
  beforeTwinCall(): void {
    this.#indexed(LOCAL_GET, this.#names.left);
  }

  /** What is called takes the place of this function's frame, so it gets what this one got. */
  beforeTailCall(): void {
    this.#indexed(LOCAL_GET, this.#names.left);
    this.#constant(this.#names.weight);
    this.#writer.byte(I32_ADD);
    this.#indexed(GLOBAL_SET, this.#names.depth);
  }

  #constant(value: number): void {
    this.#writer.byte(I32_CONST);
    this.#writer.signed(value);
  }

  #indexed(opcode: number, index: number): void {
    this.#writer.byte(opcode);
    this.#writer.u32(index);
  }
}
