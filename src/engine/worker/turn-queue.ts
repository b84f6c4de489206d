/** Milliseconds that runs may compute in one round before the next ones have to queue. */
const ROUND_MS = 5;

/**
 * Lets the runs of a worker compute in turn. In each round of the event loop one queued run gets a
 * slice, and those that a message sets going share a few milliseconds, so that messages get in
 * between any two slices however many runs compute.
 */
export class TurnQueue {
  readonly #clock: () => number;
  readonly #waiting = new Set<PromiseWithResolvers<void>>();
  #scheduled = false;
  /**
   * When the first run of this round was set going by a message. While nobody queues no round is told
   * from the next, which spares each message an immediate, and costs one run in 5 ms a place in an empty queue.
   */
  #roundStart: number | null = null;

  /** `clock` gives milliseconds that only go forward. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** A place at the end of the queue. It is resolved when the turn comes, unless the caller rejects it before. */
  wait(): PromiseWithResolvers<void> {
    const turn = Promise.withResolvers<void>();
    this.#waiting.add(turn);
    this.#schedule();
    return turn;
  }

  /** For a run that a message sets going: null while this round has time left, else a place in the queue. */
  enter(): PromiseWithResolvers<void> | null {
    const now = this.#clock();
    this.#roundStart ??= now;
    return now - this.#roundStart > ROUND_MS ? this.wait() : null;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#scheduled = false;
    this.#roundStart = null;
    const [turn] = this.#waiting;
    if (turn === undefined) return;
    this.#waiting.delete(turn);
    turn.resolve();
    if (this.#waiting.size > 0) this.#schedule();
  }
}
