import { PAGE_BYTES } from '../limits.ts';

const ALIGNMENT = 8;

/**
 * The linear memory of a run as the host sees it: checked reads, and room for results, taken from
 * `heapBase` upward. Pages that the guest adds itself are the guest's, and are never given out.
 */
export class GuestMemory {
  #memory: WebAssembly.Memory | null = null;
  #next: number;
  /** The end of the pages that the host may use. */
  #end = 0;

  constructor(heapBase: number) {
    this.#next = heapBase;
  }

  /** Takes over the memory of a fresh instance; without one, every address is out of bounds. */
  open(memory: WebAssembly.Memory): void {
    this.#memory = memory;
    this.#end = this.size;
  }

  get size(): number {
    return this.#memory?.buffer.byteLength ?? 0;
  }

  /** A view of the bytes, valid until the memory grows; null when they are not all in memory. */
  view(pointer: number, length: number): Uint8Array<ArrayBuffer> | null {
    if (this.#memory === null || pointer + length > this.size) return null;
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  /** The number at `pointer`; null when it is not all in memory. */
  u32(pointer: number): number | null {
    if (this.#memory === null || pointer + 4 > this.size) return null;
    return new DataView(this.#memory.buffer).getUint32(pointer, true);
  }

  /** The address of fresh room, 8-byte aligned; null when the memory may not grow that far. */
  allocate(length: number): number | null {
    if (this.#memory === null) return null;
    if (this.#next + length > this.#end && !this.#grow(this.#memory, length)) return null;
    const pointer = this.#next;
    this.#next = Math.ceil((pointer + length) / ALIGNMENT) * ALIGNMENT;
    return pointer;
  }

  #grow(memory: WebAssembly.Memory, length: number): boolean {
    const size = this.size;
    const start = size === this.#end ? this.#next : size;
    const pages = Math.ceil((start + length - size) / PAGE_BYTES);
    if (!grew(memory, pages)) return false;
    this.#next = start;
    this.#end = this.size;
    return true;
  }
}

function grew(memory: WebAssembly.Memory, pages: number): boolean {
  try {
    memory.grow(pages);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
