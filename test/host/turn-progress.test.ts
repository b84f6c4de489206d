import { describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../src/agent/events.ts';
import { NOTHING_SPENT } from '../../src/budget/usage.ts';
import { createTurnProgress } from '../../src/host/turn-progress.ts';
import { createClock } from '../chat/test-clock.ts';
import { MemoryAdapter } from '../fakes/memory-adapter.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';

const TARGET = { platform: 'memory', workspace: 'w', channel: 'c', thread: 't' };
const STARTED: TurnEvent = { type: 'run.started', runId: 'r1', title: 'Fetch', program: 'http_get' };
const ENDED: TurnEvent = {
  type: 'turn.finished',
  cause: 'answered',
  durationMs: 5,
  error: null,
  spent: NOTHING_SPENT,
};

function create() {
  const clock = createClock();
  const log = createRecordingLog();
  const adapter = new MemoryAdapter({ capabilities: { editIntervalMs: 1_000 } });
  const { now, startTimer } = clock;
  const progress = createTurnProgress({ turnId: 'turn-1', adapter, target: TARGET, now, startTimer, log });
  return { clock, log, adapter, progress };
}

describe('the sign of work', () => {
  it('is shown at once and every minute, as long as there are no tasks', async () => {
    const { clock, adapter, progress } = create();
    progress.begin();
    expect(adapter.signs).toHaveLength(1);
    await clock.advance(59_999);
    expect(adapter.signs).toHaveLength(1);
    await clock.advance(120_001);
    expect(adapter.signs).toHaveLength(4);
  });

  it('gives way to the first task', async () => {
    const { clock, adapter, progress } = create();
    progress.begin();
    progress.see(STARTED);
    await clock.advance(0);
    expect(adapter.plans).toHaveLength(1);
    await clock.advance(600_000);
    expect(adapter.signs).toHaveLength(1);
    expect(adapter.plans).toHaveLength(1);
    expect(clock.timers()).toBe(0);
  });

  it.each(['the end of the turn', 'the end of the progress'])('ends with %s', async (end) => {
    const { clock, adapter, progress } = create();
    progress.begin();
    await clock.advance(1);
    if (end === 'the end of the turn') progress.see(ENDED);
    else await progress.finish(5_000);
    await clock.advance(600_000);
    expect(adapter.signs).toHaveLength(1);
    expect(adapter.plans).toEqual([]);
    expect(clock.timers()).toBe(0);
  });

  it('that fails is logged and not shown again at the end', async () => {
    const { clock, log, adapter, progress } = create();
    adapter.failProgress(new Error('rate limited'));
    progress.begin();
    await clock.advance(1);
    await progress.finish(5_000);
    expect(log.texts()).toEqual(['warn the sign of work could not be shown']);
  });
});
