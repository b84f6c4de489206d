import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetLimits } from '../../src/budget/budgets.ts';
import type { Account } from '../../src/budget/port.ts';
import { createBench, memoryRecords, OWNERS, PLAIN, planned } from './budget-bench.ts';

const LIMITS: BudgetLimits = {
  run: { tokens: 3_000, fuel: 20_000, hostCalls: 3 },
  turn: { tokens: 6_000, usd: 0.009, fuel: 50_000, hostCalls: 5 },
  user: { tokens: 9_000, usd: 0.013, fuel: 70_000, hostCalls: 7 },
  channel: { tokens: 12_000, usd: 0.016, fuel: 90_000, hostCalls: 9 },
};
const DAY = '2026-11-22';
const ROUNDING = 1e-9;

/** A call of the turn's own model, or of one that its newest run asks. */
interface Call {
  readonly kind: 'call' | 'ask';
  readonly turn: number;
  readonly input: number;
  readonly output: number;
}

/** What several turns at once do: each action is of one of them, in whatever order. */
type Action =
  | Call
  | { readonly kind: 'run'; readonly turn: number; readonly fuel: number }
  | { readonly kind: 'host-call'; readonly turn: number }
  /** Settles the oldest reservation with this share of it. */
  | { readonly kind: 'settle'; readonly turn: number; readonly share: number };

const turn = fc.nat({ max: 3 });
const tokens = fc.nat({ max: 4_000 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constantFrom('call' as const, 'ask' as const), turn, input: tokens, output: tokens }),
  fc.record({ kind: fc.constant('run' as const), turn, fuel: fc.integer({ min: 1, max: 40_000 }) }),
  fc.record({ kind: fc.constant('host-call' as const), turn }),
  fc.record({
    kind: fc.constant('settle' as const),
    turn,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

interface Held {
  readonly tokens: number;
  readonly usd: number;
  readonly fuel: number;
  settle(share: number): void;
}

/** One turn, with what it has set aside at the time. */
class Actor {
  readonly #account: Account;
  readonly held: Held[] = [];
  #run: Extract<ReturnType<Account['reserveRun']>, { ok: true }> | null = null;

  constructor(account: Account) {
    this.#account = account;
  }

  act(action: Action): void {
    if (action.kind === 'ask') this.#call(this.#run?.account ?? this.#account, action);
    else if (action.kind === 'call') this.#call(this.#account, action);
    else if (action.kind === 'run') this.#begin(action.fuel);
    else if (action.kind === 'settle') this.held.shift()?.settle(action.share);
    else this.#run?.hostCall();
  }

  get spent() {
    return this.#account.spent;
  }

  /** Settles all. A call uses at most what was set aside for it. */
  end(): void {
    while (this.held.length > 0) this.held.shift()?.settle(1);
  }

  #call(account: Account, { input, output }: Call): void {
    const reserved = account.reserveCall(planned({ inputTokens: input, maxTokens: output }));
    if (!reserved.ok) return;
    const { maxTokens } = reserved;
    const usd = (input * PLAIN.input + maxTokens * PLAIN.output) / 1e6;
    this.held.push({
      tokens: input + maxTokens,
      usd,
      fuel: 0,
      settle: (share) =>
        reserved.settle({
          inputTokens: Math.floor(input * share),
          outputTokens: Math.floor(maxTokens * share),
          cacheReadTokens: 0,
          cacheWriteTokens: 0,
        }),
    });
  }

  #begin(fuel: number): void {
    const run = this.#account.reserveRun(fuel);
    if (!run.ok) return;
    this.#run = run;
    this.held.push({
      tokens: 0,
      usd: 0,
      fuel: run.fuel,
      settle: (share) => {
        run.settle(Math.floor(run.fuel * share));
        if (this.#run === run) this.#run = null;
      },
    });
  }
}

function total(actors: readonly Actor[], field: 'tokens' | 'usd' | 'fuel'): number {
  const held = actors.flatMap((actor) => actor.held).reduce((sum, each) => sum + each[field], 0);
  const spent = actors.reduce((sum, { spent: each }) => {
    if (field !== 'tokens') return sum + each[field];
    return sum + each.inputTokens + each.outputTokens;
  }, 0);
  return held + spent;
}

describe('reservations', () => {
  it('never exceed a limit together, spent and set aside, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const usage = memoryRecords();
        const { open } = createBench({ limits: LIMITS, usage });
        // Two people in one channel with two turns each.
        const actors = [0, 1, 2, 3].map((index) => new Actor(open({ user: `user:${index % 2}` })));
        for (const each of actions) {
          actors[each.turn]?.act(each);
          for (const unit of ['tokens', 'usd', 'fuel'] as const) {
            const whole = LIMITS.channel?.[unit] ?? 0;
            expect(total(actors, unit)).toBeLessThanOrEqual(whole + ROUNDING);
            for (const one of actors) {
              expect(total([one], unit)).toBeLessThanOrEqual((LIMITS.turn?.[unit] ?? 0) + ROUNDING);
            }
            for (const person of [0, 1]) {
              const theirs = actors.filter((_, index) => index % 2 === person);
              expect(total(theirs, unit)).toBeLessThanOrEqual((LIMITS.user?.[unit] ?? 0) + ROUNDING);
            }
          }
        }
        for (const actor of actors) actor.end();
        const kept = usage.ofDay(DAY, 'channel', OWNERS.channel);
        expect(kept.hostCalls).toBeLessThanOrEqual(9);
        expect(kept.inputTokens + kept.outputTokens).toBe(total(actors, 'tokens'));
        expect(kept.fuel).toBe(total(actors, 'fuel'));
      }),
      { numRuns: 300 },
    );
  });

  it('leave nothing behind once they are settled', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const { open } = createBench({ limits: { channel: { tokens: 1_000_000, fuel: 1_000_000 } } });
        const actors = [0, 1, 2, 3].map(() => new Actor(open()));
        for (const each of actions) actors[each.turn]?.act(each);
        for (const actor of actors) actor.end();
        const left = 1_000_000 - total(actors, 'tokens');
        const rest = open().reserveCall(planned({ inputTokens: 0, maxTokens: 2_000_000 }));
        expect(rest).toMatchObject({ ok: true, maxTokens: left });
        const fuel = open().reserveRun(2_000_000);
        expect(fuel).toMatchObject({ ok: true, fuel: 1_000_000 - total(actors, 'fuel') });
      }),
      { numRuns: 200 },
    );
  });

  it('may be passed by a call that used more than was expected, and then leave no room', () => {
    const { open } = createBench({ limits: { turn: { tokens: 2_000 } } });
    const account = open();
    const reserved = account.reserveCall(planned());
    if (reserved.ok) reserved.settle({ ...ONE_CALL, inputTokens: 2_500 });
    expect(account.reserveCall(planned({ inputTokens: 0, maxTokens: 1 }))).toMatchObject({
      ok: false,
      notice: { used: 2_500, limit: 2_000 },
    });
  });
});

const ONE_CALL = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
