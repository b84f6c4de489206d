import { arrayOf, itemsOf, positionIn } from './array-items.ts';
import { arrayNumbers } from './array-numbers.ts';
import { arrayQueries } from './array-queries.ts';
import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { matchesJson } from './json-compare.ts';
import type { Json } from './json-value.ts';
import { createValues, refuseItems, type Values } from './values.ts';

const END = 2_147_483_647;

const pure = hostFunction<Values>('pure');

const places = {
  new: pure({
    summary: 'A new array without items.',
    form: '(list)',
    params: {},
    result: 'value',
    run: (_, values) => values.create([]),
  }),
  length: pure({
    summary: 'How many items there are.',
    form: '(len ARRAY)',
    fails: ['ETRFM'],
    params: { array: 'value' },
    result: 'i32',
    run: ({ array }, values) => values.read(array, (it) => withItems(it, ({ length }) => length)),
  }),
  get: pure({
    summary:
      'The item at an index; negative counts from the end. EBOUND past it, where at fails with ENOENT.',
    form: '(at ARRAY I)',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', index: 'i32' },
    result: 'value',
    run: ({ array, index }, values) =>
      values.part(array, (it) => at(it, index, (items, position) => items[position] ?? null)),
  }),
  push: pure({
    summary: 'Appends a copy of value, in place.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', value: 'value' },
    result: 'none',
    run: ({ array, value }, values) => insertAt(values, { array, value, index: END }, appendItem),
  }),
  set: pure({
    summary: 'Puts a copy of value at an index, in place. EBOUND past it, where put fails with ENOENT.',
    form: '(put ARRAY I V)',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', index: 'i32', value: 'value' },
    result: 'none',
    run: ({ array, index, value }, values) => insertAt(values, { array, value, index }, replaceItem),
  }),
  insert: pure({
    summary: 'Puts a copy of value before the item at an index, in place.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', index: 'i32', value: 'value' },
    result: 'none',
    run: ({ array, index, value }, values) => insertAt(values, { array, value, index }, insertItem),
  }),
  remove: pure({
    summary: 'Takes out the item at an index, in place.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', index: 'i32' },
    result: 'none',
    run: ({ array, index }, values) =>
      values.read(array, (it) =>
        at(it, index, (items, position) => {
          items.splice(position, 1);
          return undefined;
        }),
      ),
  }),
  pop: pure({
    summary: 'Takes out the last item and gives it. EBOUND if there is none.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value' },
    result: 'value',
    run: ({ array }, values) => values.part(array, (it) => at(it, -1, (items) => items.pop() ?? null)),
  }),
};

const wholes = {
  slice: pure({
    summary: 'The items from start up to, not including, end; negative counts from the end.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', start: 'i32', end: { type: 'i32', default: END } },
    result: 'value',
    run: ({ array, start, end }, values) => derive(values, array, (items) => items.slice(start, end)),
  }),
  concat: pure({
    summary: "a's items and then b's.",
    fails: ['ETRFM', 'EBOUND'],
    params: { a: 'value', b: 'value' },
    result: 'value',
    run: ({ a, b }, values) =>
      values.read(b, (it) => withItems(it, (more) => derive(values, a, (items) => [...items, ...more]))),
  }),
  reverse: pure({
    summary: 'The items from last to first.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value' },
    result: 'value',
    run: ({ array }, values) => derive(values, array, (items) => items.toReversed()),
  }),
  flatten: pure({
    summary: 'The items, with those of inner arrays in their place; one level.',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value' },
    result: 'value',
    run: ({ array }, values) => derive(values, array, (items) => items.flat(1)),
  }),
  range: pure({
    summary: 'The numbers from, from + step and so on, before to.',
    fails: ['EBOUND'],
    params: { from: 'i32', to: 'i32', step: { type: 'i32', default: 1 } },
    result: 'value',
    run: ({ from, to, step }, values) => {
      if (step === 0) return fail('EBOUND', 'expected a step other than 0');
      const length = Math.max(0, Math.ceil((to - from) / step));
      return refuseItems(length) ?? values.take(Array.from({ length }, (_, index) => from + index * step));
    },
  }),
  contains: pure({
    summary: 'Whether an item equals value; 30 and "30" do.',
    fails: ['ETRFM'],
    params: { array: 'value', value: 'value' },
    result: 'bool',
    run: ({ array, value }, values) => {
      const index = indexOf(values, array, value);
      return typeof index === 'number' ? index >= 0 : index;
    },
  }),
  index_of: pure({
    summary: 'The index of the first item that equals value, or -1.',
    fails: ['ETRFM'],
    params: { array: 'value', value: 'value' },
    result: 'i32',
    run: ({ array, value }, values) => indexOf(values, array, value),
  }),
};

/** Arrays on the host's side. What gives no result changes its array in place; what gives a value makes a new one. */
export const array: Capability<GuestContext> = defineCapability({
  name: 'array',
  open: (context: GuestContext) => context.share(createValues),
  functions: { ...places, ...wholes, ...arrayQueries, ...arrayNumbers },
});

interface Place {
  readonly array: number;
  readonly value: number;
  readonly index: number;
}

type Put = (items: Json[], index: number, value: Json) => Failure | undefined;

function insertAt(values: Values, { array, value, index }: Place, put: Put): Failure | undefined {
  return values.insert(array, value, (target, own) => {
    const items = arrayOf(target);
    return Array.isArray(items) ? put(items, index, own) : items;
  });
}

function appendItem(items: Json[], _index: number, value: Json): undefined {
  items.push(value);
}

function replaceItem(items: Json[], index: number, value: Json): Failure | undefined {
  const position = positionIn(items, index);
  if (typeof position !== 'number') return position;
  items[position] = value;
  return undefined;
}

function insertItem(items: Json[], index: number, value: Json): Failure | undefined {
  const position = positionIn(items, index, items.length);
  if (typeof position !== 'number') return position;
  items.splice(position, 0, value);
  return undefined;
}

function withItems<T>(value: Json, use: (items: Json[]) => T | Failure): T | Failure {
  const items = arrayOf(value);
  return Array.isArray(items) ? use(items) : items;
}

function at<T>(value: Json, index: number, use: (items: Json[], position: number) => T): T | Failure {
  return withItems<T>(value, (items) => {
    const position = positionIn(items, index);
    return typeof position === 'number' ? use(items, position) : position;
  });
}

/** A new array made of the items of another. */
function derive(values: Values, handle: number, make: (items: Json[]) => Json[]): number | Failure {
  return values.read(handle, (value) => {
    const items = itemsOf(value);
    if (!Array.isArray(items)) return items;
    const made = make(items);
    return refuseItems(made.length) ?? values.create(made);
  });
}

function indexOf(values: Values, array: number, value: number): number | Failure {
  return values.read(array, (it) =>
    values.read(value, (wanted) =>
      withItems(it, (items) => items.findIndex((item) => matchesJson(item, wanted))),
    ),
  );
}
