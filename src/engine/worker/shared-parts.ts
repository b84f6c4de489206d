/** Things that the capabilities of one run share, by the function that makes them. */
export class SharedParts {
  readonly #parts = new Map<() => unknown, unknown>();

  /** What `make` gives, made at the first call and kept for the run. */
  get<T>(make: () => T): T {
    if (!this.#parts.has(make)) this.#parts.set(make, make());
    // Under a function there is only ever what that function made.
    return this.#parts.get(make) as T;
  }
}
