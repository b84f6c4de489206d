import type { ValueType } from '../types.ts';
import { join, resultOf, type Type } from './types.ts';

/** The type of the result, over all passes: as declared, or the join of all that the body hands over. */
export class ResultType {
  readonly #declared: ValueType | null;
  #type: Type = 'pending';
  #changed = false;
  /** Whether anything was handed over in this pass. */
  #given = false;

  /** `declared` is null when no signature says it. */
  constructor(declared: ValueType | null) {
    this.#declared = declared;
  }

  get declared(): ValueType | null {
    return this.#declared;
  }

  get given(): boolean {
    return this.#given;
  }

  /** Before each pass. */
  beginPass(): void {
    this.#given = false;
  }

  /** What values are converted to, or null when that is not known: they then are pointers already. */
  get wanted(): ValueType | null {
    return this.#declared ?? resultOf(this.#type);
  }

  /** Takes note of a value that is handed over. */
  give(type: Type): void {
    this.#given = true;
    const joined = join(this.#type, type) ?? 'value';
    this.#changed ||= joined !== this.#type;
    this.#type = joined;
  }

  /** Whether it changed since the last time that this was asked. */
  takeChange(): boolean {
    const changed = this.#changed;
    this.#changed = false;
    return changed;
  }
}
