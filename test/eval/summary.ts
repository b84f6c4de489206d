import type { TaskScore } from './evaluate-task.ts';
import { ROUNDS } from './evaluate-task.ts';
import { FAILURE_CLASSES, type FailureClass } from './failure-class.ts';

/** What a group of tasks came to. Rates are shares of `tasks`. */
export interface Summary {
  readonly tasks: number;
  /** How many had passed after the first try, after one repair, after two. */
  readonly passed: readonly number[];
  /** Of the last program of each task. */
  readonly tokensPerProgram: number;
  readonly steps: number;
  /** Programs that failed, by what was wrong with them. */
  readonly failures: Readonly<Record<FailureClass, number>>;
}

export interface Ratio {
  readonly tasks: number;
  readonly tokens: number;
  readonly seriesTokens: number;
}

export function summarise(scores: readonly TaskScore[]): Summary {
  const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);
  const programs = scores.flatMap(({ attempts }) => attempts.at(-1) ?? []);
  return {
    tasks: scores.length,
    passed: rounds.map((round) => scores.filter(({ passedAt }) => (passedAt ?? ROUNDS + 1) <= round).length),
    tokensPerProgram: mean(programs.map(({ tokens }) => tokens)),
    steps: mean(scores.map(({ steps }) => steps)),
    failures: countFailures(scores),
  };
}

/** What programs that pass cost beside those in the series' dialect, by the tasks that have both. */
export function compareWithSeries(
  scores: readonly TaskScore[],
  seriesTokens: ReadonlyMap<string, number>,
): Ratio {
  const both = scores.flatMap(({ task, attempts, passedAt }) => {
    const series = seriesTokens.get(task.id);
    const last = attempts.at(-1);
    return passedAt === null || series === undefined || last === undefined
      ? []
      : [{ tokens: last.tokens, series }];
  });
  return {
    tasks: both.length,
    tokens: sum(both.map(({ tokens }) => tokens)),
    seriesTokens: sum(both.map(({ series }) => series)),
  };
}

function countFailures(scores: readonly TaskScore[]): Summary['failures'] {
  const classes = scores.flatMap(({ attempts, passedAt }): FailureClass[] =>
    attempts.length === 0 && passedAt === null
      ? ['no program']
      : attempts.flatMap(({ failure }) => failure ?? []),
  );
  const counts = FAILURE_CLASSES.map((name) => [name, classes.filter((one) => one === name).length] as const);
  return Object.fromEntries(counts) as Record<FailureClass, number>;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
