import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { JsonHandles, wrongType } from './json-handles.ts';
import type { Json } from './json-value.ts';
import { typeOf, writeJson } from './json-value.ts';
import { byteLength, countCharacters, refuseSize } from './text.ts';

const pure = hostFunction<JsonHandles>('pure');

/** JSON on the host's side: the guest holds handles, and reads and builds values through them. */
export const json: Capability<GuestContext> = defineCapability({
  name: 'json',
  open: (_context: GuestContext) => new JsonHandles(),
  functions: {
    parse: pure({
      summary: 'Reads a JSON text. EPARSE names the place of a mistake.',
      params: { text: 'string' },
      result: 'value',
      run: ({ text }, values) => values.parse(text),
    }),
    get: pure({
      summary: 'The part at a path, "items.0.name" or "/items/0/name". ENOENT if absent.',
      params: { value: 'value', path: 'string' },
      result: 'value',
      run: ({ value, path }, values) => values.get(value, path),
    }),
    has: pure({
      summary: '1 if there is a part at the path, else 0.',
      params: { value: 'value', path: 'string' },
      result: 'i32',
      run: ({ value, path }, values) => {
        const found = values.has(value, path);
        return typeof found === 'boolean' ? Number(found) : found;
      },
    }),
    text: pure({
      summary: "A string's own text; any other value as JSON.",
      params: { value: 'value' },
      result: 'string',
      run: ({ value }, values) => values.read(value, (it) => (typeof it === 'string' ? it : stringify(it))),
    }),
    i32: pure({
      summary: 'A whole number; true is 1, false 0.',
      params: { value: 'value' },
      result: 'i32',
      run: ({ value }, values) => values.read(value, toInteger),
    }),
    f64: pure({
      summary: 'A number.',
      params: { value: 'value' },
      result: 'f64',
      run: ({ value }, values) =>
        values.read(value, (it) => (typeof it === 'number' ? it : wrongType('number', it))),
    }),
    type: pure({
      summary: '"object", "array", "string", "number", "boolean" or "null".',
      params: { value: 'value' },
      result: 'string',
      run: ({ value }, values) => values.read(value, typeOf),
    }),
    length: pure({
      summary: 'Items of an array, members of an object, characters of a string.',
      params: { value: 'value' },
      result: 'i32',
      run: ({ value }, values) => values.read(value, lengthOf),
    }),
    keys: pure({
      summary: 'The names of an object as a JSON array.',
      params: { object: 'value' },
      result: 'value',
      run: ({ object }, values) =>
        values.read(object, (it) =>
          it instanceof Map ? values.create([...it.keys()]) : wrongType('object', it),
        ),
    }),
    stringify: pure({
      summary: 'The value as JSON text.',
      params: { value: 'value' },
      result: 'string',
      run: ({ value }, values) => values.read(value, stringify),
    }),
    object: pure({
      summary: 'A new object without members.',
      params: {},
      result: 'value',
      run: (_, values) => values.create(new Map()),
    }),
    array: pure({
      summary: 'A new array without items.',
      params: {},
      result: 'value',
      run: (_, values) => values.create([]),
    }),
    string: pure({
      summary: 'A new JSON string.',
      params: { text: 'string' },
      result: 'value',
      run: ({ text }, values) => values.create(text),
    }),
    number: pure({
      summary: 'A new JSON number.',
      params: { value: 'f64' },
      result: 'value',
      run: ({ value }, values) =>
        Number.isFinite(value) ? values.create(value) : fail('ETRFM', `JSON has no number ${value}`),
    }),
    boolean: pure({
      summary: 'A new JSON boolean: false for 0, else true.',
      params: { value: 'i32' },
      result: 'value',
      run: ({ value }, values) => values.create(value !== 0),
    }),
    null: pure({
      summary: 'A new JSON null.',
      params: {},
      result: 'value',
      run: (_, values) => values.create(null),
    }),
    set: pure({
      summary: 'Sets a member of an object, in place, to a copy of value.',
      params: { object: 'value', key: 'string', value: 'value' },
      result: 'none',
      run: ({ object, key, value }, values) => values.set(object, key, value),
    }),
    push: pure({
      summary: 'Appends a copy of value to an array, in place.',
      params: { array: 'value', value: 'value' },
      result: 'none',
      run: ({ array, value }, values) => values.push(array, value),
    }),
  },
});

function stringify(value: Json): string | Failure {
  const text = writeJson(value);
  return refuseSize(byteLength(text)) ?? text;
}

function toInteger(value: Json): number | Failure {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number') return wrongType('number', value);
  if (!Number.isInteger(value)) return fail('ETRFM', `expected a whole number, got ${value}; use json.f64`);
  return (value | 0) === value ? value | 0 : fail('EBOUND', `${value} does not fit into i32`);
}

function lengthOf(value: Json): number | Failure {
  if (typeof value === 'string') return countCharacters(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return wrongType('array, object or string', value);
}
