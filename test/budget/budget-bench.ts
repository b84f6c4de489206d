import { type BudgetLimits, type Budgets, createBudgets } from '../../src/budget/budgets.ts';
import type { Owners } from '../../src/budget/day-page.ts';
import type { Account, BudgetNotice, PlannedCall, Purpose } from '../../src/budget/port.ts';
import { createPriceList, type ModelPrice } from '../../src/budget/prices.ts';
import { addSpent, NOTHING_SPENT, type UsageRecords } from '../../src/budget/usage.ts';
import type { Usage } from '../../src/model/model.ts';

export const DAY = 86_400_000;
/** Noon of 22 November 2026, in UTC. */
export const NOON = Date.UTC(2026, 10, 22, 12);

export const OWNERS: Owners = Object.freeze({
  user: 'user:slack:T1:U1',
  channel: 'channel:slack:T1:C1',
  workspace: 'workspace:slack:T1',
  session: 'slack:T1:C1:17.1',
});

/** A dollar for a million tokens read, two for a million written. */
export const PLAIN: ModelPrice = Object.freeze({ input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1 });

export interface MemoryRecords extends UsageRecords {
  /** Makes reading and writing fail until it is false again. */
  broken: boolean;
}

/** Records in memory. */
export function memoryRecords(): MemoryRecords {
  const rows = new Map<string, typeof NOTHING_SPENT>();
  const records: MemoryRecords = {
    broken: false,
    ofDay(day, scope, key) {
      if (records.broken) throw new Error('disk I/O error');
      return rows.get(`${day} ${scope} ${key}`) ?? NOTHING_SPENT;
    },
    add(added) {
      if (records.broken) throw new Error('disk I/O error');
      for (const { day, scope, key, spent } of added) {
        const name = `${day} ${scope} ${key}`;
        rows.set(name, addSpent(rows.get(name) ?? NOTHING_SPENT, spent));
      }
    },
  };
  return records;
}

export interface BudgetBench {
  readonly budgets: Budgets;
  readonly notices: BudgetNotice[];
  readonly problems: unknown[];
  readonly clock: { now: number };
  open(owners?: Partial<Owners>): Account;
}

export interface BenchSettings {
  readonly limits?: BudgetLimits;
  readonly usage?: UsageRecords;
  readonly clock?: { now: number };
}

/** Budgets with every notice on record, at noon. */
export function createBench({
  limits = {},
  usage = memoryRecords(),
  clock = { now: NOON },
}: BenchSettings = {}): BudgetBench {
  const notices: BudgetNotice[] = [];
  const problems: unknown[] = [];
  const prices = createPriceList({ table: { plain: PLAIN }, onUnknown: () => undefined });
  const budgets = createBudgets({
    limits,
    prices,
    usage,
    now: () => clock.now,
    onProblem: (error) => problems.push(error),
  });
  return {
    budgets,
    notices,
    problems,
    clock,
    open: (owners = {}) =>
      budgets.openAccount({
        owners: { ...OWNERS, ...owners },
        onNotice: (notice) => notices.push(notice),
      }),
  };
}

export function planned(changes: Partial<PlannedCall> = {}): PlannedCall {
  return { model: 'plain', purpose: 'answer', inputTokens: 1_000, maxTokens: 1_000, ...changes };
}

export function used(inputTokens: number, outputTokens = 0): Usage {
  return { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 };
}

/** Makes a call and settles it; answers whether there was room. */
export function spend(account: Account, usage: Usage, purpose: Purpose = 'program'): boolean {
  const reserved = account.reserveCall(
    planned({ purpose, inputTokens: usage.inputTokens, maxTokens: usage.outputTokens }),
  );
  if (reserved.ok) reserved.settle(usage);
  return reserved.ok;
}
