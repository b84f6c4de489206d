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
  /** The last line that was found. */
  #line = 1;
  /** The last place that was asked for: on a long line the count goes on from there. */
  #known = { line: 0, offset: 0, column: 1 };

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#text = text;
    this.#starts = starts;
  }

  positionOf(offset: number): Position {
    const line = this.lineOf(offset);
    const start = { line, offset: this.#starts[line - 1] ?? 0, column: 1 };
    const from = this.#known.line === line && this.#known.offset <= offset ? this.#known : start;
    const column = from.column + countCharacters(this.#text, from.offset, offset);
    this.#known = { line, offset, column };
    return { line, column };
  }

  /** From 1. */
  lineOf(offset: number): number {
    // Whoever asks in order asks for the same line again and again.
    const line = this.#line;
    const isThere = offset >= (this.#starts[line - 1] ?? 0) && offset < (this.#starts[line] ?? offset + 1);
    if (!isThere) this.#line = this.#search(offset);
    return this.#line;
  }

  #search(offset: number): number {
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

/** From one offset to another, without a copy: the text can be long. */
function countCharacters(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
