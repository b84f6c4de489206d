import type { Failure } from './capability.ts';
import { fail } from './capability.ts';

/**
 * A JSON value. Objects are maps, so that no key, `__proto__` included, has a meaning of its own. A bigint is a whole
 * number whose digits f64 does not keep, beyond 2^53, as ids are.
 */
export type Json = JsonScalar | Json[] | Map<string, Json>;

export type JsonScalar = null | boolean | number | bigint | string;

/** How deep values may nest; a scalar has depth 0. */
export const MAX_DEPTH = 128;

/** What values take in memory, in bytes, estimated from above: V8 gives the first item of an array room for more. */
export const COST = { scalar: 24, integer: 160, array: 192, object: 256, member: 64, character: 2 } as const;

/** How much is taken of what all runs share at a time; asking for each scalar would cost more than reading it. */
const STEP_BYTES = 4 * 1024;

/** The memory that all JSON values of one run may take together. */
export class JsonBudget {
  readonly #bytes: number;
  readonly #hold: (bytes: number) => boolean;
  #left: number;
  /** What is held of what all runs share, and not spent yet. */
  #held = 0;

  /** `hold` takes bytes of what all runs share. */
  constructor(bytes: number, hold: (bytes: number) => boolean) {
    this.#bytes = bytes;
    this.#hold = hold;
    this.#left = bytes;
  }

  /** Takes so many bytes for good; a refusal, EBOUND or ENOMEM, takes none. */
  spend(bytes: number): Failure | null {
    if (bytes > this.#left) {
      return fail('EBOUND', `the JSON values of this run would take more than ${this.#bytes} bytes`);
    }
    if (bytes > this.#held) {
      const more = Math.max(STEP_BYTES, bytes - this.#held);
      if (!this.#hold(more)) return fail('ENOMEM', 'no memory left for JSON values: other programs hold it');
      this.#held += more;
    }
    this.#held -= bytes;
    this.#left -= bytes;
    return null;
  }
}

/** A whole number: f64 where that keeps its digits. */
export function wholeJson(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export function isNumeric(value: Json): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

export function isFailure(value: Json | Failure): value is Failure {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

export function typeOf(value: Json): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'object';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

/** The refusal of a container that stands so deep in its tree, or null when it may stand there. */
export function refuseDepth(depth: number): Failure | null {
  return depth < MAX_DEPTH ? null : fail('EBOUND', `the JSON value nests deeper than ${MAX_DEPTH} levels`);
}

/** A value of its own that shares nothing with the first, to stand at a depth of another tree. */
export function copyJson(value: Json, depth: number, budget: JsonBudget): Json | Failure {
  if (Array.isArray(value)) return copyArray(value, depth, budget);
  if (value instanceof Map) return copyObject(value, depth, budget);
  return budget.spend(scalarCost(value)) ?? value;
}

export function scalarCost(value: JsonScalar): number {
  if (typeof value === 'bigint') return COST.integer;
  return COST.scalar + (typeof value === 'string' ? value.length * COST.character : 0);
}

function copyArray(items: readonly Json[], depth: number, budget: JsonBudget): Json | Failure {
  const refusal = refuseDepth(depth) ?? budget.spend(COST.array);
  if (refusal) return refusal;
  const copy: Json[] = [];
  for (const item of items) {
    const own = copyJson(item, depth + 1, budget);
    if (isFailure(own)) return own;
    copy.push(own);
  }
  return copy;
}

function copyObject(object: ReadonlyMap<string, Json>, depth: number, budget: JsonBudget): Json | Failure {
  const refusal = refuseDepth(depth) ?? budget.spend(COST.object);
  if (refusal) return refusal;
  const copy = new Map<string, Json>();
  for (const [key, member] of object) {
    const own = budget.spend(COST.member + key.length) ?? copyJson(member, depth + 1, budget);
    if (isFailure(own)) return own;
    copy.set(key, own);
  }
  return copy;
}
