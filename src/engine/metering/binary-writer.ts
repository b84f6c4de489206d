const SHORT_COPY = 24;

/** Writes the primitives of the WebAssembly binary format into a buffer that grows as needed. */
export class BinaryWriter {
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1024) {
    this.#buffer = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  bytes(...values: readonly number[]): void {
    this.#reserve(values.length);
    for (const value of values) {
      this.#buffer[this.#length] = value;
      this.#length += 1;
    }
  }

  u32(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#length] = (rest % 128) + 128;
      this.#length += 1;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#length] = rest;
    this.#length += 1;
  }

  /** A signed LEB128 number: any safe integer. */
  signed(value: number): void {
    let rest = value;
    for (;;) {
      const low = ((rest % 128) + 128) % 128;
      rest = (rest - low) / 128;
      const last = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
      this.byte(last ? low : low + 128);
      if (last) return;
    }
  }

  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.u32(encoded.length);
    this.copy(encoded, 0, encoded.length);
  }

  copy(source: Uint8Array, start: number, end: number): void {
    const count = end - start;
    this.#reserve(count);
    if (count > SHORT_COPY) {
      this.#buffer.set(source.subarray(start, end), this.#length);
    } else {
      for (let index = 0; index < count; index += 1) {
        this.#buffer[this.#length + index] = source[start + index] ?? 0;
      }
    }
    this.#length += count;
  }

  /** Another writer's contents behind their length: a section or a function body. */
  sized(contents: BinaryWriter): void {
    this.u32(contents.#length);
    this.copy(contents.#buffer, 0, contents.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
