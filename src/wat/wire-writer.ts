/** Bytes that grow, with lengths filled in once their contents are written. */
export class WireWriter {
  #bytes = new Uint8Array(64);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  u8(value: number): void {
    const start = this.#reserve(1);
    this.#view.setUint8(start, value);
  }

  i32(value: number): void {
    const start = this.#reserve(4);
    this.#view.setInt32(start, value, true);
  }

  i64(value: bigint): void {
    const start = this.#reserve(8);
    this.#view.setBigInt64(start, value, true);
  }

  f64(value: number): void {
    const start = this.#reserve(8);
    this.#view.setFloat64(start, value, true);
  }

  /** u32 length + data. */
  bytes(value: Uint8Array): void {
    this.prefixed(() => {
      const start = this.#reserve(value.length);
      this.#bytes.set(value, start);
    });
  }

  /** u32 length + UTF-8. */
  text(value: string): void {
    this.bytes(new TextEncoder().encode(value));
  }

  /** u32 byte length of what `contents` writes, then that. */
  prefixed(contents: () => void): void {
    const start = this.#reserve(4);
    contents();
    this.#view.setUint32(start, this.#length - start - 4, true);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room and answers where it begins. It may replace the buffer, so it comes before any use of that. */
  #reserve(size: number): number {
    const start = this.#length;
    this.#length += size;
    if (this.#length <= this.#bytes.length) return start;
    const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
    return start;
  }
}
