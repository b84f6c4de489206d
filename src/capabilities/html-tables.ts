import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { HIDING_ATTRIBUTES, HiddenElements } from './html-hidden.ts';
import { type MarkupHandler, readMarkup } from './html-reader.ts';
import { collapseSpace } from './html-text.ts';

const ATTRIBUTES: ReadonlySet<string> = new Set(['colspan', ...HIDING_ATTRIBUTES]);
/** Tables inside tables past this depth count as text of their cell. */
const MAX_DEPTH = 16;
const MAX_SPAN = 100;
const MAX_CELLS = 200_000;
/** Elements that stand in a line and part no words. */
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** A table that is being read. */
interface OpenTable {
  readonly rows: string[][];
  cell: string[] | null;
  span: number;
}

/** The tables of a page in the order in which they begin, each as rows of texts. */
export function tablesOf(html: string): readonly (readonly string[][])[] | Failure {
  const reader = new TableReader();
  return readMarkup(html, reader, { attributes: ATTRIBUTES }) ?? reader.finish();
}

class TableReader implements MarkupHandler {
  readonly #tables: OpenTable[] = [];
  readonly #open: OpenTable[] = [];
  #cells = 0;
  readonly #hidden = new HiddenElements();

  text(text: string): void {
    if (this.#hidden.hides) return;
    this.#open.at(-1)?.cell?.push(text);
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#hidden.opens(name, attributes)) return;
    const table = this.#open.at(-1);
    if (name === 'table' && this.#open.length < MAX_DEPTH) this.#begin();
    else if (table === undefined) return;
    else if (name === 'tr') this.#beginRow(table);
    else if (name === 'td' || name === 'th') this.#beginCell(table, attributes.get('colspan') ?? '1');
    else if (!INLINE.has(name)) table.cell?.push(' ');
  }

  close(name: string): void {
    if (this.#hidden.closes(name)) return;
    const table = this.#open.at(-1);
    if (table === undefined) return;
    if (name === 'table') this.#end(table);
    else if (name === 'tr' || name === 'td' || name === 'th') this.#endCell(table);
    else if (!INLINE.has(name)) table.cell?.push(' ');
  }

  finish(): readonly (readonly string[][])[] | Failure {
    for (const table of this.#open) this.#endCell(table);
    return this.#cells > MAX_CELLS
      ? fail('EBOUND', 'the tables of the page have too many cells')
      : this.#tables.map(({ rows }) => rows.filter((row) => row.length > 0));
  }

  #begin(): void {
    const table: OpenTable = { rows: [], cell: null, span: 1 };
    this.#tables.push(table);
    this.#open.push(table);
  }

  #beginRow(table: OpenTable): void {
    this.#endCell(table);
    table.rows.push([]);
  }

  #beginCell(table: OpenTable, span: string): void {
    this.#endCell(table);
    if (table.rows.length === 0) table.rows.push([]);
    table.cell = [];
    table.span = /^\d{1,3}$/.test(span) ? Math.min(MAX_SPAN, Math.max(1, Number(span))) : 1;
  }

  #endCell(table: OpenTable): void {
    const { cell, span, rows } = table;
    if (cell === null) return;
    table.cell = null;
    this.#cells += span;
    if (this.#cells > MAX_CELLS) return;
    // What spans columns stands in the first of them, so that the others stay in theirs.
    rows.at(-1)?.push(collapseSpace(cell.join('')), ...Array.from({ length: span - 1 }, () => ''));
  }

  #end(table: OpenTable): void {
    this.#endCell(table);
    this.#open.pop();
  }
}
