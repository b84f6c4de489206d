import type { ProgramRun } from '../catalog/port.ts';
import { count, cutText } from './cut-text.ts';
import { fenceData } from './data-fence.ts';
import { valueText } from './value-text.ts';

/** Characters of each part that the model gets to see. */
export interface ObservationBudget {
  readonly result: number;
  /** Debug output, errors and messages of host calls, each. */
  readonly detail: number;
}

const DEFAULT_BUDGET: ObservationBudget = Object.freeze({ result: 8_000, detail: 2_000 });

/** What the model is told of a run. All that the program or the world wrote stands in data fences. */
export function observationText(run: ProgramRun, budget: ObservationBudget = DEFAULT_BUDGET): string {
  const failed = run.hostCalls.filter(({ status }) => status !== 'SUCCESS');
  const calls = failed.map(({ name, status, message }) => `${name} ${status}: ${message ?? 'no message'}`);
  const lines = [
    `outcome: ${run.outcome}`,
    ...(run.status === null ? [] : [`status: ${run.status}`]),
    ...resultLines(run, budget.result),
    ...section('error', run.error, budget.detail),
    ...section('failed host calls', calls.join('\n'), budget.detail),
    ...section('debug output', run.debug.join('\n'), budget.detail),
    `fuel: ${count(run.fuel)}`,
    `time: ${Math.round(run.durationMs)} ms`,
  ];
  return lines.join('\n');
}

function resultLines(run: ProgramRun, maximum: number): readonly string[] {
  if (run.result !== null) return section('result', valueText(run.result), maximum);
  return run.outcome === 'ok' ? ['result: none'] : [];
}

function section(heading: string, text: string | null, maximum: number): readonly string[] {
  if (text === null || (text === '' && heading !== 'result')) return [];
  const cut = cutText(text, maximum);
  return [`${heading}:`, fenceData(cut.text), ...(cut.note === null ? [] : [cut.note])];
}
