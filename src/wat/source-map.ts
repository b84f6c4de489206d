/** Leads from a place in printed text back to the offset in the body that it came from. */
export class SourceMap {
  readonly #lines: number[] = [];
  readonly #columns: number[] = [];
  readonly #offsets: number[] = [];

  /** Lines and columns from 0, in the order of the printed text. */
  add(line: number, column: number, offset: number): void {
    this.#lines.push(line);
    this.#columns.push(column);
    this.#offsets.push(offset);
  }

  /** The offset that the nearest token at or before the place came from, or null before the first. */
  find(line: number, column: number): number | null {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isAfter(middle, line, column)) high = middle;
      else low = middle + 1;
    }
    return this.#offsets[low - 1] ?? null;
  }

  #isAfter(entry: number, line: number, column: number): boolean {
    const own = this.#lines[entry] ?? 0;
    return own > line || (own === line && (this.#columns[entry] ?? 0) > column);
  }
}
