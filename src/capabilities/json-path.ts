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
function parsePath(path: string): readonly string[] | Failure {
  if (path === '') return [];
  if (!path.startsWith('/')) return path.split('.');
  if (BAD_ESCAPE.test(path)) return fail('EPARSE', `expected ~0 or ~1 after ~ in ${excerpt(path)}`);
  const steps = path.slice(1).split('/');
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A part and how many steps lead to it. */
interface Part {
  readonly value: Json;
  readonly steps: number;
}

/**
 * The part at a path; ENOENT names the step that leads nowhere. A member whose name is the whole path
 * comes first, so that every name of `keys` leads to its member, whatever dots are in it.
 */
export function resolvePath(root: Json, path: string): Part | Failure {
  const member = root instanceof Map && path !== '' ? root.get(path) : undefined;
  if (member !== undefined) return { value: member, steps: 1 };
  const steps = parsePath(path);
  if ('ok' in steps) return steps;
  const value = follow(root, steps);
  return isFailure(value) ? value : { value, steps: steps.length };
}

/** What holds a part, or would hold it, and under which name or index. */
interface Place {
  readonly holder: Json;
  readonly key: string;
  /** From the root to the holder. */
  readonly steps: number;
}

/**
 * Where `put` puts a value, so that `resolvePath` finds it there by the same path. All steps but the last must be there.
 */
export function placeOf(root: Json, path: string): Place | Failure {
  const whole = { holder: root, key: path, steps: 0 };
  if (path === '' || (root instanceof Map && root.has(path))) return whole;
  const steps = parsePath(path);
  if ('ok' in steps) return steps;
  const holder = follow(root, steps.slice(0, -1));
  return isFailure(holder) ? holder : { holder, key: steps.at(-1) ?? path, steps: steps.length - 1 };
}

/** Finds what stands under one path in many values; undefined where there is nothing. */
export function pickerOf(path: string): ((value: Json) => Json | undefined) | Failure {
  const steps = parsePath(path);
  if ('ok' in steps) return steps;
  return (value) => {
    const member = value instanceof Map && path !== '' ? value.get(path) : undefined;
    if (member !== undefined) return member;
    let part: Json | undefined = value;
    for (const step of steps) part = part === undefined ? undefined : childOf(part, step);
    return part;
  };
}

function follow(root: Json, steps: readonly string[]): Json | Failure {
  let value = root;
  for (const step of steps) {
    const next = childAt(value, step);
    if (isFailure(next)) return next;
    value = next;
  }
  return value;
}

/** The index that a step writes, or null when the array has no such item. */
export function indexIn(items: readonly Json[], step: string): number | null {
  const index = INDEX.test(step) ? Number(step) : items.length;
  return index < items.length ? index : null;
}

function childOf(value: Json, step: string): Json | undefined {
  if (value instanceof Map) return value.get(step);
  if (!Array.isArray(value)) return undefined;
  const index = indexIn(value, step);
  return index === null ? undefined : value[index];
}

/** The direct part under a name or an index; ENOENT where there is none. */
export function childAt(value: Json, step: string): Json | Failure {
  const part = childOf(value, step);
  // JSON null is a value like any other; only undefined is missing.
  return part === undefined ? missing(value, step) : part;
}

function missing(value: Json, step: string): Failure {
  if (Array.isArray(value)) return fail('ENOENT', `no item ${excerpt(step)} in an array of ${value.length}`);
  if (!(value instanceof Map)) {
    return fail('ENOENT', `no ${excerpt(step)} in a value of type ${typeOf(value)}`);
  }
  return fail('ENOENT', `no ${excerpt(step)} in an object with ${describeKeys(value)}`);
}

function describeKeys(object: ReadonlyMap<string, Json>): string {
  if (object.size === 0) return 'no members';
  const names = [...object.keys()].slice(0, NAMED_KEYS).map(excerpt);
  return names.length < object.size ? `${names.join(', ')} and more` : names.join(', ');
}
