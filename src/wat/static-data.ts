import type { Text } from './syntax.ts';

/** Address 0 is no value's, so that a pointer that was never set leads nowhere. */
const FIRST_ADDRESS = 8;
const ALIGNMENT = 8;

interface Item {
  /** u32 length + contents + padding up to the alignment. */
  readonly bytes: Uint8Array;
  readonly address: number;
}

/** The constant texts of a module, each in the wire format, each once. */
export class StaticData {
  readonly #limit: number;
  readonly #items = new Map<string, Item>();
  #end = FIRST_ADDRESS;
  #overflow: Text | null = null;

  /** `limit` is the size of the memory at its largest, in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The address of the text; the same bytes have the same address. */
  place(text: Text): number {
    const key = Buffer.from(text.bytes).toString('latin1');
    const known = this.#items.get(key);
    if (known !== undefined) return known.address;
    const item = { bytes: prefixedAndPadded(text.bytes), address: this.#end };
    this.#items.set(key, item);
    this.#end += item.bytes.length;
    if (this.#end > this.#limit) this.#overflow ??= text;
    return item.address;
  }

  /** The first text that the memory cannot hold. */
  get overflow(): Text | null {
    return this.#overflow;
  }

  get items(): readonly Item[] {
    return [...this.#items.values()];
  }

  get start(): number {
    return FIRST_ADDRESS;
  }

  /** The first free address, aligned. */
  get end(): number {
    return this.#end;
  }
}

function prefixedAndPadded(contents: Uint8Array): Uint8Array {
  const size = 4 + contents.length;
  const bytes = new Uint8Array(Math.ceil(size / ALIGNMENT) * ALIGNMENT);
  new DataView(bytes.buffer).setUint32(0, contents.length, true);
  bytes.set(contents, 4);
  return bytes;
}
