import { WattleError } from '../errors.ts';

/** From this share of its time on a turn is asked to come to its end. */
const NEAR_END = 0.8;

export interface TurnClockOptions {
  /** Milliseconds that the turn may take. */
  readonly limitMs: number;
  /** Milliseconds of any clock that does not go back. */
  readonly now: () => number;
}

/** The wall clock of one turn. */
export class TurnClock {
  readonly #late = new AbortController();
  readonly #options: TurnClockOptions;
  readonly #startedAt: number;
  readonly #timer: NodeJS.Timeout;

  constructor(options: TurnClockOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    this.#timer = setTimeout(
      () => this.#late.abort(new WattleError('TOO_LATE', 'the turn has no time left')),
      options.limitMs,
    );
  }

  /** Aborted with TOO_LATE when the time is up. */
  get late(): AbortSignal {
    return this.#late.signal;
  }

  /** Whether there is only time to sum up. */
  get isNearEnd(): boolean {
    const { now, limitMs } = this.#options;
    return now() - this.#startedAt >= NEAR_END * limitMs;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
