import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { indexIn } from './json-path.ts';
import type { Json } from './json-value.ts';
import { countCharacters, excerpt } from './text.ts';
import { type Values, wrongType } from './values.ts';

/** Items, members or characters. */
export function lengthOf(value: Json): number | Failure {
  if (typeof value === 'string') return countCharacters(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  return wrongType('array, object or string', value);
}

/** Puts a value that is already paid for under a member's name or an item's index. */
export function setPart(values: Values, target: Json, key: string, value: Json): Failure | undefined {
  if (target instanceof Map) {
    const refusal = values.payForKey(key);
    if (refusal) return refusal;
    target.set(key, value);
    return undefined;
  }
  if (!Array.isArray(target)) return wrongType('object or array', target);
  const index = indexIn(target, key);
  if (index === null) return noItem(target, key);
  target[index] = value;
  return undefined;
}

export function removePart(target: Json, key: string): Failure | undefined {
  if (target instanceof Map) {
    return target.delete(key) ? undefined : fail('ENOENT', `no member ${excerpt(key)} to remove`);
  }
  if (!Array.isArray(target)) return wrongType('object or array', target);
  const index = indexIn(target, key);
  if (index === null) return noItem(target, key);
  target.splice(index, 1);
  return undefined;
}

export function mergeObjects(values: Values, a: Json, b: Json): number | Failure {
  if (!(a instanceof Map)) return wrongType('object', a);
  if (!(b instanceof Map)) return wrongType('object', b);
  return values.create(new Map([...a, ...b]));
}

function noItem(target: readonly Json[], key: string): Failure {
  return fail('ENOENT', `no item ${excerpt(key)} in an array of ${target.length}`);
}
