/** Ends a proof that cannot be made. `verify` turns it into a value. */
export class Unproven extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'Unproven';
    this.offset = offset;
  }
}

/** i32 i64 f32 f64 v128 funcref externref, each one byte. */
const TYPES: ReadonlySet<number> = new Set([0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f]);

/** Walks over a module's bytes. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  next(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Unproven('the module ends too soon', this.at);
    this.at += 1;
    return byte;
  }

  unsigned(): number {
    return this.#leb().value;
  }

  /** Exact up to 2^53, far above any charge; larger constants come out merely large. */
  signed(): number {
    const { value, weight, negative } = this.#leb();
    return negative ? value - weight : value;
  }

  type(): number {
    const type = this.next();
    if (!TYPES.has(type)) throw new Unproven(`a type 0x${type.toString(16)} that is not known`, this.at - 1);
    return type;
  }

  move(count: number): void {
    this.at += count;
    if (this.at > this.bytes.length) throw new Unproven('the module ends too soon', this.at);
  }

  text(): string {
    const length = this.unsigned();
    const start = this.at;
    this.move(length);
    return Buffer.from(this.bytes.subarray(start, this.at)).toString('utf8');
  }

  #leb(): { value: number; weight: number; negative: boolean } {
    let value = 0;
    let weight = 1;
    for (let length = 1; length <= 10; length += 1) {
      const byte = this.next();
      value += (byte & 0x7f) * weight;
      weight *= 128;
      if (byte < 0x80) return { value, weight, negative: byte >= 0x40 };
    }
    throw new Unproven('a number that does not end', this.at);
  }
}
