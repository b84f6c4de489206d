import { describe, expect, it } from 'vitest';
import { makeFolder, wattle } from './support/command.ts';

describe('wattle ask with budgets', () => {
  it('holds a person to the limit of the day over two processes, and says which it is', async () => {
    const folder = await makeFolder();
    const environment = { BUDGET_USER: 'host_calls=1' };
    const ask = (text: string) =>
      wattle(['ask', '--json', '--session', 'one', text], { folder, environment });
    const first = await ask('@use remember("city", "Porto")');
    const second = await ask('@use remember("city", "Lyon")');
    expect([first.code, second.code]).toEqual([0, 1]);
    const answer = eventsOf(second.stdout).find(({ type }) => type === 'answer');
    expect(answer?.text).toContain("The day's budget of one person has no room for this: 1 of 1 calls");
    expect(answer?.text).toContain('00:00 UTC');
    const told = eventsOf(second.stdout).filter(({ type }) => String(type).startsWith('budget'));
    expect(told.map(({ type, state }) => [type, state])).toEqual([
      ['budget', 'refused'],
      ['budget.ask', undefined],
    ]);
  });

  it('does not run a program that there is no fuel for', async () => {
    const environment = { BUDGET_TURN: 'fuel=10' };
    const { code, stdout } = await wattle(['ask', '--json', '@use word_count("a b")'], { environment });
    expect(code).toBe(1);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ cause: 'budget', spent: { fuel: 0 } });
  });

  it('names a budget that is wrong with what was expected', async () => {
    const { code, stderr } = await wattle(['ask', 'hi'], { environment: { BUDGET_USER: '5 dollars' } });
    expect(code).toBe(2);
    expect(stderr).toContain('BUDGET_USER: expected limits such as tokens=200000, usd=0.5');
  });
});

function eventsOf(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
