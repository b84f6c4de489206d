/** What one run keeps in the heap of its worker. */
export interface HeapShare {
  /** Takes so many bytes until the run ends; false, and none taken, when the worker has no more. */
  hold(bytes: number): boolean;
  /** Gives back some of what was taken before the run ends. */
  giveBack(bytes: number): void;
  /** Gives back everything that was taken. Nothing can be taken after that. */
  release(): void;
}

/**
 * Shares out the heap of a worker among its runs. V8 ends a worker whose heap is full, and with it all of its
 * runs, so what they keep on the host's side is reckoned before it is made.
 */
export class HostHeap {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  share(): HeapShare {
    let held = 0;
    let open = true;
    const giveBack = (bytes: number) => {
      const given = Math.min(bytes, held);
      held -= given;
      this.#left += given;
    };
    return {
      hold: (bytes) => {
        if (!open || bytes > this.#left) return false;
        held += bytes;
        this.#left -= bytes;
        return true;
      },
      giveBack,
      release: () => {
        open = false;
        giveBack(held);
      },
    };
  }
}
