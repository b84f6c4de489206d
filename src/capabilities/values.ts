import type { Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { placeOf, resolvePath } from './json-path.ts';
import { readJson } from './json-reader.ts';
import { takeJson } from './json-taker.ts';
import type { Json } from './json-value.ts';
import { COST, copyJson, isFailure, JsonBudget, typeOf } from './json-value.ts';

/** What one run's JSON values may take in memory together, in bytes. */
const RUN_BYTES = 32 * 1024 * 1024;
const HANDLE_COST = 48;
/** The most items of a list that a function works through or makes; keeps one call to some tens of ms. */
export const MAX_ITEMS = 100_000;

/** A value and how deep it stands in its tree. */
interface Entry {
  readonly value: Json;
  readonly depth: number;
}

/** For `share`, so that all capabilities of a run have the same values. */
export function createValues({ hold }: GuestContext): Values {
  return new Values(hold);
}

/**
 * The JSON values of one run by handle. A handle from `get` is the part itself, so that changing it
 * changes the whole. What is put in is a copy: no value can come to hold itself or to stand in two
 * places, and every tree stays within the depth limit.
 */
export class Values {
  readonly #entries: Entry[] = [];
  readonly #budget: JsonBudget;

  /** `hold` takes bytes of what all runs share. */
  constructor(hold: (bytes: number) => boolean) {
    this.#budget = new JsonBudget(RUN_BYTES, hold);
  }

  parse(text: string): number | Failure {
    // The whole text is paid for, because strings cut from it keep it in memory.
    const value = this.#budget.spend(text.length) ?? readJson(text, this.#budget);
    return isFailure(value) ? value : this.#add({ value, depth: 0 });
  }

  /** A handle of a copy. */
  create(value: Json): number | Failure {
    const own = copyJson(value, 0, this.#budget);
    return isFailure(own) ? own : this.#add({ value: own, depth: 0 });
  }

  /** A handle of a value that the caller has just made and keeps no hold of. */
  take(value: Json): number | Failure {
    const own = takeJson(value, this.#budget);
    return isFailure(own) ? own : this.#add({ value: own, depth: 0 });
  }

  /** Gives the value of a handle to `use`; EBOUND for a number that is no handle. */
  read<T>(handle: number, use: (value: Json) => T | Failure): T | Failure {
    const entry = this.#entries[handle - 1];
    return entry === undefined ? badHandle(handle) : use(entry.value);
  }

  /** Gives the part at a path to `use`. */
  readAt<T>(handle: number, path: string, use: (value: Json) => T | Failure): T | Failure {
    const entry = this.#find(handle, path);
    return 'ok' in entry ? entry : use(entry.value);
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

  /** A handle of a direct part of a value, which `pick` finds or takes out. */
  part(handle: number, pick: (value: Json) => Json | Failure): number | Failure {
    const entry = this.#entries[handle - 1];
    if (entry === undefined) return badHandle(handle);
    const value = pick(entry.value);
    return isFailure(value) ? value : this.#add({ value, depth: entry.depth + 1 });
  }

  /** Puts a copy of a value into another; `put` may refuse. */
  insert(
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

  /** Puts a copy of a value where a path leads; `put` gets what is to hold it, and under which key. */
  insertAt(
    { handle, path }: { readonly handle: number; readonly path: string },
    from: number,
    put: (holder: Json, key: string, value: Json) => Failure | undefined,
  ): Failure | undefined {
    const target = this.#entries[handle - 1];
    const source = this.#entries[from - 1];
    if (target === undefined) return badHandle(handle);
    if (source === undefined) return badHandle(from);
    const place = placeOf(target.value, path);
    if ('ok' in place) return place;
    const own = copyJson(source.value, target.depth + place.steps + 1, this.#budget);
    return isFailure(own) ? own : put(place.holder, place.key, own);
  }

  /** Pays for a member's name. */
  payForKey(key: string): Failure | null {
    return this.#budget.spend(COST.member + key.length);
  }

  #find(handle: number, path: string): Entry | Failure {
    const entry = this.#entries[handle - 1];
    if (entry === undefined) return badHandle(handle);
    const found = resolvePath(entry.value, path);
    return 'ok' in found ? found : { value: found.value, depth: entry.depth + found.steps };
  }

  #add(entry: Entry): number | Failure {
    return this.#budget.spend(HANDLE_COST) ?? this.#entries.push(entry);
  }
}

/** ETRFM for a value of another type than the function works on. */
export function wrongType(expected: string, value: Json): Failure {
  return fail('ETRFM', `expected a JSON ${expected}, got ${typeOf(value)}`);
}

/** The refusal of a list that would have, or has, so many items; null when it is small enough. */
export function refuseItems(count: number): Failure | null {
  return count <= MAX_ITEMS ? null : fail('EBOUND', `a list of more than ${MAX_ITEMS} items`);
}

function badHandle(handle: number): Failure {
  return fail('EBOUND', `${handle} is no handle of a JSON value`);
}
