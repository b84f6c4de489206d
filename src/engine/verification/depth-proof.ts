import { type ByteCursor, Unproven } from './byte-cursor.ts';
import { type CountedFrame, DepthCode, type DepthNames } from './depth-code.ts';

const WORDS_PER_WEIGHT = 16;
/** A frame up to this size need not be counted when nothing can lie below it. */
const MOST_UNCOUNTED_WORDS = 256;
const PARAMETER_WORDS = 3;
/** The locals for the counter, for a size and for the depth itself lie in every frame, and weigh nothing. */
const OWN_WORDS = 3;

/** Room for a function's parameters and other locals, in words of 8 bytes. */
export interface FrameSize {
  readonly parameterWords: number;
  readonly localWords: number;
  /** In a twin, the parameter in which the depth is handed to it. */
  readonly handed: number | null;
}

/** Proves that one function takes its share of the depth of calls before it calls another. */
export class DepthProof {
  readonly #cursor: ByteCursor;
  readonly #code: DepthCode;
  readonly #frame: CountedFrame | null;
  /** Where the depth was last handed on to a callee, and back to what takes this function's place. */
  #handedOn = -1;
  #handedBack = -1;

  /** With the cursor behind the locals; leaves it behind the count, where there is one. */
  constructor(cursor: ByteCursor, names: DepthNames, { parameterWords, localWords, handed }: FrameSize) {
    this.#cursor = cursor;
    this.#code = new DepthCode(cursor, names);
    const start = cursor.at;
    this.#frame = this.#code.matchEntry(handed);
    const words = parameterWords * PARAMETER_WORDS + localWords - OWN_WORDS;
    const large =
      this.#frame === null ? words > MOST_UNCOUNTED_WORDS : words > this.#frame.weight * WORDS_PER_WEIGHT;
    if (large) throw new Unproven('a function that counts for less than its size', start);
  }

  /** The local that holds the depth left, which no other code may name. */
  get left(): number | null {
    return this.#frame?.left ?? null;
  }

  /** Passes over code that hands the depth on or back. */
  pass(): boolean {
    if (this.#frame === null) return false;
    if (this.#code.matchHandOn(this.#frame)) this.#handedOn = this.#cursor.at;
    else if (this.#code.matchHandBack(this.#frame)) this.#handedBack = this.#cursor.at;
    else return false;
    return true;
  }

  /** A call of a function that may be the module's own. */
  call(at: number): void {
    if (this.#handedOn !== at) throw new Unproven('a call that is not counted', at);
  }

  tailCall(at: number): void {
    if (this.#frame !== null && this.#handedBack !== at)
      throw new Unproven('a tail call that is not counted', at);
  }
}
