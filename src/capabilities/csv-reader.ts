import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { escapePattern } from './text.ts';
import { MAX_ITEMS, refuseItems } from './values.ts';

const QUOTE = '"';
/** The most cells that a table is read from. */
const MAX_CELLS = 500_000;

/**
 * The rows of a table as RFC 4180 writes it, each a list of texts; lines without anything are left out. EPARSE
 * names the line on which a quoted cell begins that does not end as one should.
 */
export function readCsv(text: string, separator: string): readonly string[][] | Failure {
  return new CsvReader(text, separator).read();
}

class CsvReader {
  readonly #text: string;
  readonly #separator: string;
  readonly #rows: string[][] = [];
  /** What ends a cell that is not quoted. */
  readonly #end: RegExp;
  #offset = 0;
  #cells = 0;

  constructor(text: string, separator: string) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#separator = separator;
    this.#end = new RegExp(`[\r\n]|${escapePattern(separator)}`, 'g');
  }

  read(): readonly string[][] | Failure {
    while (this.#offset < this.#text.length) {
      const refusal = this.#row();
      if (refusal) return refusal;
    }
    return this.#rows;
  }

  #row(): Failure | null {
    const row: string[] = [];
    for (;;) {
      const cell = this.#cell();
      if (typeof cell !== 'string') return cell;
      row.push(cell);
      this.#cells += 1;
      if (this.#text[this.#offset] !== this.#separator) break;
      this.#offset += 1;
    }
    this.#offset += this.#text.startsWith('\r\n', this.#offset) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') this.#rows.push(row);
    if (this.#cells > MAX_CELLS) return fail('EBOUND', `a table of more than ${MAX_CELLS} cells`);
    return refuseItems(this.#rows.length);
  }

  #cell(): string | Failure {
    const start = this.#offset;
    const quote = this.#afterBlanks(start);
    if (this.#text[quote] === QUOTE) return this.#quotedCell(quote);
    this.#end.lastIndex = start;
    this.#offset = this.#end.exec(this.#text)?.index ?? this.#text.length;
    return this.#text.slice(start, this.#offset);
  }

  /** Many writers put a space behind the separator, so blanks around quotes are not of the cell. */
  #afterBlanks(start: number): number {
    let offset = start;
    for (;;) {
      const sign = this.#text[offset];
      if (sign === this.#separator || (sign !== ' ' && sign !== '\t')) return offset;
      offset += 1;
    }
  }

  #quotedCell(start: number): string | Failure {
    let end = this.#text.indexOf(QUOTE, start + 1);
    while (end !== -1 && this.#text[end + 1] === QUOTE) end = this.#text.indexOf(QUOTE, end + 2);
    if (end === -1) return this.#badCell(start, 'is not closed');
    const next = this.#afterBlanks(end + 1);
    const after = this.#text[next];
    if (after !== undefined && after !== this.#separator && after !== '\n' && after !== '\r') {
      return this.#badCell(start, `goes on after its closing quote with ${JSON.stringify(after)}`);
    }
    this.#offset = next;
    return this.#text.slice(start + 1, end).replaceAll('""', QUOTE);
  }

  #badCell(start: number, problem: string): Failure {
    const line = this.#text.slice(0, start).split(/\r\n|\n|\r/, MAX_ITEMS).length;
    return fail('EPARSE', `line ${line}: a quoted cell ${problem}; a quote inside one is written ""`);
  }
}
