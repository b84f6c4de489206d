import type { TaskScore } from './evaluate-task.ts';
import { compareWithSeries, type Ratio, type Summary, summarise } from './summary.ts';

/** The shares that the language is to reach. */
export const BAR = Object.freeze({ firstTry: 0.9, afterRepairs: 0.98 });

export interface Report {
  readonly author: string;
  readonly encoding: 'o200k_base';
  readonly promptTokens: number;
  readonly all: Summary;
  readonly bySplit: Readonly<Record<string, Summary>>;
  readonly byDifficulty: Readonly<Record<string, Summary>>;
  readonly byCapability: Readonly<Record<string, Summary>>;
  readonly ratio: Ratio;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number };
  readonly tasks: readonly TaskLine[];
  readonly meetsBar: boolean;
}

export interface TaskLine extends Pick<TaskScore, 'passedAt' | 'steps' | 'error'> {
  readonly id: string;
  readonly split: string;
  readonly difficulty: string;
  readonly attempts: TaskScore['attempts'];
}

export interface ReportParts {
  readonly author: string;
  readonly promptTokens: number;
  readonly seriesTokens: ReadonlyMap<string, number>;
}

export function buildReport(scores: readonly TaskScore[], parts: ReportParts): Report {
  const { author, promptTokens, seriesTokens } = parts;
  const all = summarise(scores);
  return {
    author,
    encoding: 'o200k_base',
    promptTokens,
    all,
    bySplit: grouped(scores, ({ task }) => [task.split]),
    byDifficulty: grouped(scores, ({ task }) => [task.difficulty]),
    byCapability: grouped(scores, ({ task }) => task.capabilities),
    ratio: compareWithSeries(scores, seriesTokens),
    usage: {
      inputTokens: scores.reduce((total, { usage }) => total + usage.inputTokens, 0),
      outputTokens: scores.reduce((total, { usage }) => total + usage.outputTokens, 0),
    },
    tasks: scores.map(({ task, attempts, passedAt, steps, error }) => ({
      id: task.id,
      split: task.split,
      difficulty: task.difficulty,
      attempts,
      passedAt,
      steps,
      error,
    })),
    meetsBar: meetsBar(all),
  };
}

function meetsBar({ tasks, passed }: Summary): boolean {
  const [first = 0] = passed;
  return first >= BAR.firstTry * tasks && (passed.at(-1) ?? 0) >= BAR.afterRepairs * tasks;
}

function grouped(
  scores: readonly TaskScore[],
  namesOf: (score: TaskScore) => readonly string[],
): Record<string, Summary> {
  const names = [...new Set(scores.flatMap(namesOf))].sort();
  return Object.fromEntries(
    names.map((name) => [name, summarise(scores.filter((score) => namesOf(score).includes(name)))]),
  );
}
