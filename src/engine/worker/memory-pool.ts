import { PAGE_BYTES } from '../limits.ts';
import type { MemoryShape } from '../metering/memory-import.ts';

/** Larger ones take longer to zero than to make. */
const MOST_PAGES = 4;
/** Memories that are kept for the next runs, of all shapes together. */
const MOST_KEPT = 32;
/** V8 keeps a list of all instances that a memory ever had, which makes an old one slow. */
const MOST_USES = 64;

/** A memory that one run has for itself. */
export interface Loan {
  readonly memory: WebAssembly.Memory;
  readonly shape: MemoryShape;
  readonly uses: number;
}

/**
 * Memories for runs. A fresh one costs more than all the rest of a small run, so one that is given back
 * goes to a later run, equal to a fresh one: it was never grown, every byte is zero, and no view of it
 * that anybody kept is valid any more.
 */
export class MemoryPool {
  readonly #kept: Loan[] = [];

  lend(shape: MemoryShape): Loan {
    const index = this.#kept.findLastIndex((loan) => isSame(loan.shape, shape));
    const [kept] = index < 0 ? [] : this.#kept.splice(index, 1);
    return kept ?? { memory: new WebAssembly.Memory(shape), shape, uses: 0 };
  }

  /** Takes a memory back from a run that is over. Nothing of the run may execute after that. */
  giveBack({ memory, shape, uses }: Loan): void {
    if (shape.initial > MOST_PAGES || uses + 1 >= MOST_USES || this.#kept.length >= MOST_KEPT) return;
    // By no pages: this is how JavaScript detaches every view there is.
    if (memory.grow(0) !== shape.initial) return;
    const { buffer } = memory;
    if (buffer.byteLength !== shape.initial * PAGE_BYTES) return;
    new Uint8Array(buffer).fill(0);
    this.#kept.push({ memory, shape, uses: uses + 1 });
  }
}

function isSame(left: MemoryShape, right: MemoryShape): boolean {
  return left.initial === right.initial && left.maximum === right.maximum;
}
