/** Runs work with the same key one after another, in the order of the calls; other keys run beside it. */
export class KeyedMutex {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const { promise: tail, resolve: release } = Promise.withResolvers<void>();
    this.#tails.set(key, tail);
    await before;
    try {
      return await work();
    } finally {
      release();
      // The last one out leaves nothing behind, so that the map is as large as what is going on.
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}
