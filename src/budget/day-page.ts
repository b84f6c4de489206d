import { amountsOf, Counter, type UnitLimits } from './counter.ts';
import type { Spent } from './port.ts';
import { NOTHING_SPENT, type UsageScope } from './usage.ts';
import type { UsageBook } from './usage-book.ts';

/** Whom the spending of a turn belongs to: names that are unique among all platforms. */
export type Owners = Readonly<Record<UsageScope, string>>;

/** The scopes that have a limit for a day. */
export type DayScope = Exclude<UsageScope, 'session'>;

/** One UTC day of the owners of a turn. What is set aside on it is settled on it, though the day may be over. */
export interface DayPage {
  /** Of those owners that have a limit. */
  readonly counters: readonly Counter[];
  write(spent: Spent): void;
}

export interface DayPagesOptions {
  readonly limits: Readonly<Partial<Record<DayScope, UnitLimits>>>;
  readonly book: UsageBook;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
const DAY_SCOPES = Object.freeze(['user', 'channel', 'workspace'] as const);

interface Owner {
  readonly key: string;
  readonly catchUp: boolean;
}

/**
 * The counters of the current day, shared by all turns of this process. Those of another day stay while something is
 * set aside on them: a clock that is set back over midnight comes to that day again.
 */
export class DayPages {
  readonly #options: DayPagesOptions;
  /** By day, then by scope and key. */
  readonly #days = new Map<number, Map<string, Counter>>();

  constructor(options: DayPagesOptions) {
    this.#options = options;
  }

  /** Today's page. `catchUp` looks at what other processes have spent meanwhile. */
  open(owners: Owners, { catchUp }: { readonly catchUp: boolean }): DayPage {
    const number = Math.floor(this.#options.now() / DAY_MS);
    this.#forgetOthers(number);
    const { limits, book } = this.#options;
    const limited = DAY_SCOPES.filter((scope) => Object.keys(limits[scope] ?? {}).length > 0);
    const counters = limited.map((scope) => this.#counter(number, scope, { key: owners[scope], catchUp }));
    const day = dayOf(number);
    return {
      counters,
      write: (spent) =>
        book.add(
          ([...DAY_SCOPES, 'session'] as const).map((scope) => ({ day, scope, key: owners[scope], spent })),
        ),
    };
  }

  #counter(number: number, scope: DayScope, owner: Owner): Counter {
    const counters = this.#days.get(number) ?? new Map<string, Counter>();
    this.#days.set(number, counters);
    const { key, catchUp } = owner;
    const name = `${scope} ${key}`;
    const known = counters.get(name);
    if (known !== undefined && !catchUp) return known;
    const spent = this.#options.book.ofDay(dayOf(number), scope, key);
    if (known !== undefined) {
      if (spent !== null) known.catchUp(amountsOf(spent));
      return known;
    }
    const counter = new Counter({
      scope,
      limits: this.#options.limits[scope] ?? {},
      endsAt: (number + 1) * DAY_MS,
      settled: amountsOf(spent ?? NOTHING_SPENT),
    });
    counters.set(name, counter);
    return counter;
  }

  #forgetOthers(today: number): void {
    for (const [number, counters] of this.#days) {
      if (number === today || [...counters.values()].some(({ isHeld }) => isHeld)) continue;
      this.#days.delete(number);
    }
  }
}

function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}
