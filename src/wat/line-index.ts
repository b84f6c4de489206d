export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters (code points). */
  readonly column: number;
}

/** Finds the line and column of an offset into a text. */
export class LineIndex {
  readonly #text: string;
  /** The offset at which each line begins. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#text = text;
    this.#starts = starts;
  }

  positionOf(offset: number): Position {
    const line = this.lineOf(offset);
    const before = this.#text.slice(this.#starts[line - 1] ?? 0, offset);
    return { line, column: [...before].length + 1 };
  }

  /** From 1. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
