import { describe, expect, it } from 'vitest';
import type { TurnCause } from '../../src/agent/events.ts';
import type { GuardStage, Verdict } from '../../src/agent/verdict.ts';
import { WattleError } from '../../src/errors.ts';
import { programRun } from './fake-runner.ts';
import { problemsOf } from './history-rules.ts';
import { type CallSpec, calls, says } from './scripted-model.ts';
import { agentDefaults, type Bench, createBench, SAFE } from './turn-fixture.ts';

const PHASES = ['pre-guard', 'first reply', 'compile', 'run', 'second reply', 'post-guard'] as const;
type Phase = (typeof PHASES)[number];

/** What happens in the midst of a phase, whatever the phase itself would have done. */
const EVENTS: Readonly<
  Record<string, { readonly happen: (bench: Bench) => unknown; readonly cause: TurnCause }>
> = {
  'a stop, and the phase goes on': { happen: (bench) => bench.controller.abort(), cause: 'stopped' },
  'a stop, and the phase hangs': {
    happen: (bench) => {
      bench.controller.abort();
      return new Promise(() => undefined);
    },
    cause: 'stopped',
  },
  'a shutdown': {
    happen: (bench) => bench.controller.abort(new WattleError('STOPPED', 'the host is stopping')),
    cause: 'stopped',
  },
  'the end of its time': { happen: () => new Promise(() => undefined), cause: 'time-limit' },
  'a mistake of ours': {
    happen: () => {
      throw new TypeError('undefined is not a function');
    },
    cause: 'internal-error',
  },
};
type Incident = keyof typeof EVENTS;

const WRITE: CallSpec = { id: 'c1', name: 'run_program', input: { body: '(nop)', title: 'Work' } };
/** A run that hangs is the engine's to end, which its own tests show; a compiler does not hang. */
const ENDS_BY_ITSELF: readonly Phase[] = ['compile', 'run'];
const HANGS: readonly Incident[] = ['a stop, and the phase hangs', 'the end of its time'];

const CELLS = PHASES.flatMap((phase) =>
  Object.keys(EVENTS)
    .filter((incident) => !(ENDS_BY_ITSELF.includes(phase) && HANGS.includes(incident)))
    .map((incident) => ({ phase, incident })),
);

function open(phase: Phase, incident: Incident): Bench {
  const { happen } = EVENTS[incident] ?? { happen: () => undefined };
  const at = async (here: Phase): Promise<void> => {
    if (here === phase) await happen(bench);
  };
  const judge = async (_text: string, stage: GuardStage): Promise<Verdict> => {
    await at(stage === 'pre' ? 'pre-guard' : 'post-guard');
    return SAFE;
  };
  const bench = createBench({
    limits: { ...agentDefaults().limits, turnMs: incident === 'the end of its time' ? 20 : 60_000 },
    judge,
    replies: [
      { ...calls([WRITE]), before: () => at('first reply') },
      { ...says('Done.'), before: () => at('second reply') },
    ],
    runner: {
      prepare: () => at('compile'),
      run: async () => {
        await at('run');
        return programRun();
      },
    },
  });
  return bench;
}

describe('every phase of a turn, and what can happen in it', () => {
  it.each(CELLS)('$phase meets $incident', async ({ phase, incident }) => {
    const bench = open(phase, incident);
    const { cause, answer, history } = await bench.turn('my request');
    expect(cause).toBe(EVENTS[incident]?.cause);
    expect(answer.trim()).not.toBe('');
    expect(bench.events.at(-1)).toMatchObject({ type: 'turn.finished', cause });
    expect(problemsOf(history)).toEqual([]);
    // What the guard had not let pass by then is not kept.
    const wasJudged = phase !== 'pre-guard';
    if (phase !== 'first reply') expect(JSON.stringify(history).includes('my request')).toBe(wasJudged);
    const next = createBench({ replies: [says('Fine.')] });
    const after = await next.turn('and now?', { history });
    expect(after).toMatchObject({ cause: 'answered', answer: 'Fine.' });
    expect(problemsOf(after.history)).toEqual([]);
  });

  it.each(['compile', 'run'] as const)(
    'a call that a stop in %s kept from being done is told as cancelled',
    async (phase) => {
      const bench = open(phase, 'a stop, and the phase goes on');
      const { history } = await bench.turn('go');
      expect(history[2]?.content).toMatchObject([
        { type: 'tool-result', callId: 'c1', isError: true, text: expect.stringContaining('cancelled') },
      ]);
    },
  );
});
