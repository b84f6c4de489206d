import { describe, expect, it } from 'vitest';
import { historyTokens } from '../../src/agent/compaction.ts';
import { historyLimits } from '../../src/composition/history-limits.ts';
import { trimHistory } from '../../src/host/history.ts';
import type { ModelMessage } from '../../src/model/model.ts';

describe('historyLimits', () => {
  it.each([
    ['short', 'ok'],
    ['long', '"quoted"\n'.repeat(400)],
    ['foreign', '你好'.repeat(500)],
  ])('keeps all of a history of %s messages that is within the budget of the agent', (_name, said) => {
    const content = [{ type: 'text', text: said } as const];
    const turn: ModelMessage[] = [
      { role: 'user', content },
      { role: 'assistant', content },
    ];
    const turns = Math.floor(60_000 / historyTokens(turn));
    const history = Array.from({ length: turns }, () => turn).flat();
    expect(trimHistory(history, historyLimits(60_000))).toEqual(history);
  });

  it('keeps it with the longest reply that a turn may add', () => {
    const said = (text: string) => [{ type: 'text', text } as const];
    const earlier: ModelMessage[] = [
      { role: 'user', content: said('a'.repeat(89_900)) },
      { role: 'assistant', content: said('b'.repeat(89_900)) },
    ];
    expect(historyTokens(earlier)).toBeGreaterThan(59_900);
    const newest: ModelMessage[] = [
      { role: 'user', content: said('Everything!') },
      { role: 'assistant', content: said('"'.repeat(8_192 * 6)) },
    ];
    const history = [...earlier, ...newest];
    expect(trimHistory(history, historyLimits(60_000))).toEqual(history);
  });
});
