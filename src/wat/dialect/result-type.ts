import type { ValueType } from '../types.ts';
import { join, resultOf, type Type } from './types.ts';

/** The type of the result, over all passes: as declared, or the join of all that the body hands over. */
export class ResultType {
  readonly #declared: ValueType | null;
  #type: Type = 'pending';
  #asked = false;
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
    this.#asked = false;
    this.#changed = false;
  }

  /** What values are converted to, or null when that is not known: they then are pointers already. */
  get wanted(): ValueType | null {
    this.#asked = true;
    return this.#declared ?? resultOf(this.#type);
  }

  /** Takes note of a value that is handed over. */
  give(type: Type): void {
    this.#given = true;
    const joined = join(this.#type, type) ?? 'value';
    this.#changed ||= this.#asked && joined !== this.#type;
    this.#type = joined;
  }

  /** Whether it changed in this pass after something was told otherwise. */
  get changed(): boolean {
    return this.#changed && this.#declared === null;
  }
}
