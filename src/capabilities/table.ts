import { itemsOf } from './array-items.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Json } from './json-value.ts';
import { typeOf } from './json-value.ts';
import { plainText } from './json-writer.ts';

const MAX_COLUMNS = 1_000;

/** Rows of texts, the first of them the names of the columns. */
export type Table = readonly (readonly string[])[];

/** Rows as objects by the names in the first one. What has no name is called by its column: `column_3`. */
export function objectsOf(table: Table): Json[] | Failure {
  const [first = [], ...rows] = table;
  const width = table.reduce((most, row) => Math.max(most, row.length), 0);
  if (width > MAX_COLUMNS) return fail('EBOUND', `a table of ${width} columns, more than ${MAX_COLUMNS}`);
  const names = columnNames(first, width);
  return rows.map((row) => {
    const columns = names.slice(0, Math.max(first.length, row.length));
    return new Map(columns.map((name, index) => [name, row[index] ?? '']));
  });
}

function columnNames(first: readonly string[], width: number): string[] {
  const names = new Set<string>();
  for (let column = 0; column < width; column += 1) {
    const wanted = (first[column] ?? '').trim() || `column_${column + 1}`;
    let name = wanted;
    for (let copy = 2; names.has(name); copy += 1) name = `${wanted}_${copy}`;
    names.add(name);
  }
  return [...names];
}

/** The table of an array of objects, whose names become the first row, or of an array of arrays as it is. */
export function tableOf(value: Json): Table | Failure {
  const items = itemsOf(value);
  if (!Array.isArray(items)) return items;
  const names = namesOf(items);
  if (!Array.isArray(names)) return names;
  const table: string[][] = names.length === 0 ? [] : [names];
  for (const [index, item] of items.entries()) {
    const row = rowOf(item, names);
    if (!Array.isArray(row)) return fail(row.status, `item ${index}: ${row.message}`);
    table.push(row);
  }
  return table;
}

/** The names of all objects in the order in which they come up first. */
function namesOf(items: readonly Json[]): string[] | Failure {
  const names = new Set<string>();
  for (const item of items) {
    for (const name of item instanceof Map ? item.keys() : []) names.add(name);
    if (names.size > MAX_COLUMNS) return fail('EBOUND', `a table of more than ${MAX_COLUMNS} columns`);
  }
  return [...names];
}

function rowOf(item: Json, names: readonly string[]): string[] | Failure {
  if (!Array.isArray(item) && !(item instanceof Map)) {
    return fail('ETRFM', `expected an object or an array for a row, got ${typeOf(item)}`);
  }
  const cells = Array.isArray(item) ? item : names.map((name) => item.get(name) ?? null);
  const row: string[] = [];
  for (const cell of cells) {
    const text = cell === null ? '' : plainText(cell);
    if (typeof text !== 'string') return text;
    row.push(text);
  }
  return row;
}
