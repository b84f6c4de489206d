/**
 * Random choices, read off a row of bytes. Past its end every choice is 0, which the generator makes the
 * simplest one: a shorter tape, or one with smaller bytes, is a smaller program, so fast-check can shrink.
 */
export class Tape {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  /** 0 to `count` - 1; `count` is at most 256. */
  below(count: number): number {
    return this.byte() % count;
  }

  /** True once in `count` times; false past the end. */
  once(count: number): boolean {
    return this.below(count) === count - 1;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  bytes(count: number): number[] {
    return Array.from({ length: count }, () => this.byte());
  }
}
