import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/composition/workshop.ts';
import { openPlainWorkshop } from './bench.ts';
import { loadTasks } from './load-tasks.ts';
import { loadSeries, loadSixthAuthor } from './recorded-bodies.ts';
import { scoreAttempt } from './score-attempt.ts';

const [series, sixthAuthor] = await Promise.all([loadSeries(), loadSixthAuthor()]);
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

describe('the programs that an author wrote from the prompt alone', () => {
  it('are there for every task', () => {
    expect([...sixthAuthor.keys()]).toEqual([...tasks.keys()].sort());
  });

  it.each([...sixthAuthor])('%s passes every case of its task', async (id, body) => {
    expect(await problemsOf(id, body)).toEqual([]);
  });
});
