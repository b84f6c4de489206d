import type { StartTimer } from './timer.ts';

export interface PacerOptions<State> {
  /** Milliseconds from the start of one delivery to the start of the next. */
  readonly intervalMs: number;
  readonly now: () => number;
  readonly startTimer: StartTimer;
  deliver(state: State): Promise<void>;
  /** Told of each delivery that failed; nothing else comes of it. */
  onError(error: unknown): void;
}

/** Delivers the newest of a row of states: the first at once, then at most one in each interval. */
export interface Pacer<State> {
  push(state: State): void;
  /** Delivers the last state if it is not delivered yet. Never rejects; waits this many milliseconds at most. */
  flush(maxWaitMs: number): Promise<void>;
}

export function createPacer<State>(options: PacerOptions<State>): Pacer<State> {
  return new IntervalPacer(options);
}

class IntervalPacer<State> implements Pacer<State> {
  readonly #options: PacerOptions<State>;
  /** What is still to be delivered; a box, because a state may be any value. */
  #pending: { readonly state: State } | null = null;
  /** The last one, when its delivery failed and nothing newer came: `flush` tries it again. */
  #failed: { readonly state: State } | null = null;
  #delivery: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(options: PacerOptions<State>) {
    this.#options = options;
  }

  push(state: State): void {
    this.#pending = { state };
    this.#schedule();
  }

  async flush(maxWaitMs: number): Promise<void> {
    const timeUp = Promise.withResolvers<void>();
    const cancel = this.#options.startTimer(maxWaitMs, () => {
      this.#options.onError(new Error(`the last delivery took longer than ${maxWaitMs} ms`));
      timeUp.resolve();
    });
    await Promise.race([this.#drain(), timeUp.promise]);
    cancel();
  }

  async #drain(): Promise<void> {
    while (this.#delivery !== null) await this.#delivery;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const last = this.#pending ?? this.#failed;
    if (last !== null) await this.#start(last);
  }

  #schedule(): void {
    if (this.#delivery !== null || this.#cancelTimer !== null) return;
    const waitMs = this.#nextAt - this.#options.now();
    if (waitMs <= 0) {
      this.#startPending();
      return;
    }
    this.#cancelTimer = this.#options.startTimer(waitMs, () => {
      this.#cancelTimer = null;
      this.#startPending();
    });
  }

  #startPending(): void {
    if (this.#pending !== null) void this.#start(this.#pending);
  }

  #start(box: { readonly state: State }): Promise<void> {
    this.#pending = null;
    this.#failed = null;
    this.#nextAt = this.#options.now() + this.#options.intervalMs;
    this.#delivery = this.#deliver(box).then(() => {
      this.#delivery = null;
      if (this.#pending !== null) this.#schedule();
    });
    return this.#delivery;
  }

  /** Never rejects. */
  async #deliver(box: { readonly state: State }): Promise<void> {
    try {
      await this.#options.deliver(box.state);
    } catch (error) {
      this.#failed = box;
      this.#options.onError(error);
    }
  }
}
