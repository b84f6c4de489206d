import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prompt } from '../../src/agent/prompt.ts';
import { ROUNDS, type TaskScore } from './evaluate-task.ts';
import type { Task } from './task.ts';
import { taskText } from './task-text.ts';

const HOW = `Write \`1.wat\` into the folder of each task: the body alone, as for the tool run_program. Where the
parameters should have other names, a first line says so: \`;; signature: (name: type) -> type\`. A task that
has \`observation-1.md\` is open again: it holds what the program of round 1 came to on the example, and
\`2.wat\` is then the next one, and so on.
`;

/** Writes what an author may see, and nothing else: the prompt, and a folder with the text of each task. */
export async function exportTasks(folder: string, tasks: readonly Task[], prompt: Prompt): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'README.md'), HOW);
  await writeFile(join(folder, 'prompt.md'), promptText(prompt));
  for (const task of tasks) {
    await mkdir(join(folder, task.id), { recursive: true });
    await writeFile(join(folder, task.id, 'task.md'), `${taskText(task)}\n`);
  }
}

/** Writes what the loop showed of each program, for every task that is not passed and has tries left. */
export async function exportObservations(folder: string, scores: readonly TaskScore[]): Promise<void> {
  for (const { task, attempts, observations, passedAt } of scores) {
    const isOpen = passedAt === null && attempts.length < ROUNDS;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const file = join(folder, task.id, `observation-${round}.md`);
      const observation = isOpen ? observations[round - 1] : undefined;
      // What is left of an earlier scoring would say that the task is open.
      if (observation === undefined) await rm(file, { force: true });
      else await writeFile(file, `${observation}\n`);
    }
  }
}

function promptText({ system, tools }: Prompt): string {
  return `${system}\n\n# Tools\n\n\`\`\`json\n${JSON.stringify(tools, null, 2)}\n\`\`\`\n`;
}
