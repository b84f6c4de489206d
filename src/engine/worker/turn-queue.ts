/**
 * Lets the runs of a worker compute in turn, one slice in each round of the event loop, so that
 * messages get in between any two slices however many runs compute.
 */
export class TurnQueue {
  readonly #waiting = new Set<PromiseWithResolvers<void>>();
  #scheduled = false;

  /** A place at the end of the queue. It is resolved when the turn comes, unless the caller rejects it before. */
  wait(): PromiseWithResolvers<void> {
    const turn = Promise.withResolvers<void>();
    this.#waiting.add(turn);
    this.#schedule();
    return turn;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#scheduled = false;
    const [turn] = this.#waiting;
    if (turn === undefined) return;
    this.#waiting.delete(turn);
    turn.resolve();
    if (this.#waiting.size > 0) this.#schedule();
  }
}
