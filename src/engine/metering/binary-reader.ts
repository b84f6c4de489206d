import { Refusal } from './refusal.ts';

/** Reads the primitives of the WebAssembly binary format from one range of a module. */
export class BinaryReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  position: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    if (start > end || end > bytes.length)
      throw new Refusal('a size that passes the end of the module', start);
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  byte(): number {
    const value = this.position < this.end ? this.bytes[this.position] : undefined;
    if (value === undefined) throw new Refusal('unexpected end', this.position);
    this.position += 1;
    return value;
  }

  u32(): number {
    let value = 0;
    let shift = 0;
    let byte = this.byte();
    while (byte >= 0x80) {
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (shift > 28) throw new Refusal('a number of more than 32 bits', this.position);
      byte = this.byte();
    }
    return value + byte * 2 ** shift;
  }

  /** A signed number of at most 33 bits: block types and the constants of `i32.const`. */
  s33(): number {
    let value = 0;
    let scale = 1;
    let byte = this.byte();
    while (byte >= 0x80) {
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (scale > 2 ** 28) throw new Refusal('a number of more than 33 bits', this.position);
      byte = this.byte();
    }
    value += byte * scale;
    return (byte & 0x40) === 0 ? value : value - scale * 128;
  }

  /** Passes over a LEB128 number of any width. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }

  skip(count: number): void {
    if (count > this.end - this.position) throw new Refusal('unexpected end', this.position);
    this.position += count;
  }

  /** A part of this range as a reader of its own; this reader goes on behind it. */
  part(length: number): BinaryReader {
    const start = this.position;
    this.skip(length);
    return new BinaryReader(this.bytes, start, this.position);
  }

  /** A length-prefixed text, for comparing and for messages. */
  name(): string {
    const part = this.part(this.u32());
    return new TextDecoder().decode(this.bytes.subarray(part.position, part.end));
  }
}
