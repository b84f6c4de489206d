import { FAILURE_CLASSES } from './failure-class.ts';
import type { Report, TaskLine } from './report.ts';
import type { Summary } from './summary.ts';

const HEAD = [
  '| | tasks | first try | after one repair | after two | tokens a program | steps |',
  '|---|---|---|---|---|---|---|',
];

/** As Markdown. What went wrong in tasks kept aside is told in numbers alone, unless it is asked for. */
export function renderReport(report: Report, options: { readonly showHeldOut: boolean }): string {
  const { all, bySplit, byDifficulty, byCapability } = report;
  return [
    `Author: ${report.author}. Tokens by ${report.encoding}; the prompt has ${report.promptTokens}.`,
    '',
    ...HEAD,
    row('all', all),
    ...Object.entries({ ...bySplit, ...byDifficulty }).map(([name, summary]) => row(name, summary)),
    '',
    ...HEAD,
    ...Object.entries(byCapability).map(([name, summary]) => row(name, summary)),
    '',
    ...classLines(report),
    '',
    ratioLine(report),
    ...failureLines(report, options.showHeldOut),
    '',
  ].join('\n');
}

function row(name: string, { tasks, passed, tokensPerProgram, steps }: Summary): string {
  const rates = passed.map((count) => share(count, tasks));
  return `| ${[name, tasks, ...rates, tokensPerProgram.toFixed(0), steps.toFixed(1)].join(' | ')} |`;
}

function share(count: number, of: number): string {
  return of === 0 ? '-' : `${count} (${((100 * count) / of).toFixed(1)} %)`;
}

function classLines({ all, bySplit, byDifficulty }: Report): string[] {
  const counts = ({ failures }: Summary): string[] => FAILURE_CLASSES.map((name) => String(failures[name]));
  return [
    `| programs that failed | ${FAILURE_CLASSES.join(' | ')} |`,
    `|---|${FAILURE_CLASSES.map(() => '---|').join('')}`,
    ...Object.entries({ all, ...bySplit, ...byDifficulty }).map(
      ([name, summary]) => `| ${[name, ...counts(summary)].join(' | ')} |`,
    ),
  ];
}

function ratioLine({ ratio: { tasks, tokens, seriesTokens } }: Report): string {
  if (tasks === 0) return 'No task was passed that has a program in the plain dialect to compare with.';
  const percent = ((100 * tokens) / seriesTokens).toFixed(1);
  return `Tokens of ${tasks} tasks that have a program in the plain dialect: ${tokens} against ${seriesTokens}, ${percent} %.`;
}

function failureLines({ tasks }: Report, showHeldOut: boolean): string[] {
  return tasks
    .filter(({ split }) => showHeldOut || split === 'tune')
    .filter(({ passedAt }) => passedAt !== 1)
    .flatMap(taskLines);
}

function taskLines({ id, split, passedAt, error, attempts }: TaskLine): string[] {
  const end = passedAt === null ? 'not passed' : `passed at try ${passedAt}`;
  const tries = attempts
    .filter(({ passed }) => !passed)
    .flatMap(({ failure, problems }, index) => [
      `Try ${index + 1}: ${failure}`,
      '',
      '```text',
      ...problems,
      '```',
      '',
    ]);
  const none = attempts.length === 0 ? ['No program.', ''] : [];
  const broken = error === null ? [] : [`The turn failed: ${error}`, ''];
  return ['', `### ${id} (${split}): ${end}`, '', ...none, ...broken, ...tries];
}
