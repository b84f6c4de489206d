import type { Spent } from './port.ts';
import { addSpent, NOTHING_SPENT, type UsageRecords, type UsageRow, type UsageScope } from './usage.ts';

/**
 * Records that cannot fail a turn: what could not be written is kept in memory and written with what comes next.
 * Each failure is told, and the numbers here stay right.
 */
export class UsageBook {
  readonly #records: UsageRecords;
  readonly #onProblem: (error: unknown) => void;
  #unwritten = new Map<string, UsageRow>();

  constructor(records: UsageRecords, onProblem: (error: unknown) => void) {
    this.#records = records;
    this.#onProblem = onProblem;
  }

  /** Null when it cannot be read. */
  ofDay(day: string, scope: UsageScope, key: string): Spent | null {
    const unwritten = this.#unwritten.get(nameOf({ day, scope, key }))?.spent ?? NOTHING_SPENT;
    const stored = this.#attempt(() => this.#records.ofDay(day, scope, key));
    return stored === null ? null : addSpent(stored, unwritten);
  }

  add(rows: readonly UsageRow[]): void {
    for (const row of rows) this.#keep(row);
    const written = this.#attempt(() => {
      this.#records.add([...this.#unwritten.values()]);
      return true;
    });
    if (written !== null) this.#unwritten = new Map();
  }

  #keep(row: UsageRow): void {
    const before = this.#unwritten.get(nameOf(row))?.spent ?? NOTHING_SPENT;
    this.#unwritten.set(nameOf(row), { ...row, spent: addSpent(before, row.spent) });
  }

  #attempt<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.#onProblem(error);
      return null;
    }
  }
}

function nameOf({ day, scope, key }: Omit<UsageRow, 'spent'>): string {
  return `${day} ${scope} ${key}`;
}
