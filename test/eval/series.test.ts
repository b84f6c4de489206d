import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/composition/workshop.ts';
import { openPlainWorkshop } from './bench.ts';
import { loadTasks } from './load-tasks.ts';
import { scoreAttempt } from './score-attempt.ts';
import { loadSeries } from './series.ts';

const series = await loadSeries();
const tasks = new Map((await loadTasks()).map((task) => [task.id, task]));

describe('the programs in the plain dialect', () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openPlainWorkshop();
  });
  afterAll(() => workshop.engine.stop());

  it.each([...series])('%s passes every case of its task', async (id, body) => {
    const task = tasks.get(id);
    if (task === undefined) throw new Error(`there is no task ${id}`);
    const { signal } = new AbortController();
    const score = await scoreAttempt(
      task,
      { kind: 'program', body, signature: null },
      { ...workshop, signal },
    );
    expect(score.problems).toEqual([]);
  });
});
