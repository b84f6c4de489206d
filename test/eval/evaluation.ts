import { writeFile } from 'node:fs/promises';
import type { Prompt } from '../../src/agent/prompt.ts';
import { promptOf } from '../../src/composition/bot.ts';
import { openWorkshop, type Workshop } from '../../src/composition/workshop.ts';
import type { Config } from '../../src/config.ts';
import { createAnthropicModel } from '../../src/model/anthropic.ts';
import { type AuthorOf, evaluateTask, type TaskScore } from './evaluate-task.ts';
import { exportObservations, exportTasks } from './export-rounds.ts';
import { createFileModel } from './file-model.ts';
import { loadTasks } from './load-tasks.ts';
import { type EvalOptions, selectTasks } from './options.ts';
import { loadSeriesTokens } from './recorded-bodies.ts';
import { renderReport } from './render-report.ts';
import { buildReport } from './report.ts';
import type { Task } from './task.ts';
import { tokenCount } from './token-count.ts';

export interface EvaluationSurroundings {
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

const NO_AUTHOR =
  'expected a model (ANTHROPIC_API_KEY) or --replies DIR with programs to score; neither is there. --export DIR writes the tasks.';
/** The work of one task waits for a model or for a worker most of the time. */
const AT_ONCE = 4;

/** Exports, scores, or both; gives the exit code. */
export async function runEvaluation(
  options: EvalOptions,
  surroundings: EvaluationSurroundings,
): Promise<0 | 1 | 2> {
  const author = authorFor(options, surroundings.config);
  if (author === null && options.exportFolder === null) {
    surroundings.complain(NO_AUTHOR);
    return 2;
  }
  const all = await loadTasks();
  const tasks = selectTasks(all, options);
  const workshop = await openWorkshop(surroundings.config);
  try {
    const prompt = promptOf(surroundings.config, { ...workshop, modelGrants: grantsOf(all, workshop) });
    if (options.exportFolder !== null) await exportTasks(options.exportFolder, tasks, prompt);
    return author === null ? 0 : await score(tasks, { author, prompt, workshop, options, surroundings });
  } finally {
    await workshop.engine.stop();
  }
}

/** All that any task grants is in the prompt, which is the same for every task. */
function grantsOf(tasks: readonly Task[], { modelGrants }: Workshop): readonly string[] {
  return [...new Set([...modelGrants, ...tasks.flatMap(({ grants }) => grants)])];
}

interface Author {
  readonly name: string;
  readonly of: AuthorOf;
}

function authorFor({ replies }: EvalOptions, { model }: Config): Author | null {
  if (replies !== null)
    return { name: replies, of: (task, server) => createFileModel(replies, task, server) };
  if (model.apiKey === null) return null;
  const { apiKey, baseUrl, name } = model;
  const live = createAnthropicModel({ apiKey: apiKey.reveal(), baseUrl, model: name });
  return { name, of: () => live };
}

interface Scoring {
  readonly author: Author;
  readonly prompt: Prompt;
  readonly workshop: Workshop;
  readonly options: EvalOptions;
  readonly surroundings: EvaluationSurroundings;
}

async function score(tasks: readonly Task[], scoring: Scoring): Promise<0 | 1> {
  const { author, prompt, workshop, options, surroundings } = scoring;
  const bench = { ...workshop, signal: surroundings.signal };
  const scores = await mapAtOnce(tasks, (task) => evaluateTask(task, { bench, prompt, authorOf: author.of }));
  if (options.exportFolder !== null) await exportObservations(options.exportFolder, scores);
  const report = buildReport(scores, {
    author: author.name,
    promptTokens: tokenCount(prompt.system) + tokenCount(JSON.stringify(prompt.tools)),
    seriesTokens: await loadSeriesTokens(),
  });
  if (options.jsonFile !== null) await writeFile(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  surroundings.print(renderReport(report, options));
  return report.meetsBar ? 0 : 1;
}

async function mapAtOnce(
  tasks: readonly Task[],
  work: (task: Task) => Promise<TaskScore>,
): Promise<readonly TaskScore[]> {
  const scores: TaskScore[] = [];
  const waiting = tasks.entries();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [index, task] of waiting) scores[index] = await work(task);
  });
  await Promise.all(workers);
  return scores;
}
