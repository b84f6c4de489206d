interface Entry {
  readonly weight: number;
  readonly begin: () => void;
}

/** Lets runs in as long as the memory of all fits, and makes the others wait in order. */
export class Admission {
  readonly #capacity: number;
  readonly #queue = new Set<Entry>();
  #used = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Calls `begin` once there is room, maybe at once. What weighs more than everything has to wait until
   * it is alone. The function that comes back gives the room, or the place in the queue, up again.
   */
  enter(weight: number, begin: () => void): () => void {
    const entry: Entry = { weight: Math.min(weight, this.#capacity), begin };
    this.#queue.add(entry);
    this.#admit();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      if (!this.#queue.delete(entry)) this.#used -= entry.weight;
      this.#admit();
    };
  }

  #admit(): void {
    for (const entry of this.#queue) {
      if (this.#used + entry.weight > this.#capacity) return;
      this.#queue.delete(entry);
      this.#used += entry.weight;
      entry.begin();
    }
  }
}
