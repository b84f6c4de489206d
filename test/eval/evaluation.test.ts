import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { ALL_RANGES } from '../../src/engine/engine-limits.ts';
import { runEvaluation } from './evaluation.ts';
import { loadTasks } from './load-tasks.ts';
import { readOptions } from './options.ts';
import type { Report } from './report.ts';
import { taskText } from './task-text.ts';

const RIGHT = `(local $err i32) (local $part i32)
(argv 0 $name) (argv 1 $otherwise)
(call $kv.get (local.get $name))
(local.set $err)
(local.set $part)
(if (i32.eq (local.get $err) (i32.const 4)) (then (local.set $part (local.get $otherwise))) (else (check $err)))
(resv $part)
`;
const BROKEN = RIGHT.replace('$otherwise)\n', '$otherwise\n');
const WRONG = RIGHT.replace('(resv $part)', '(resv $otherwise)');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wattle-eval-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command on the tasks that are named, without a model. */
async function evaluate(...words: readonly string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = await runEvaluation(readOptions(words), {
    config: parseConfig({}, ALL_RANGES),
    signal: new AbortController().signal,
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
  });
  return { code, printed: printed.join('\n'), complaints };
}

async function reply(task: string, ...bodies: readonly string[]): Promise<void> {
  await mkdir(join(folder, 'replies', task), { recursive: true });
  for (const [index, body] of bodies.entries())
    await writeFile(join(folder, 'replies', task, `${index + 1}.wat`), body);
}

async function score(...bodies: readonly string[]): Promise<Report & { readonly code: number }> {
  await reply('recall-or-default', ...bodies);
  const file = join(folder, 'report.json');
  const { code } = await evaluate(
    ...['--task', 'recall-or-default', '--replies', join(folder, 'replies'), '--json', file],
    ...['--export', join(folder, 'out')],
  );
  return { ...JSON.parse(await readFile(file, 'utf8')), code };
}

function observation(round: number): Promise<string> {
  return readFile(join(folder, 'out', 'recall-or-default', `observation-${round}.md`), 'utf8');
}

describe('the score of programs in files', () => {
  it('counts one that is right at once', async () => {
    const { all, code, tasks } = await score(RIGHT);
    expect(all).toMatchObject({ tasks: 1, passed: [1, 1, 1] });
    expect(tasks[0]).toMatchObject({ passedAt: 1, steps: 2 });
    expect(code).toBe(0);
  });

  it('takes one that is a file beside the folders for the first', async () => {
    await mkdir(join(folder, 'flat'));
    await writeFile(join(folder, 'flat', 'recall-or-default.wat'), RIGHT);
    const words = ['--task', 'recall-or-default', '--replies', join(folder, 'flat')];
    const { code, printed } = await evaluate(...words);
    expect({ code, printed }).toMatchObject({
      code: 0,
      printed: expect.stringContaining('| all | 1 | 1 (100.0 %)'),
    });
  });

  it('counts one that is right after a repair, and what was wrong before', async () => {
    const { all, code } = await score(BROKEN, RIGHT);
    expect(all).toMatchObject({ passed: [0, 1, 1], failures: { syntax: 1, semantics: 0 } });
    expect(code).toBe(1);
  });

  it('takes no fourth program', async () => {
    const { all } = await score(BROKEN, WRONG, BROKEN, RIGHT);
    expect(all).toMatchObject({ passed: [0, 0, 0], failures: { syntax: 2, semantics: 1 } });
  });

  it('takes the signature of a first line, so that errors count the lines of the body', async () => {
    const { all } = await score(`;; signature: (name: string, otherwise: string) -> string\n${RIGHT}`);
    expect(all.passed).toEqual([1, 1, 1]);
    await score(`;; signature: (name: string, otherwise: string) -> string\n${BROKEN}`);
    expect(await observation(1)).toMatch(/^\s*2:\d+: /m);
  });

  it('tells the author of a program that does not compile what the loop tells', async () => {
    await score(BROKEN);
    const told = await observation(1);
    expect(told).toMatch(/^The program does not compile and was not run\.\n\n2:16: .*\n.*\n +\^\n/);
    expect(told).toMatch(/\n\nCorrect the body and call the tool again\.\n$/);
  });

  it('tells the author of a program that ran what the loop tells of the example', async () => {
    await score(WRONG);
    expect(await observation(1)).toMatch(
      /^outcome: ok\nstatus: SUCCESS\nresult:\n<data-0>\nnothing planned\n<\/data-0>\n/,
    );
  });

  it('leaves nothing to repair where a task is passed', async () => {
    await score(BROKEN);
    await score(BROKEN, RIGHT);
    expect(await readdir(join(folder, 'out', 'recall-or-default'))).toEqual(['task.md']);
  });

  it('counts a task without a program as failed', async () => {
    const { all, tasks } = await score();
    expect(all).toMatchObject({ passed: [0, 0, 0], failures: { 'no program': 1 } });
    expect(tasks[0]?.attempts).toEqual([]);
  });

  it('keeps what went wrong in tasks that are kept aside to itself', async () => {
    const words = ['--replies', join(folder, 'replies'), '--task', 'binary-text'];
    const [task] = (await loadTasks()).filter(({ id }) => id === 'binary-text');
    expect(task?.split).toBe('tune');
    await reply('binary-text', BROKEN);
    expect((await evaluate(...words)).printed).toContain('never closed');
    const aside = (await loadTasks()).find(({ split }) => split === 'held-out')?.id ?? '';
    await reply(aside, BROKEN);
    words.push('--task', aside);
    expect((await evaluate(...words)).printed).not.toContain(aside);
    expect((await evaluate(...words, '--show-held-out')).printed).toContain(aside);
  });
});

describe('what is exported', () => {
  it('is the prompt and, of each task, what an author may see', async () => {
    const { code } = await evaluate('--export', join(folder, 'out'));
    expect(code).toBe(0);
    const tasks = await loadTasks();
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(
      [...tasks.map(({ id }) => id), 'README.md', 'prompt.md'].sort(),
    );
    expect(await readFile(join(folder, 'out', 'prompt.md'), 'utf8')).toContain('run_program');
    const text = await readFile(join(folder, 'out', 'order-total', 'task.md'), 'utf8');
    expect(text).toContain('signature: (order: string) -> f64');
    expect(text).toContain('- result: 12.25');
  });

  it('is the same without the hidden cases, so it holds none', async () => {
    await evaluate('--export', join(folder, 'out'));
    for (const task of await loadTasks()) {
      const text = await readFile(join(folder, 'out', task.id, 'task.md'), 'utf8');
      expect(text).toBe(`${taskText({ ...task, hidden: [] })}\n`);
      expect(await readdir(join(folder, 'out', task.id))).toEqual(['task.md']);
    }
  });
});

describe('the command', () => {
  it('says so when there is neither a model nor a folder of programs', async () => {
    const { code, complaints } = await evaluate();
    expect(code).toBe(2);
    expect(complaints.join()).toContain('ANTHROPIC_API_KEY');
  });

  it.each([
    [['--split', 'half'], '--split: expected tune or held-out, got "half"'],
    [['--task', 'nothing', '--export', 'x'], '--task: expected the id of a task, got nothing'],
    [['--reply', 'x'], "Unknown option '--reply'"],
  ])('refuses %j', async (words, message) => {
    await expect(async () => evaluate(...words)).rejects.toThrow(message);
  });
});
