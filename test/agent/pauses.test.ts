import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/agent/verdict.ts';
import { problemsOf } from './history-rules.ts';
import { type CallSpec, calls, says } from './scripted-model.ts';
import { agentDefaults, createBench, SAFE } from './turn-fixture.ts';

const BLOCKED: Verdict = { kind: 'blocked', category: 'HARASSMENT', severity: 'high' };
const USE: CallSpec = {
  id: 'c1',
  name: 'use_program',
  input: { name: 'http_get', args: ['https://a.example'] },
};

describe('a model that pauses in its answer', () => {
  it('is asked to go on, and the person gets all of it', async () => {
    const bench = createBench({ replies: [says('First half, ', 'pause_turn'), says('second half.')] });
    const { answer, history } = await bench.turn('go');
    expect(answer).toBe('First half, second half.');
    expect(bench.guard.asked.at(-1)).toEqual({ text: 'First half, second half.', stage: 'post' });
    expect(bench.eventsOf('model.delta').map(({ text }) => text)).toEqual(['First half, ', 'second half.']);
    expect(problemsOf(history)).toEqual([]);
    expect(history[2]?.content).toEqual([{ type: 'text', text: 'Go on.', from: 'host' }]);
  });

  it('shows nothing of an answer that does not pass as a whole', async () => {
    const bench = createBench({
      replies: [says('NASTY. ', 'pause_turn'), says('Done.')],
      judge: (text) => (text.includes('NASTY') ? BLOCKED : SAFE),
    });
    const { cause } = await bench.turn('go');
    expect(cause).toBe('blocked-output');
    expect(JSON.stringify(bench.events)).not.toContain('NASTY');
  });

  it('is heard as far as it came by its last step', async () => {
    const pause = (text: string) => says(text, 'pause_turn');
    const bench = createBench({
      replies: [pause('One, '), pause('two, '), pause('three')],
      limits: { ...agentDefaults().limits, maxSteps: 3 },
    });
    const { cause, answer } = await bench.turn('go');
    expect(cause).toBe('answered');
    expect(answer).toMatch(/^One, two, three\n\n_\(.*cut here/);
  });

  it('and then calls a tool has not begun its answer yet', async () => {
    const bench = createBench({
      replies: [says('Let me see. ', 'pause_turn'), calls([USE]), says('It is so.')],
    });
    expect(await bench.turn('go')).toMatchObject({ answer: 'It is so.' });
    expect(bench.eventsOf('model.delta').map(({ text }) => text)).toEqual(['Let me see. ', 'It is so.']);
  });
});
