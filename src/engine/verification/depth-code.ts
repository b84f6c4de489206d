import type { ByteCursor } from './byte-cursor.ts';
import { CodeMatcher } from './code-matcher.ts';

const OP = {
  unreachable: 0x00,
  if: 0x04,
  end: 0x0b,
  call: 0x10,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Const: 0x41,
  i32LtS: 0x48,
  i32Add: 0x6a,
  i32Sub: 0x6b,
} as const;
const EMPTY_BLOCK = 0x40;
/** Far above any weight, and far from where 32 bits would wrap. */
const MOST_WEIGHT = 2 ** 20;

/** The indices that the depth's code may use. */
export interface DepthNames {
  /** The global that holds the depth left. */
  readonly depth: number;
  /** The host function that a call too deep ends in, or null where it traps. */
  readonly exhausted: number | null;
}

/** What a function keeps of the depth. */
export interface CountedFrame {
  /** The local that holds what is left below it. */
  readonly left: number;
  /** What it takes: at least 1. */
  readonly weight: number;
}

/**
 * Recognises the only code that may touch the depth of calls. As in `CounterCode`, a method that finds
 * something else leaves the cursor alone.
 */
export class DepthCode {
  readonly #cursor: ByteCursor;
  readonly #code: CodeMatcher;
  readonly #names: DepthNames;

  constructor(cursor: ByteCursor, names: DepthNames) {
    this.#cursor = cursor;
    this.#code = new CodeMatcher(cursor);
    this.#names = names;
  }

  /**
   * `left = depth - weight; if left < 0: the run ends`. Answers null where the function does not begin so. In a
   * twin, the depth is in the parameter `handed`, and `left` as well.
   */
  matchEntry(handed: number | null): CountedFrame | null {
    let frame: CountedFrame | null = null;
    this.#code.attempt(() => {
      frame = this.#entry(handed);
      return frame !== null;
    });
    return frame;
  }

  /** `depth = left`: what is called next gets what is left. */
  matchHandOn({ left }: CountedFrame): boolean {
    return this.#code.attempt(() => this.#code.indexed(OP.localGet, left) && this.#setsDepth());
  }

  /** `depth = left + weight`: what takes this function's place gets what it got. */
  matchHandBack({ left, weight }: CountedFrame): boolean {
    const code = this.#code;
    return code.attempt(() => {
      if (!code.indexed(OP.localGet, left) || this.#constant() !== weight) return false;
      return code.opcode(OP.i32Add) && this.#setsDepth();
    });
  }

  #entry(handed: number | null): CountedFrame | null {
    const code = this.#code;
    const { depth, exhausted } = this.#names;
    const given = handed === null ? code.indexed(OP.globalGet, depth) : code.indexed(OP.localGet, handed);
    if (!given) return null;
    const weight = this.#constant();
    if (!(weight >= 1 && weight <= MOST_WEIGHT) || !code.opcode(OP.i32Sub)) return null;
    const left = code.anyIndexed(OP.localTee);
    if (left === null || left !== (handed ?? left) || this.#constant() !== 0 || !code.opcode(OP.i32LtS))
      return null;
    if (!code.opcode(OP.if) || !code.opcode(EMPTY_BLOCK)) return null;
    if (exhausted !== null && !code.indexed(OP.call, exhausted)) return null;
    return code.opcode(OP.unreachable) && code.opcode(OP.end) ? { left, weight } : null;
  }

  #setsDepth(): boolean {
    return this.#code.indexed(OP.globalSet, this.#names.depth);
  }

  #constant(): number {
    return this.#code.opcode(OP.i32Const) ? this.#cursor.signed() : Number.NaN;
  }
}
