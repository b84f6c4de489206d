import { fail } from './capability.ts';
import { hostFunction } from './define.ts';
import { setPart } from './json-parts.ts';
import { childAt } from './json-path.ts';
import type { Json } from './json-value.ts';
import { MAX_TEXT_BYTES } from './text.ts';
import { type Values, wrongType } from './values.ts';

const pure = hostFunction<{ readonly values: Values }>('pure');

const NO_INDEX =
  'an object has no index; (each $name OBJECT ...) goes through its names, and (at OBJECT $name) is the value';

/** What `new`, `at`, `put` and `each` call. */
export const places = {
  alloc: pure({
    summary: 'Room for so many items of so many bytes, all 0.',
    params: { count: 'i32', size: 'i32' },
    result: 'bytes',
    run: ({ count, size }) => {
      const bytes = count * size;
      return count < 0 || size < 0 || bytes > MAX_TEXT_BYTES
        ? fail('EBOUND', `expected 0 to ${MAX_TEXT_BYTES} bytes, got ${count} items of ${size}`)
        : new Uint8Array(bytes);
    },
  }),
  items: pure({
    summary: 'What each goes through: an array itself, the names of an object.',
    params: { value: 'value' },
    result: 'value',
    run: ({ value }, { values }) =>
      values.read(value, (json) => {
        if (Array.isArray(json)) return value;
        return json instanceof Map ? values.create([...json.keys()]) : wrongType('array or object', json);
      }),
  }),
  indexed: pure({
    summary: 'What each goes through with an index: an array itself.',
    params: { value: 'value' },
    result: 'value',
    run: ({ value }, { values }) =>
      values.read(value, (json) => {
        if (Array.isArray(json)) return value;
        return json instanceof Map ? fail('ETRFM', NO_INDEX) : wrongType('array', json);
      }),
  }),
  member: pure({
    summary: 'The member of an object whose name is a JSON string.',
    params: { object: 'value', name: 'value' },
    result: 'value',
    run: ({ object, name }, { values }) =>
      values.read(name, (key) => values.part(object, (json) => childAt(json, String(key)))),
  }),
  at_path: pure({
    summary: 'The member of an object of that name, "" too; else the part at a path, as json.get.',
    params: { value: 'value', path: 'string' },
    result: 'value',
    run: ({ value, path }, { values }) =>
      values.read(value, (json) => {
        const member = json instanceof Map ? json.get(path) : undefined;
        return member === undefined ? values.get(value, path) : values.part(value, () => member);
      }),
  }),
  put_path: pure({
    summary: 'Puts a copy of value, in place, where at_path finds it by the same path.',
    params: { target: 'value', path: 'string', value: 'value' },
    result: 'none',
    run: ({ target, path, value }, { values }) =>
      values.insertAt({ handle: target, path }, value, (holder, name, own) =>
        setPart(values, holder, name, own),
      ),
  }),
  at_name: pure({
    summary: 'The member of an object of that name, or the item of an array of that index.',
    params: { value: 'value', key: 'string' },
    result: 'value',
    run: ({ value, key }, { values }) => values.part(value, (json) => childAt(json, key)),
  }),
  put_name: pure({
    summary: 'Puts a copy of value, in place, where at_name finds it by the same key.',
    params: { target: 'value', key: 'string', value: 'value' },
    result: 'none',
    run: ({ target, key, value }, { values }) =>
      values.insert(target, value, (holder, own) => setPart(values, holder, key, own)),
  }),
  no_item: pure({
    summary: 'Fails: a list of so many numbers has no such item.',
    params: { index: 'i32', count: 'i32' },
    result: 'none',
    run: ({ index, count }) => fail('ENOENT', `no item ${index} in a list of ${count}; the first is 0`),
  }),
  at_index: pure({
    summary:
      'The item at index of a JSON array, negative from the end; of an object the member of that name.',
    params: { value: 'value', index: 'i32' },
    result: 'value',
    run: ({ value, index }, { values }) =>
      values.part(value, (json) => childAt(json, keyOfIndex(json, index))),
  }),
  put_index: pure({
    summary: 'Puts a copy of value, in place, where at_index finds it by the same index.',
    params: { target: 'value', index: 'i32', value: 'value' },
    result: 'none',
    run: ({ target, index, value }, { values }) =>
      values.insert(target, value, (holder, own) => setPart(values, holder, keyOfIndex(holder, index), own)),
  }),
};

/** As a key, which does not count from the end. */
function keyOfIndex(holder: Json, index: number): string {
  const fromEnd = Array.isArray(holder) && index < 0 && index >= -holder.length;
  return String(fromEnd ? index + holder.length : index);
}
