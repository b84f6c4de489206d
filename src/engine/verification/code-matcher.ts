import type { ByteCursor } from './byte-cursor.ts';

/** Compares code with what it should be, operator by operator. */
export class CodeMatcher {
  readonly #cursor: ByteCursor;

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  /** Leaves the cursor alone when `match` answers false. */
  attempt(match: () => boolean): boolean {
    const start = this.#cursor.at;
    if (match()) return true;
    this.#cursor.at = start;
    return false;
  }

  opcode(opcode: number): boolean {
    return this.#cursor.next() === opcode;
  }

  indexed(opcode: number, index: number): boolean {
    return this.anyIndexed(opcode) === index;
  }

  /** The index behind the opcode, or null when another one comes. */
  anyIndexed(opcode: number): number | null {
    return this.opcode(opcode) ? this.#cursor.unsigned() : null;
  }
}
