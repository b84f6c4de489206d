import type { GuestContext } from '../guest-capability.ts';

/** Things that the capabilities of one run share, by the function that makes them. */
export class SharedParts {
  readonly #parts = new Map<(context: GuestContext) => unknown, unknown>();

  /** What `make` gives, made at the first call and kept for the run. */
  get<T>(make: (context: GuestContext) => T, context: GuestContext): T {
    if (!this.#parts.has(make)) this.#parts.set(make, make(context));
    // Under a function there is only ever what that function made.
    return this.#parts.get(make) as T;
  }
}
