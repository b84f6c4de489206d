import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadTasks } from './load-tasks.ts';
import { openOutside } from './outside.ts';
import { loadSeries } from './recorded-bodies.ts';
import { CHANCE_REFERENCES } from './references/chance.ts';
import { DOCUMENT_REFERENCES } from './references/documents.ts';
import { NUMBER_REFERENCES } from './references/numbers.ts';
import { Failing } from './references/reference.ts';
import { TEXT_REFERENCES } from './references/texts.ts';
import { sameValue } from './same-value.ts';
import { parseTask, type Task, type TaskCase } from './task.ts';

const tasks = await loadTasks();
const REFERENCES = { ...TEXT_REFERENCES, ...NUMBER_REFERENCES, ...DOCUMENT_REFERENCES };

const CAPABILITIES = [
  ...['string', 'number', 'formatting', 'loops', 'numeric-array', 'array', 'json', 'csv', 'html', 'regex'],
  ...['hash', 'base64', 'url', 'time', 'kv', 'http', 'fs', 'ai', 'random', 'errors'],
];

function casesOf({ sample, hidden }: Task): readonly TaskCase[] {
  return [sample, ...hidden];
}

describe('the task set', () => {
  it('has enough tasks over all capabilities', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(66);
    expect([...new Set(tasks.flatMap(({ capabilities }) => capabilities))].sort()).toEqual(
      CAPABILITIES.sort(),
    );
  });

  it('keeps a third of each difficulty aside', () => {
    for (const group of [tasks, ...Map.groupBy(tasks, ({ difficulty }) => difficulty).values()]) {
      const share = group.filter(({ split }) => split === 'held-out').length / group.length;
      expect(share).toBeGreaterThan(0.28);
      expect(share).toBeLessThan(0.42);
    }
  });

  it('is counted as the docs count it', async () => {
    const docs = await readFile(new URL('../../docs/evaluation.md', import.meta.url), 'utf8');
    const count = (difficulty: string): number =>
      tasks.filter((task) => task.difficulty === difficulty).length;
    const { size } = await loadSeries();
    expect(docs).toContain(`\`test/eval/tasks\` has ${tasks.length},`);
    expect(docs.replace(/\s+/g, ' ')).toContain(
      `${count('easy')} are easy, ${count('medium')} medium, ${count('hard')} hard.`,
    );
    expect(docs).toContain(`For ${size} tasks \`test/eval/series\` keeps programs`);
  });

  it('gives no case twice', () => {
    const twice = tasks.filter((task) => {
      const written = casesOf(task).map((one) => JSON.stringify(one, (_key, it) => plain(it)));
      return new Set(written).size < written.length;
    });
    expect(twice.map(({ id }) => id)).toEqual([]);
  });

  it('grants what there is', async () => {
    const [first] = tasks;
    if (first === undefined) throw new Error('there is no task');
    await using outside = await openOutside(first.sample);
    const unknown = tasks.flatMap(({ id, grants }) =>
      grants.filter((grant) => !outside.capabilities.names.includes(grant)).map((grant) => `${id}: ${grant}`),
    );
    expect(unknown).toEqual([]);
  });
});

function plain(value: unknown): unknown {
  return typeof value === 'bigint' || value instanceof RegExp ? String(value) : value;
}

describe('what the tasks expect', () => {
  it('has a second computation for every task without effects', () => {
    const missing = tasks.filter(({ id, grants }) => grants.length === 0 && !(id in REFERENCES));
    expect(missing.map(({ id }) => id)).toEqual(['table-cell']);
  });

  it.each(Object.entries(REFERENCES))('agrees with the second computation of %s', (id, answerOf) => {
    const task = tasks.find((one) => one.id === id);
    if (task === undefined) throw new Error(`there is no task ${id}`);
    for (const { args, result, status } of casesOf(task)) {
      const answer = answerOf(args);
      if (answer instanceof Failing) expect(answer.status).toBe(status);
      else
        expect({ args, same: sameValue(answer, result, task.compare), answer }).toMatchObject({ same: true });
    }
  });
});

describe('what chance may bring about', () => {
  const chancy = tasks.flatMap((task) =>
    casesOf(task).flatMap(({ args, outcomes }) =>
      outcomes === null ? [] : [{ id: task.id, args, outcomes }],
    ),
  );

  it.each(chancy)('agrees with the second computation of $id for $args', ({ id, args, outcomes }) => {
    expect(outcomes.toSorted()).toEqual(CHANCE_REFERENCES[id]?.(args[0]).toSorted());
  });
});

describe('parseTask', () => {
  const text = (changes: string): string => `
capabilities = ["string"]
difficulty = "easy"
signature = "(a: i32) -> i32"
request = "Give the number back as it came in."
${changes}
[sample]
args = [1]
result = 1
${'[[case]]\nargs = [2]\nresult = 2\n'.repeat(3)}`;

  it('reads a task', () => {
    expect(parseTask('same', text('')).hidden).toHaveLength(3);
  });

  it('refuses an unknown key by name', () => {
    expect(() => parseTask('same', text('grant = ["kv"]'))).toThrow(/same:.*grant/s);
  });

  it.each([
    ['args = [1]\nresult = 1', 'args = []\nresult = 1', 'sample: expected 1 args, got 0'],
    ['args = [1]\nresult = 1', 'args = ["x"]\nresult = 1', 'sample: a: expected i32'],
    ['args = [1]\nresult = 1', 'args = [1]', 'sample: expected a result'],
    ['args = [2]\nresult = 2', 'args = [2]\nresult = 2\nstatus = "ENOENT"', 'case 1: expected no result'],
  ])('says where %j is wrong', (before, after, message) => {
    expect(() => parseTask('same', text('').replace(before, after))).toThrow(`same: ${message}`);
  });
});
