interface Waiter {
  check(): void;
}

export interface WaitOptions {
  /** What is waited for, for the error. */
  readonly what?: string;
  readonly timeoutMs?: number;
}

/** Tells everyone who waits that something changed; nothing is polled. */
export class Changes {
  readonly #waiters = new Set<Waiter>();

  notify(): void {
    for (const waiter of [...this.#waiters]) waiter.check();
  }

  /** Resolves with the first result of `look` that is not false, null or undefined. */
  waitFor<T>(look: () => T | false | null | undefined, options: WaitOptions = {}): Promise<T> {
    const { what = 'what the test waits for', timeoutMs = 5_000 } = options;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${what} did not happen within ${timeoutMs} ms`));
      }, timeoutMs);
      const waiter: Waiter = {
        check: () => {
          try {
            const found = look();
            if (found === false || found === null || found === undefined) return;
            end();
            resolve(found);
          } catch (error) {
            end();
            reject(error);
          }
        },
      };
      this.#waiters.add(waiter);
      waiter.check();
    });
  }
}
