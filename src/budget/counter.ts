import type { BudgetNotice, BudgetScope, BudgetUnit, Spent } from './port.ts';

export const BUDGET_UNITS = Object.freeze(['tokens', 'usd', 'fuel', 'hostCalls'] as const);

/** So much of each unit. */
export type Amounts = Readonly<Record<BudgetUnit, number>>;

/** A unit that is left out has no limit. */
export type UnitLimits = Readonly<Partial<Record<BudgetUnit, number>>>;

/** The share of a limit at which it is warned of. */
export const WARNING_SHARE = 0.8;

const NONE: Amounts = Object.freeze({ tokens: 0, usd: 0, fuel: 0, hostCalls: 0 });

export interface CounterOptions {
  readonly scope: BudgetScope;
  readonly limits: UnitLimits;
  /** When it ends, in Unix milliseconds; null for that of a run or a turn. */
  readonly endsAt: number | null;
  /** Spent on it before. */
  readonly settled?: Amounts;
}

/** What one run, turn, user, channel or workspace has spent and set aside, against its limits. */
export class Counter {
  readonly #options: CounterOptions;
  readonly #warned: Set<BudgetUnit>;
  #settled: Amounts;
  #reserved: Amounts = NONE;
  #held = 0;

  constructor(options: CounterOptions) {
    this.#options = options;
    this.#settled = options.settled ?? NONE;
    // Who was beyond it before the process began has been warned then.
    this.#warned = new Set(BUDGET_UNITS.filter((unit) => this.#isNear(unit, this.#settled)));
  }

  /** Whether a warning was given of any of its limits. */
  get isLow(): boolean {
    return this.#warned.size > 0;
  }

  /** Takes over what another process may have spent on it since. */
  catchUp(settled: Amounts): void {
    this.#settled = settled;
  }

  /** What can still be set aside; negative where more was spent than expected. */
  room(unit: BudgetUnit): number {
    return this.#limit(unit) - this.#settled[unit] - this.#reserved[unit];
  }

  /** What is not spent yet, though it may be set aside. */
  left(unit: BudgetUnit): number {
    return this.#limit(unit) - this.#settled[unit];
  }

  /** Whether a limit is reached by what was spent alone. */
  isSpent(unit: BudgetUnit): boolean {
    return this.left(unit) <= 0;
  }

  /** Whether anything is set aside that has not been settled. */
  get isHeld(): boolean {
    return this.#held > 0;
  }

  reserve(amounts: Partial<Amounts>): void {
    this.#held += 1;
    this.#reserved = sum(this.#reserved, amounts, 1);
  }

  /** What was reserved goes, and what was used instead of it stays. Answers the warnings that are due. */
  settle(reserved: Partial<Amounts>, used: Partial<Amounts>): readonly BudgetNotice[] {
    this.#held -= 1;
    this.#reserved = sum(this.#reserved, reserved, -1);
    this.#settled = sum(this.#settled, used, 1);
    return this.#warn(this.#settled);
  }

  /** Sets one host call of a run aside, which is as good as spent. Answers the warning if it is due. */
  countHostCall(): readonly BudgetNotice[] {
    this.#reserved = sum(this.#reserved, { hostCalls: 1 }, 1);
    return this.#warn({ ...this.#settled, hostCalls: this.#used('hostCalls') });
  }

  /** Warns of a limit before its last share is reached, if it was not yet. */
  warnOf(unit: BudgetUnit): readonly BudgetNotice[] {
    if (this.#warned.has(unit)) return [];
    this.#warned.add(unit);
    return [this.notice('warning', unit)];
  }

  notice(state: BudgetNotice['state'], unit: BudgetUnit): BudgetNotice {
    const { scope, endsAt } = this.#options;
    return Object.freeze({ state, scope, unit, used: this.#used(unit), limit: this.#limit(unit), endsAt });
  }

  #warn(spent: Amounts): readonly BudgetNotice[] {
    const due = BUDGET_UNITS.filter((unit) => !this.#warned.has(unit) && this.#isNear(unit, spent));
    return due.flatMap((unit) => this.warnOf(unit));
  }

  #isNear(unit: BudgetUnit, spent: Amounts): boolean {
    return spent[unit] > 0 && spent[unit] >= WARNING_SHARE * this.#limit(unit);
  }

  #used(unit: BudgetUnit): number {
    return this.#settled[unit] + this.#reserved[unit];
  }

  #limit(unit: BudgetUnit): number {
    return this.#options.limits[unit] ?? Number.POSITIVE_INFINITY;
  }
}

/** What was spent in the units of budgets: tokens of all classes count alike. */
export function amountsOf(spent: Spent): Amounts {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, usd, fuel, hostCalls } = spent;
  return { tokens: inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens, usd, fuel, hostCalls };
}

function sum(one: Amounts, other: Partial<Amounts>, sign: 1 | -1): Amounts {
  return {
    tokens: one.tokens + sign * (other.tokens ?? 0),
    usd: one.usd + sign * (other.usd ?? 0),
    fuel: one.fuel + sign * (other.fuel ?? 0),
    hostCalls: one.hostCalls + sign * (other.hostCalls ?? 0),
  };
}
