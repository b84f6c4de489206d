import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/composition/workshop.ts';
import { openPlainWorkshop } from './bench.ts';
import { loadTasks } from './load-tasks.ts';
import { KEPT_AUTHORS, loadAuthor, loadSeries } from './recorded-bodies.ts';
import { scoreAttempt } from './score-attempt.ts';

const series = await loadSeries();
const tasks = new Map((await loadTasks()).map((task) => [task.id, task]));

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openPlainWorkshop();
});
afterAll(() => workshop.engine.stop());

async function problemsOf(id: string, body: string): Promise<readonly unknown[]> {
  const task = tasks.get(id);
  if (task === undefined) throw new Error(`there is no task ${id}`);
  const { signal } = new AbortController();
  const score = await scoreAttempt(task, { kind: 'program', body, signature: null }, { ...workshop, signal });
  return score.problems;
}

describe('the programs in the plain dialect', () => {
  it.each([...series])('%s passes every case of its task', async (id, body) => {
    expect(await problemsOf(id, body)).toEqual([]);
  });
});

describe.each(KEPT_AUTHORS)('the programs that the %s author wrote from the prompt alone', async (author) => {
  const bodies = await loadAuthor(author);

  it('are there for every task', () => {
    expect([...bodies.keys()]).toEqual([...tasks.keys()].sort());
  });

  it.each([...bodies])('%s passes every case of its task', async (id, body) => {
    expect(await problemsOf(id, body)).toEqual([]);
  });
});
