import { itemsOf, type KeyedItem, keyedItems } from './array-items.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { hostFunction } from './define.ts';
import { identityOf, matchesJson } from './json-compare.ts';
import { pickerOf } from './json-path.ts';
import { toNumber } from './json-scalar.ts';
import { isFailure, type Json } from './json-value.ts';
import { plainText } from './json-writer.ts';
import { sortKeyed } from './sort-items.ts';
import { createTally, mostFrequentFirst } from './tally.ts';
import { countCharacters, excerpt } from './text.ts';
import { titleCase } from './text-case.ts';
import type { Values } from './values.ts';

const KEY = { type: 'string', default: '' } as const;

const pure = hostFunction<Values>('pure');

/** Questions to a list as to a table: `key` is a member's name or path, and "" the item itself. */
export const arrayQueries = {
  sort: pure({
    summary: 'Sorted by a member: numbers by size, texts by code point; absent ones and null last.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: KEY, descending: { type: 'bool', default: false } },
    result: 'value',
    run: ({ array, key, descending }, values) =>
      query(values, array, key, (items) => values.create(sortKeyed(items, descending))),
  }),
  unique: pure({
    summary: 'The items without those that repeat an earlier one, or its member.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: KEY },
    result: 'value',
    run: ({ array, key }, values) => query(values, array, key, (items) => values.create(firstOfEach(items))),
  }),
  where: pure({
    summary: 'The items whose member equals value; 30 and "30" do.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: 'string', value: 'value' },
    result: 'value',
    run: ({ array, key, value }, values) =>
      values.read(value, (wanted) =>
        query(values, array, key, (items) =>
          values.create(items.filter((it) => matches(it, wanted)).map(({ item }) => item)),
        ),
      ),
  }),
  find: pure({
    summary: 'The first item whose member equals value. ENOENT if none.',
    fails: ['ETRFM', 'ENOENT', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: 'string', value: 'value' },
    result: 'value',
    run: ({ array, key, value }, values) =>
      values.read(value, (wanted) => values.part(array, (it) => findItem(it, key, wanted))),
  }),
  pluck: pure({
    summary: 'One member of each item; null where absent.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: 'string' },
    result: 'value',
    run: ({ array, key }, values) =>
      query(values, array, key, (items) => values.create(items.map((it) => it.key ?? null))),
  }),
  group_by: pure({
    summary: 'An object of the items in arrays by the text of a member.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: 'string' },
    result: 'value',
    gives: 'object',
    run: ({ array, key }, values) =>
      query(values, array, key, (items) => {
        const groups = groupItems(items);
        return isFailure(groups) ? groups : values.create(groups);
      }),
  }),
  count_by: pure({
    summary: 'An object of how often each text of a member occurs, most frequent first.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', key: KEY },
    result: 'value',
    gives: 'object',
    run: ({ array, key }, values) =>
      query(values, array, key, (items) => {
        const tally = createTally(items);
        return isFailure(tally) ? tally : values.take(mostFrequentFirst(tally));
      }),
  }),
  map: pure({
    summary: 'Each item as: upper, lower, title, trim, length, text or number.',
    fails: ['ETRFM', 'EBOUND', 'EPARSE'],
    params: { array: 'value', op: 'string' },
    result: 'value',
    run: ({ array, op }, values) =>
      values.read(array, (it) => {
        const mapped = mapItems(it, op);
        return isFailure(mapped) ? mapped : values.take(mapped);
      }),
  }),
};

function query<T>(
  values: Values,
  array: number,
  path: string,
  use: (items: KeyedItem[]) => T | Failure,
): T | Failure {
  return values.read<T>(array, (value) => {
    const items = keyedItems(value, path);
    return Array.isArray(items) ? use(items) : items;
  });
}

function matches({ key }: KeyedItem, wanted: Json): boolean {
  return key !== undefined && matchesJson(key, wanted);
}

function findItem(value: Json, path: string, wanted: Json): Json | Failure {
  const items = itemsOf(value);
  const pick = pickerOf(path);
  if (!Array.isArray(items)) return items;
  if (typeof pick !== 'function') return pick;
  const found = items.find((item) => matches({ item, key: pick(item) }, wanted));
  return found === undefined ? fail('ENOENT', `no item of ${items.length} has this ${excerpt(path)}`) : found;
}

function firstOfEach(items: readonly KeyedItem[]): Json[] {
  const seen = new Set<string>();
  const first: Json[] = [];
  for (const { item, key } of items) {
    const identity = key === undefined ? '' : identityOf(key);
    if (!seen.has(identity)) first.push(item);
    seen.add(identity);
  }
  return first;
}

function groupItems(items: readonly KeyedItem[]): Map<string, Json> | Failure {
  const groups = new Map<string, Json[]>();
  for (const { item, key } of items) {
    const name = plainText(key ?? null);
    if (typeof name !== 'string') return name;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

type ItemOp = (item: Json) => Json | Failure;

const OPS: ReadonlyMap<string, ItemOp> = new Map<string, ItemOp>([
  ['upper', onText((text) => text.toUpperCase())],
  ['lower', onText((text) => text.toLowerCase())],
  ['title', onText(titleCase)],
  ['trim', onText((text) => text.trim())],
  ['length', onText(countCharacters)],
  ['text', onText((text) => text)],
  ['number', toNumber],
]);

function onText(work: (text: string) => Json): ItemOp {
  return (item) => {
    const text = plainText(item);
    return typeof text === 'string' ? work(text) : text;
  };
}

function mapItems(value: Json, op: string): Json[] | Failure {
  const items = itemsOf(value);
  if (!Array.isArray(items)) return items;
  const work = OPS.get(op);
  if (!work) return fail('EPARSE', `expected one of ${[...OPS.keys()].join(', ')}; got ${excerpt(op)}`);
  const mapped: Json[] = [];
  for (const [index, item] of items.entries()) {
    const result = work(item);
    if (isFailure(result)) return fail(result.status, `item ${index}: ${result.message}`);
    mapped.push(result);
  }
  return mapped;
}
