import { createAgent } from '../../src/agent/agent.ts';
import { createGuard } from '../../src/agent/guard.ts';
import type { Prompt } from '../../src/agent/prompt.ts';
import type { Catalog } from '../../src/catalog/port.ts';
import { createProgramRunner } from '../../src/catalog/program-runner.ts';
import type { Model } from '../../src/model/model.ts';
import { type WatchedModel, watchModel } from './attempts.ts';
import { type Outside, openOutside } from './outside.ts';
import type { Bench } from './run-case.ts';
import { type AttemptScore, scoreAttempt } from './score-attempt.ts';
import { SERVER, type Task } from './task.ts';
import { taskText } from './task-text.ts';

/** The first program and two repairs. */
export const ROUNDS = 3;
const MAX_TOKENS = 8_192;
const TURN_MS = 3_600_000;
/** Of the rounds of a task, none is left out. */
const HISTORY_TOKENS = 1_000_000;
/** A day in real time would be as good: the clock only fills the events, which nobody reads here. */
const NO_CLOCK = (): number => 0;

/** Makes the author of one task; `server` is where the example's outside listens. */
export type AuthorOf = (task: Task, server: string) => Model;

export interface TaskScore {
  readonly task: Task;
  /** The programs in order, none after the first that passes. */
  readonly attempts: readonly AttemptScore[];
  /** What the loop showed of each; one may be missing where the author stopped. */
  readonly observations: readonly string[];
  /** 1 for the first try; null when none passed. */
  readonly passedAt: number | null;
  readonly steps: number;
  readonly usage: WatchedModel['usage'];
  /** Why the turn itself failed, or null. */
  readonly error: string | null;
}

export interface EvaluationParts {
  readonly bench: Bench;
  readonly prompt: Prompt;
  readonly authorOf: AuthorOf;
}

/** Lets an author work a task in the real agent loop, in the outside of the example, and scores each program. */
export async function evaluateTask(task: Task, parts: EvaluationParts): Promise<TaskScore> {
  const { watched, error } = await workTask(task, parts);
  const attempts: AttemptScore[] = [];
  for (const attempt of watched.attempts.slice(0, ROUNDS)) {
    const score = await scoreAttempt(task, attempt, parts.bench);
    attempts.push(score);
    if (score.passed) break;
  }
  const passed = attempts.findIndex((score) => score.passed);
  const { steps, usage, observations } = watched;
  return { task, attempts, observations, passedAt: passed < 0 ? null : passed + 1, steps, usage, error };
}

async function workTask(
  task: Task,
  { bench, prompt, authorOf }: EvaluationParts,
): Promise<{ readonly watched: WatchedModel; readonly error: string | null }> {
  await using outside = await openOutside(task.sample);
  const watched = watchModel(authorOf(task, outside.localise(SERVER)));
  const agent = createAgent({
    modelSettings: { access: 'ANTHROPIC_API_KEY', name: 'MODEL' },
    openModel: () => watched,
    guard: createGuard({ model: null, enabled: false, onError: 'open' }),
    summaryModel: null,
    runner: createProgramRunner({ ...bench, capabilities: outside.capabilities }),
    catalog: NO_CATALOG,
    capabilities: task.grants,
    prompt,
    limits: {
      maxSteps: ROUNDS + 1,
      maxRetries: ROUNDS - 1,
      maxFailures: ROUNDS + 1,
      turnMs: TURN_MS,
      maxTokens: MAX_TOKENS,
      historyTokens: HISTORY_TOKENS,
      runFuel: bench.limits.fuel,
    },
    newId: () => task.id,
    now: NO_CLOCK,
  });
  const { error } = await turnOf(agent, task, outside, bench);
  return { watched, error };
}

/** The author writes; what others wrote before does not count. */
const NO_CATALOG: Catalog = { list: () => [], get: () => undefined };

async function turnOf(
  agent: ReturnType<typeof createAgent>,
  task: Task,
  outside: Outside,
  { signal }: Bench,
): Promise<{ readonly error: string | null }> {
  let error: string | null = null;
  await agent.turn({
    turnId: task.id,
    text: outside.localise(taskText(task)),
    history: [],
    context: outside.context,
    signal,
    emit: (event) => {
      if (event.type === 'turn.finished') error = event.error;
    },
  });
  return { error };
}
