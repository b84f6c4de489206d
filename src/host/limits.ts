import type { HistoryLimits } from './history.ts';
import type { RepeatLimits } from './repeats.ts';

export interface HostLimits {
  /** Threads whose turns run at once; more wait. */
  readonly runningTurns: number;
  /** What a session keeps of its past. */
  readonly history: HistoryLimits;
  /** How often and how long a post that did not get through is tried again. */
  readonly repeats: RepeatLimits;
  /** How often the programs of one turn may ask a model. */
  readonly modelCalls: number;
  /** How long a turn that was told to stop may take to say so, in milliseconds. */
  readonly abortMs: number;
  /** How long an answer waits for the last progress update, in milliseconds. */
  readonly progressMs: number;
}

export const DEFAULT_HOST_LIMITS: HostLimits = Object.freeze({
  runningTurns: 32,
  history: Object.freeze({ messages: 200, characters: 400_000 }),
  repeats: Object.freeze({
    unknownWaitsMs: Object.freeze([1_000, 3_000, 9_000]),
    limitedWaitMs: 120_000,
  }),
  modelCalls: 20,
  abortMs: 5_000,
  progressMs: 5_000,
});
