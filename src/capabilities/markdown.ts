import type { Capability, Failure, GuestContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { readDecimal } from './number-text.ts';
import { type Table, tableOf } from './table.ts';
import { boundText, countCharacters } from './text.ts';
import { createValues, type Values } from './values.ts';

/** Wider cells are not filled up with spaces, which would make a long text of every short one. */
const WIDEST_FILLED = 40;

const pure = hostFunction<Values>('pure');

export const markdown: Capability<GuestContext> = defineCapability({
  name: 'markdown',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    table: pure({
      summary: 'A table of an array of objects, or of arrays of which the first names the columns.',
      fails: ['ETRFM', 'EBOUND'],
      params: { rows: 'value' },
      result: 'string',
      run: ({ rows }, values) =>
        values.read(rows, (value) => {
          const table = tableOf(value);
          return 'ok' in table ? table : renderTable(table);
        }),
    }),
    escape: pure({
      summary: 'The text with what has a meaning in Markdown made plain.',
      fails: ['EBOUND'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => boundText(text.replace(/[\\`*_{}[\]()<>#+!|~-]/g, '\\$&')),
    }),
  },
});

interface Column {
  readonly width: number;
  readonly isNumeric: boolean;
}

/** With columns of one width, so that it can be read as plain text, and numbers to the right. */
function renderTable(table: Table): string | Failure {
  const width = table.reduce((most, row) => Math.max(most, row.length), 0);
  const rows = table.map((row) => Array.from({ length: width }, (_, index) => escapeCell(row[index] ?? '')));
  const columns = Array.from({ length: width }, (_, index) =>
    describeColumn(rows.map((row) => row[index] ?? '')),
  );
  const [head = [], ...body] = rows.map((row) => renderRow(row, columns));
  const rule = columns.map((column) =>
    column.isNumeric ? `${'-'.repeat(column.width - 1)}:` : '-'.repeat(column.width),
  );
  return boundText(width === 0 ? '' : [head, `| ${rule.join(' | ')} |`, ...body, ''].join('\n'));
}

function describeColumn([name = '', ...cells]: readonly string[]): Column {
  const widths = [name, ...cells].map(countCharacters).filter((width) => width <= WIDEST_FILLED);
  const width = widths.reduce((most, next) => Math.max(most, next), 3);
  return {
    width,
    isNumeric: cells.length > 0 && cells.every((cell) => typeof readDecimal(cell) === 'number'),
  };
}

function renderRow(row: readonly string[], columns: readonly Column[]): string {
  const cells = row.map((cell, index) => fill(cell, columns[index] ?? { width: 0, isNumeric: false }));
  return `| ${cells.join(' | ')} |`;
}

function fill(cell: string, { width, isNumeric }: Column): string {
  const space = ' '.repeat(Math.max(0, width - countCharacters(cell)));
  return isNumeric ? space + cell : cell + space;
}

function escapeCell(cell: string): string {
  return cell
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\s*[\r\n]+\s*/g, ' ');
}
