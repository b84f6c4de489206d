import type { HeldDeltas } from './held-deltas.ts';

/** How far a turn has come. */
export interface Progress {
  /** From 1. */
  readonly step: number;
  /** How often a program was mended since one last compiled. */
  readonly retries: number;
  /** Whether the last program did not compile. */
  readonly isRejected: boolean;
  /** Tool calls in a row that failed. */
  readonly failures: number;
  /** The answer so far, of a model that paused in it. */
  readonly begun: Begun;
}

/** Said and not shown yet: the guard judges an answer whole. */
export interface Begun {
  readonly text: string;
  readonly deltas: readonly HeldDeltas[];
}

export const NOTHING_SAID: Begun = Object.freeze({ text: '', deltas: [] });

export const AT_FIRST: Progress = Object.freeze({
  step: 1,
  retries: 0,
  isRejected: false,
  failures: 0,
  begun: NOTHING_SAID,
});
