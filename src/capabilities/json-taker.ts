import type { Failure } from './capability.ts';
import type { Json, JsonBudget } from './json-value.ts';
import { COST, isFailure, refuseDepth, scalarCost } from './json-value.ts';

/** V8 copies a short piece of a text, and lets a longer one point into the whole. */
const LONGEST_COPIED_PIECE = 12;

/**
 * Pays for a value that nobody else holds, and gives it back with texts of their own: one cut from a longer
 * text would keep that in memory, unpaid.
 */
export function takeJson(value: Json, budget: JsonBudget): Json | Failure {
  return new JsonTaker(budget).take(value, 0);
}

class JsonTaker {
  readonly #budget: JsonBudget;
  /** The rows of a table share their names. */
  readonly #names = new Map<string, string>();

  constructor(budget: JsonBudget) {
    this.#budget = budget;
  }

  take(value: Json, depth: number): Json | Failure {
    if (typeof value === 'string') return this.#budget.spend(scalarCost(value)) ?? detach(value);
    if (Array.isArray(value)) return this.#array(value, depth);
    if (value instanceof Map) return this.#object(value, depth);
    return this.#budget.spend(scalarCost(value)) ?? value;
  }

  #array(items: Json[], depth: number): Json | Failure {
    const refusal = refuseDepth(depth) ?? this.#budget.spend(COST.array);
    if (refusal) return refusal;
    for (const [index, item] of items.entries()) {
      const own = this.take(item, depth + 1);
      if (isFailure(own)) return own;
      items[index] = own;
    }
    return items;
  }

  #object(object: ReadonlyMap<string, Json>, depth: number): Json | Failure {
    const refusal = refuseDepth(depth) ?? this.#budget.spend(COST.object);
    if (refusal) return refusal;
    const own = new Map<string, Json>();
    for (const [name, member] of object) {
      const value = this.#budget.spend(COST.member + name.length) ?? this.take(member, depth + 1);
      if (isFailure(value)) return value;
      own.set(this.#name(name), value);
    }
    return own;
  }

  #name(name: string): string {
    const known = this.#names.get(name) ?? detach(name);
    this.#names.set(known, known);
    return known;
  }
}

function detach(text: string): string {
  return text.length <= LONGEST_COPIED_PIECE ? text : Buffer.from(text, 'utf8').toString('utf8');
}
