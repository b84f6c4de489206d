import { describe, expect, it } from 'vitest';
import { budgetAsk } from '../../src/budget/budget-ask.ts';
import { budgetText } from '../../src/budget/budget-text.ts';
import type { BudgetNotice } from '../../src/budget/port.ts';

const REFUSED: BudgetNotice = {
  state: 'refused',
  scope: 'channel',
  unit: 'tokens',
  used: 199_500,
  limit: 200_000,
  endsAt: Date.UTC(2026, 10, 23),
};

describe('budgetText', () => {
  it('says of a refusal which limit it is, what is used of it, when it ends and whom to ask', () => {
    expect(budgetText(REFUSED)).toBe(
      "The day's budget of this channel has no room for this: 199,500 of 200,000 tokens are used or set aside. It begins anew on 23 November 2026 at 00:00 UTC. Whoever runs this installation can raise it (`BUDGET_CHANNEL`).",
    );
  });

  it('says of a warning what is used', () => {
    const notice = {
      ...REFUSED,
      state: 'warning',
      scope: 'user',
      unit: 'usd',
      used: 0.4,
      limit: 0.5,
    } as const;
    expect(budgetText(notice)).toBe(
      "The day's budget of one person is nearly used up: 0.40 of 0.50 US dollars. It begins anew on 23 November 2026 at 00:00 UTC.",
    );
  });

  it.each([
    ['run', 'fuel', 'The budget of one program run', 'fuel', 'Every run has its own.', 'BUDGET_RUN'],
    [
      'turn',
      'hostCalls',
      'The budget of one request',
      'calls of host functions',
      'The next message',
      'BUDGET_TURN',
    ],
    [
      'workspace',
      'usd',
      "The day's budget of this workspace",
      'US dollars',
      '23 November',
      'BUDGET_WORKSPACE',
    ],
  ] as const)('names the limit of a %s in %s', (scope, unit, name, what, end, setting) => {
    const endsAt = scope === 'workspace' ? REFUSED.endsAt : null;
    const text = budgetText({ ...REFUSED, scope, unit, endsAt });
    expect(text).toMatch(new RegExp(`^${name} has no room for this: .* ${what} are used`));
    expect(text).toContain(end);
    expect(text).toContain(`\`${setting}\``);
  });

  it.each([
    [0.0123, '0.0123'],
    [0, '0.00'],
    [1234.5, '1,234.50'],
  ])('writes %s dollars as %s', (amount, text) => {
    expect(budgetText({ ...REFUSED, unit: 'usd', used: amount, limit: 2_000 })).toContain(`: ${text} of `);
  });
});

describe('budgetAsk', () => {
  it('asks for a quarter more', () => {
    expect(budgetAsk(REFUSED)).toEqual({ scope: 'channel', unit: 'tokens', limit: 200_000, extra: 50_000 });
  });

  it('asks for what lies beyond the limit too, so that the answer is not refused again', () => {
    expect(budgetAsk({ ...REFUSED, used: 230_000 }).extra).toBe(80_000);
  });

  it('asks for something where the limit is nothing, and for money in whole cents', () => {
    expect(budgetAsk({ ...REFUSED, used: 0, limit: 0 }).extra).toBe(10_000);
    expect(budgetAsk({ ...REFUSED, unit: 'usd', used: 0.501, limit: 0.5 }).extra).toBe(0.13);
  });
});
