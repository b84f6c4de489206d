/** What one run keeps in the heap of its worker. */
export interface HeapShare {
  /** Takes so many bytes until the run ends; false, and none taken, when the worker has no more. */
  hold(bytes: number): boolean;
  /** Gives back some of what was taken before the run ends. */
  giveBack(bytes: number): void;
  /** Gives back everything that was taken. Nothing can be taken after that. */
  release(): void;
}

/** What each run has for itself, so that small ones go on when large ones have taken all the rest. */
const OWN_BYTES = 16 * 1024;

/**
 * Shares out the heap of a worker among its runs. V8 ends a worker whose heap is full, and with it all of its
 * runs, so what they keep on the host's side is reckoned before it is made.
 */
export class HostHeap {
  #left: number;

  /** `bytes` is what the runs share beside what each has for itself. */
  constructor(bytes: number) {
    this.#left = bytes;
  }

  share(): HeapShare {
    let held = 0;
    let open = true;
    const become = (bytes: number): boolean => {
      const more = shared(bytes) - shared(held);
      if (more > this.#left) return false;
      this.#left -= more;
      held = bytes;
      return true;
    };
    return {
      hold: (bytes) => open && become(held + bytes),
      giveBack: (bytes) => {
        become(Math.max(0, held - bytes));
      },
      release: () => {
        open = false;
        become(0);
      },
    };
  }
}

function shared(held: number): number {
  return Math.max(0, held - OWN_BYTES);
}
