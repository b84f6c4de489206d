import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { follow, parsePath } from './json-path.ts';
import { readJson } from './json-reader.ts';
import type { Json } from './json-value.ts';
import { COST, copyJson, isFailure, JsonBudget, typeOf } from './json-value.ts';

/** What one run's JSON values may take in memory together, in bytes. */
const RUN_BYTES = 32 * 1024 * 1024;
const HANDLE_COST = 48;

/** A value and how deep it stands in its tree. */
interface Entry {
  readonly value: Json;
  readonly depth: number;
}

/**
 * The JSON values of one run by handle. A handle from `get` is the part itself, so that changing it
 * changes the whole. What `set` and `push` put in is a copy: no value can come to hold itself or to
 * stand in two places, and every tree stays within the depth limit.
 */
export class JsonHandles {
  readonly #entries: Entry[] = [];
  readonly #budget = new JsonBudget(RUN_BYTES);

  parse(text: string): number | Failure {
    // The whole text is paid for, because strings cut from it keep it in memory.
    const value = this.#budget.spend(text.length) ?? readJson(text, this.#budget);
    return isFailure(value) ? value : this.#add({ value, depth: 0 });
  }

  /** A handle of a fresh value. */
  create(value: Json): number | Failure {
    const own = copyJson(value, 0, this.#budget);
    return isFailure(own) ? own : this.#add({ value: own, depth: 0 });
  }

  /** Gives the value of a handle to `use`; EBOUND for a number that is no handle. */
  read<T>(handle: number, use: (value: Json) => T | Failure): T | Failure {
    const entry = this.#entries[handle - 1];
    return entry === undefined ? badHandle(handle) : use(entry.value);
  }

  get(handle: number, path: string): number | Failure {
    const entry = this.#find(handle, path);
    return 'ok' in entry ? entry : this.#add(entry);
  }

  has(handle: number, path: string): boolean | Failure {
    const entry = this.#find(handle, path);
    if (!('ok' in entry)) return true;
    return entry.status === 'ENOENT' ? false : entry;
  }

  /** Sets a member of an object to a copy of a value. */
  set(handle: number, key: string, from: number): Failure | undefined {
    return this.#insert(handle, from, (target, value) => {
      if (!(target instanceof Map)) return wrongType('object', target);
      const refusal = this.#budget.spend(COST.member + key.length);
      if (refusal) return refusal;
      target.set(key, value);
      return undefined;
    });
  }

  /** Appends a copy of a value to an array. */
  push(handle: number, from: number): Failure | undefined {
    return this.#insert(handle, from, (target, value) => {
      if (!Array.isArray(target)) return wrongType('array', target);
      target.push(value);
      return undefined;
    });
  }

  #find(handle: number, path: string): Entry | Failure {
    const entry = this.#entries[handle - 1];
    if (entry === undefined) return badHandle(handle);
    const steps = parsePath(path);
    if ('ok' in steps) return steps;
    const value = follow(entry.value, steps);
    return isFailure(value) ? value : { value, depth: entry.depth + steps.length };
  }

  #insert(
    handle: number,
    from: number,
    put: (target: Json, value: Json) => Failure | undefined,
  ): Failure | undefined {
    const target = this.#entries[handle - 1];
    const source = this.#entries[from - 1];
    if (target === undefined) return badHandle(handle);
    if (source === undefined) return badHandle(from);
    const own = copyJson(source.value, target.depth + 1, this.#budget);
    return isFailure(own) ? own : put(target.value, own);
  }

  #add(entry: Entry): number | Failure {
    return this.#budget.spend(HANDLE_COST) ?? this.#entries.push(entry);
  }
}

/** ETRFM for a value of another type than the function works on. */
export function wrongType(expected: string, value: Json): Failure {
  return fail('ETRFM', `expected a JSON ${expected}, got ${typeOf(value)}`);
}

function badHandle(handle: number): Failure {
  return fail('EBOUND', `${handle} is no handle of a JSON value`);
}
