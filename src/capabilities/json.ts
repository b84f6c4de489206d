import type { Capability, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { equalJson } from './json-compare.ts';
import { lengthOf, mergeObjects, removePart, setPart } from './json-parts.ts';
import { toBool, toI32, toI64, toNumber } from './json-scalar.ts';
import { typeOf } from './json-value.ts';
import { plainText, writeJson } from './json-writer.ts';
import { createValues, type Values, wrongType } from './values.ts';

const MAX_INDENT = 8;

const pure = hostFunction<Values>('pure');

const read = {
  parse: pure({
    summary: 'Reads a JSON text, every digit of whole numbers kept. EPARSE names the place of a mistake.',
    fails: ['EBOUND', 'EPARSE'],
    params: { text: 'string' },
    result: 'value',
    run: ({ text }, values) => values.parse(text),
  }),
  get: pure({
    summary: 'The part at a path, "items.0.name" or "/items/0/name". ENOENT if absent.',
    form: '(at VALUE "path")',
    fails: ['ENOENT', 'EPARSE'],
    params: { value: 'value', path: 'string' },
    result: 'value',
    run: ({ value, path }, values) => values.get(value, path),
  }),
  has: pure({
    summary: 'Whether there is a part at the path.',
    fails: ['EPARSE'],
    params: { value: 'value', path: 'string' },
    result: 'bool',
    run: ({ value, path }, values) => values.has(value, path),
  }),
  text: pure({
    summary: "A string's own text; any other value as JSON.",
    form: '(text (at VALUE "path"))',
    fails: ['ETRFM', 'ENOENT', 'EBOUND', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'string',
    run: ({ value, path }, values) => values.readAt(value, path, plainText),
  }),
  i32: pure({
    summary: 'A whole number, or one in a text; true is 1.',
    form: '(i32 (at VALUE "path"))',
    fails: ['ETRFM', 'ENOENT', 'EBOUND', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'i32',
    run: ({ value, path }, values) => values.readAt(value, path, toI32),
  }),
  i64: pure({
    summary: 'A whole number, every digit kept, or one in a text; true is 1.',
    form: '(i64 (at VALUE "path"))',
    fails: ['ETRFM', 'ENOENT', 'EBOUND', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'i64',
    run: ({ value, path }, values) => values.readAt(value, path, toI64),
  }),
  f64: pure({
    summary: 'A number, rounded to f64, or one in a text; true is 1.',
    form: '(f64 (at VALUE "path"))',
    fails: ['ETRFM', 'ENOENT', 'EBOUND', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'f64',
    run: ({ value, path }, values) => values.readAt(value, path, toNumber),
  }),
  bool: pure({
    summary: 'true or false; a number is true unless 0.',
    form: '(bool (at VALUE "path"))',
    fails: ['ETRFM', 'ENOENT', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'bool',
    run: ({ value, path }, values) => values.readAt(value, path, toBool),
  }),
  type: pure({
    summary: '"object", "array", "string", "number", "boolean" or "null".',
    fails: ['ENOENT', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'string',
    run: ({ value, path }, values) => values.readAt(value, path, typeOf),
  }),
  length: pure({
    summary: 'Items of an array, members of an object, characters of a string.',
    form: '(len VALUE)',
    fails: ['ETRFM', 'ENOENT', 'EPARSE'],
    params: { value: 'value', path: { type: 'string', default: '' } },
    result: 'i32',
    run: ({ value, path }, values) => values.readAt(value, path, lengthOf),
  }),
  keys: pure({
    summary: "An array of an object's names.",
    fails: ['ETRFM'],
    params: { object: 'value' },
    result: 'value',
    run: ({ object }, values) =>
      values.read(object, (it) =>
        it instanceof Map ? values.create([...it.keys()]) : wrongType('object', it),
      ),
  }),
  values: pure({
    summary: "An array of copies of an object's members.",
    fails: ['ETRFM'],
    params: { object: 'value' },
    result: 'value',
    run: ({ object }, values) =>
      values.read(object, (it) =>
        it instanceof Map ? values.create([...it.values()]) : wrongType('object', it),
      ),
  }),
  equals: pure({
    summary: 'Whether both are the same; the order of members does not count.',
    form: '(= A B)',
    params: { a: 'value', b: 'value' },
    result: 'bool',
    run: ({ a, b }, values) => values.read(a, (one) => values.read(b, (other) => equalJson(one, other))),
  }),
  stringify: pure({
    summary: 'The value as JSON text, compact or indented by so many spaces (at most 8).',
    fails: ['EBOUND'],
    params: { value: 'value', indent: { type: 'i32', default: 0 } },
    result: 'string',
    run: ({ value, indent }, values) => {
      if (indent < 0 || indent > MAX_INDENT)
        return fail('EBOUND', `expected an indent of 0 to 8, got ${indent}`);
      return values.read(value, (it) => writeJson(it, indent));
    },
  }),
};

const make = {
  object: pure({
    summary: 'A new object without members.',
    form: '(object "key" VALUE ...)',
    params: {},
    result: 'value',
    gives: 'object',
    run: (_, values) => values.create(new Map()),
  }),
  array: pure({
    summary: 'A new array without items.',
    form: '(list VALUE ...)',
    params: {},
    result: 'value',
    run: (_, values) => values.create([]),
  }),
  string: pure({
    summary: 'A new JSON string.',
    form: '(value TEXT)',
    params: { text: 'string' },
    result: 'value',
    run: ({ text }, values) => values.create(text),
  }),
  number: pure({
    summary: 'A new JSON number.',
    form: '(value N)',
    fails: ['ETRFM'],
    params: { value: 'f64' },
    result: 'value',
    run: ({ value }, values) =>
      Number.isFinite(value) ? values.create(value) : fail('ETRFM', `JSON has no number ${value}`),
  }),
  boolean: pure({
    summary: 'A new JSON boolean.',
    form: '(value BOOL)',
    params: { value: 'bool' },
    result: 'value',
    run: ({ value }, values) => values.create(value),
  }),
  null: pure({
    summary: 'A new JSON null.',
    form: 'null',
    params: {},
    result: 'value',
    run: (_, values) => values.create(null),
  }),
  copy: pure({
    summary: 'A value of its own with the same content.',
    params: { value: 'value' },
    result: 'value',
    run: ({ value }, values) => values.read(value, (it) => values.create(it)),
  }),
  merge: pure({
    summary: "A new object of a's members and b's, which win.",
    fails: ['ETRFM'],
    params: { a: 'value', b: 'value' },
    result: 'value',
    gives: 'object',
    run: ({ a, b }, values) =>
      values.read(a, (one) => values.read(b, (other) => mergeObjects(values, one, other))),
  }),
};

const change = {
  set: pure({
    summary: 'Puts a copy of value, in place, under a name of an object or an index of an array.',
    form: '(put OBJECT "key" VALUE)',
    fails: ['ETRFM', 'ENOENT', 'EBOUND'],
    params: { target: 'value', key: 'string', value: 'value' },
    result: 'none',
    run: ({ target, key, value }, values) =>
      values.insert(target, value, (into, own) => setPart(values, into, key, own)),
  }),
  push: pure({
    summary: 'Appends a copy of value to an array, in place.',
    form: '(array.push ARRAY VALUE)',
    fails: ['ETRFM', 'EBOUND'],
    params: { array: 'value', value: 'value' },
    result: 'none',
    run: ({ array, value }, values) =>
      values.insert(array, value, (into, own) => {
        if (!Array.isArray(into)) return wrongType('array', into);
        into.push(own);
        return undefined;
      }),
  }),
  remove: pure({
    summary: 'Removes a name of an object or an index of an array, in place. ENOENT if absent.',
    fails: ['ETRFM', 'ENOENT'],
    params: { target: 'value', key: 'string' },
    result: 'none',
    run: ({ target, key }, values) => values.read(target, (it) => removePart(it, key)),
  }),
};

/** JSON on the host's side: the guest holds handles, and reads, builds and changes values through them. */
export const json: Capability<GuestContext> = defineCapability({
  name: 'json',
  open: (context: GuestContext) => context.share(createValues),
  functions: { ...read, ...make, ...change },
});
