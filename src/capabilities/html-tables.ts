import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { HIDING_ATTRIBUTES, HiddenElements } from './html-hidden.ts';
import { type MarkupHandler, readMarkup } from './html-reader.ts';
import { collapseSpace } from './html-text.ts';

const ATTRIBUTES: ReadonlySet<string> = new Set(['colspan', 'rowspan', ...HIDING_ATTRIBUTES]);
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
  columns: number;
  /** Of the cell, how many rows it goes on for. */
  height: number;
  /** By column, the cells of rows above that reach into this one. */
  readonly reaching: Map<number, { readonly text: string; rows: number }>;
}

/** The tables of a page in the order in which they begin, each as rows of texts. */
export function tablesOf(html: string): readonly (readonly string[][])[] | Failure {
  const reader = new TableReader();
  return readMarkup(html, reader, { attributes: ATTRIBUTES }) ?? reader.finish();
}

function spanOf(attribute = '1'): number {
  return /^\d{1,3}$/.test(attribute) ? Math.min(MAX_SPAN, Math.max(1, Number(attribute))) : 1;
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
    else if (name === 'td' || name === 'th') this.#beginCell(table, attributes);
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
    for (const table of this.#open) this.#endRow(table);
    return this.#cells > MAX_CELLS
      ? fail('EBOUND', 'the tables of the page have too many cells')
      : this.#tables.map(({ rows }) => rows.filter((row) => row.length > 0));
  }

  #begin(): void {
    const table: OpenTable = { rows: [], cell: null, columns: 1, height: 1, reaching: new Map() };
    this.#tables.push(table);
    this.#open.push(table);
  }

  #beginRow(table: OpenTable): void {
    this.#endRow(table);
    table.rows.push([]);
  }

  #endRow(table: OpenTable): void {
    this.#endCell(table);
    this.#fill(table);
  }

  #beginCell(table: OpenTable, attributes: ReadonlyMap<string, string>): void {
    this.#endCell(table);
    if (table.rows.length === 0) table.rows.push([]);
    table.cell = [];
    table.columns = spanOf(attributes.get('colspan'));
    table.height = spanOf(attributes.get('rowspan'));
  }

  /** A cell that goes on over several rows is told in each of them, so that the others stay in their columns. */
  #fill({ rows, reaching }: OpenTable): void {
    const row = rows.at(-1);
    let above = reaching.get(row?.length ?? 0);
    while (row !== undefined && above !== undefined && this.#cells < MAX_CELLS) {
      above.rows -= 1;
      if (above.rows === 0) reaching.delete(row.length);
      row.push(above.text);
      this.#cells += 1;
      above = reaching.get(row.length);
    }
  }

  #endCell(table: OpenTable): void {
    const { cell, columns, height, rows, reaching } = table;
    if (cell === null) return;
    table.cell = null;
    this.#fill(table);
    this.#cells += columns;
    if (this.#cells > MAX_CELLS) return;
    const text = collapseSpace(cell.join(''));
    const column = rows.at(-1)?.length ?? 0;
    // What spans columns stands in the first of them, so that the others stay in theirs.
    const texts = [text, ...Array.from({ length: columns - 1 }, () => '')];
    rows.at(-1)?.push(...texts);
    if (height > 1)
      for (const [index, own] of texts.entries())
        reaching.set(column + index, { text: own, rows: height - 1 });
  }

  #end(table: OpenTable): void {
    this.#endRow(table);
    this.#open.pop();
  }
}
