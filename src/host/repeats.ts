import type { PostOutcome } from '../chat/adapter.ts';
import type { StartTimer } from '../chat/timer.ts';
import { pause } from './pause.ts';

export interface RepeatLimits {
  /** Waits before a post whose outcome is unknown is sent again, in milliseconds, one a time. */
  readonly unknownWaitsMs: readonly number[];
  /** Milliseconds that one answer may wait in all because the platform limits the rate. */
  readonly limitedWaitMs: number;
}

export type Failure = Extract<PostOutcome, { readonly ok: false }>;

export interface RepeatOptions {
  readonly limits: RepeatLimits;
  readonly startTimer: StartTimer;
  /** Aborting ends the waiting. */
  readonly signal: AbortSignal;
  /** Told before each wait. */
  onWait(failure: Failure, waitMs: number): void;
}

/** What came of a send in the end. `stopped`: the last outcome, after which it would have been sent again. */
export interface FinalOutcome {
  readonly outcome: PostOutcome;
  readonly stopped: boolean;
}

/** Repeats the sends of one answer within its limits. */
export interface Repeats {
  run(send: () => Promise<PostOutcome>): Promise<FinalOutcome>;
}

/** The wait for rate limits is counted over all its sends, so one is made for each answer. */
export function createRepeats({ limits, startTimer, signal, onWait }: RepeatOptions): Repeats {
  let limitedLeftMs = limits.limitedWaitMs;

  /** Null when it is not to be sent again. */
  function waitAfter(failure: Failure, unknowns: number): number | null {
    if (failure.kind === 'unknown') return limits.unknownWaitsMs[unknowns - 1] ?? null;
    if (failure.kind === 'refused') return null;
    // At least a second, so that a platform that says 0 is not asked in a tight loop.
    const waitMs = Math.max(failure.retryAfterMs, 1_000);
    if (waitMs > limitedLeftMs) return null;
    limitedLeftMs -= waitMs;
    return waitMs;
  }

  return {
    async run(send) {
      for (let unknowns = 0; ; ) {
        const outcome = await send();
        if (outcome.ok) return { outcome, stopped: false };
        if (outcome.kind === 'unknown') unknowns += 1;
        const waitMs = waitAfter(outcome, unknowns);
        if (waitMs === null) return { outcome, stopped: false };
        onWait(outcome, waitMs);
        if (!(await pause(waitMs, signal, startTimer))) return { outcome, stopped: true };
      }
    },
  };
}
