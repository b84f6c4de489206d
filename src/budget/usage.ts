import type { Spent } from './port.ts';

/** Whose spending of a day is kept; a session is a thread. */
export type UsageScope = 'user' | 'channel' | 'workspace' | 'session';

/** What was spent for one of them in one day. */
export interface UsageRow {
  /** In UTC, for example `2026-11-22`. */
  readonly day: string;
  readonly scope: UsageScope;
  readonly key: string;
  readonly spent: Spent;
}

/** Where spending is kept. */
export interface UsageRecords {
  /** What was spent in a day, all of it zero where nothing was. */
  ofDay(day: string, scope: UsageScope, key: string): Spent;
  /** Adds to what there is, all rows or none. */
  add(rows: readonly UsageRow[]): void;
}

export const NOTHING_SPENT: Spent = Object.freeze({
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  modelCalls: 0,
  usd: 0,
  fuel: 0,
  hostCalls: 0,
});

/** The sum of two, field by field. */
export function addSpent(one: Spent, other: Spent): Spent {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    modelCalls: one.modelCalls + other.modelCalls,
    usd: one.usd + other.usd,
    fuel: one.fuel + other.fuel,
    hostCalls: one.hostCalls + other.hostCalls,
  };
}
