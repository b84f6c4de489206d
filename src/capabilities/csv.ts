import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { readCsv } from './csv-reader.ts';
import { defineCapability, hostFunction } from './define.ts';
import type { Json } from './json-value.ts';
import { isFailure } from './json-value.ts';
import { objectsOf, tableOf } from './table.ts';
import { boundText, excerpt } from './text.ts';
import { createValues, type Values } from './values.ts';

const COMMA = { type: 'string', default: ',' } as const;
const NO_SEPARATOR = /^["\r\n]$/;

const pure = hostFunction<Values>('pure');

/** Tables as lines of cells. All cells are texts; a text that writes a number counts as one in `array` and `json`. */
export const csv: Capability<GuestContext> = defineCapability({
  name: 'csv',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    parse: pure({
      summary: 'Rows as objects by the names in the first, or as arrays without a header.',
      fails: ['EBOUND', 'EPARSE'],
      params: { text: 'string', separator: COMMA, header: { type: 'bool', default: true } },
      result: 'value',
      run: ({ text, separator, header }, values) => {
        const rows = refuseSeparator(separator) ?? readCsv(text, separator);
        if ('ok' in rows) return rows;
        const made: Json | Failure = header ? objectsOf(rows) : rows.map((row) => [...row]);
        return isFailure(made) ? made : values.take(made);
      },
    }),
    stringify: pure({
      summary: 'An array of objects, with their names as the first line, or of arrays.',
      fails: ['ETRFM', 'EBOUND'],
      params: { rows: 'value', separator: COMMA },
      result: 'string',
      run: ({ rows, separator }, values) => {
        const refusal = refuseSeparator(separator);
        if (refusal) return refusal;
        return values.read(rows, (value) => {
          const table = tableOf(value);
          if ('ok' in table) return table;
          const lines = table.map((row) => `${row.map((cell) => quote(cell, separator)).join(separator)}\n`);
          return boundText(lines.join(''));
        });
      },
    }),
  },
});

function refuseSeparator(separator: string): Failure | null {
  if (separator.length === 1 && !NO_SEPARATOR.test(separator)) return null;
  return fail(
    'EBOUND',
    `expected one character such as , or ; or a tab between cells, got ${excerpt(separator)}`,
  );
}

/** In quotes where a reader would take it for something else. */
function quote(cell: string, separator: string): string {
  const plain = !cell.includes(separator) && !/["\r\n]|^\s|\s$/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
