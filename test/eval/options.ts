import { parseArgs } from 'node:util';
import { WattleError } from '../../src/errors.ts';
import type { Split, Task } from './task.ts';

export const USAGE = `npm run eval -- [--replies DIR] [--export DIR] [--json FILE] [--split tune|held-out] [--task ID]... [--show-held-out]

Scores an author on the tasks of test/eval/tasks: the model that ANTHROPIC_API_KEY and MODEL configure, or the
programs in DIR/<task>/1.wat (or DIR/<task>.wat), 2.wat and 3.wat. --export writes what an author may see, and after scoring what it
is told of each program. Exit code 0: the bar is met (or there was only something to export); 1: it is not;
2: the call or the configuration is wrong.`;

export interface EvalOptions {
  readonly help: boolean;
  readonly replies: string | null;
  readonly exportFolder: string | null;
  readonly jsonFile: string | null;
  readonly split: Split | null;
  readonly ids: readonly string[];
  readonly showHeldOut: boolean;
}

/** @throws WattleError USAGE that says what was expected */
export function readOptions(words: readonly string[]): EvalOptions {
  const values = parseWords(words);
  const { split = null } = values;
  if (split !== null && split !== 'tune' && split !== 'held-out')
    throw new WattleError('USAGE', `--split: expected tune or held-out, got ${JSON.stringify(split)}`);
  return {
    help: values.help ?? false,
    replies: values.replies ?? null,
    exportFolder: values.export ?? null,
    jsonFile: values.json ?? null,
    split,
    ids: values.task ?? [],
    showHeldOut: values['show-held-out'] ?? false,
  };
}

/** @throws WattleError USAGE for a task that there is none of */
export function selectTasks(tasks: readonly Task[], { ids, split }: EvalOptions): readonly Task[] {
  const unknown = ids.filter((id) => !tasks.some((task) => task.id === id));
  if (unknown.length > 0)
    throw new WattleError('USAGE', `--task: expected the id of a task, got ${unknown.join(', ')}`);
  return tasks
    .filter((task) => split === null || task.split === split)
    .filter((task) => ids.length === 0 || ids.includes(task.id));
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        help: { type: 'boolean' },
        replies: { type: 'string' },
        export: { type: 'string' },
        json: { type: 'string' },
        split: { type: 'string' },
        task: { type: 'string', multiple: true },
        'show-held-out': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new WattleError('USAGE', error.message, { cause: error });
  }
}
