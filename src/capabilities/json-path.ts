import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Json } from './json-value.ts';
import { isFailure, typeOf } from './json-value.ts';
import { excerpt } from './text.ts';

const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;
const BAD_ESCAPE = /~(?![01])/;
const NAMED_KEYS = 10;

/**
 * The steps of a path: a JSON pointer when it begins with `/` (`/items/0/name`), else names and
 * indexes with dots between (`items.0.name`). The empty path is the value itself.
 */
export function parsePath(path: string): readonly string[] | Failure {
  if (path === '') return [];
  if (!path.startsWith('/')) return path.split('.');
  if (BAD_ESCAPE.test(path)) return fail('EPARSE', `expected ~0 or ~1 after ~ in ${excerpt(path)}`);
  const steps = path.slice(1).split('/');
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at the end of the steps; ENOENT names the step that leads nowhere. */
export function follow(root: Json, steps: readonly string[]): Json | Failure {
  let value = root;
  for (const step of steps) {
    const next = child(value, step);
    if (isFailure(next)) return next;
    value = next;
  }
  return value;
}

function child(value: Json, step: string): Json | Failure {
  if (Array.isArray(value)) {
    const item = INDEX.test(step) ? value[Number(step)] : undefined;
    return item ?? missing(item, `no item ${excerpt(step)} in an array of ${value.length}`);
  }
  if (value instanceof Map) {
    const member = value.get(step);
    return member ?? missing(member, `no ${excerpt(step)} in an object with ${describeKeys(value)}`);
  }
  return fail('ENOENT', `no ${excerpt(step)} in a value of type ${typeOf(value)}`);
}

/** JSON null is a value like any other; only undefined is missing. */
function missing(value: null | undefined, message: string): Json | Failure {
  return value === undefined ? fail('ENOENT', message) : value;
}

function describeKeys(object: ReadonlyMap<string, Json>): string {
  if (object.size === 0) return 'no members';
  const names = [...object.keys()].slice(0, NAMED_KEYS).map(excerpt);
  return names.length < object.size ? `${names.join(', ')} and more` : names.join(', ');
}
