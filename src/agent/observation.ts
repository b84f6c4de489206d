import type { ProgramRun } from '../catalog/port.ts';
import { renderPlace } from '../wat/diagnostics.ts';
import { count, cutText, oneLine } from './cut-text.ts';
import { fenceData } from './data-fence.ts';
import { valueText } from './value-text.ts';

/** Characters of each part that the model gets to see. */
export interface ObservationBudget {
  readonly result: number;
  /** Debug output, errors and messages of host calls, each. */
  readonly detail: number;
}

/** What is known of the part of a result that an observation has no room for. */
export type RestOfResult =
  | {
      readonly kind: 'summary';
      readonly text: string;
      /** How much of the rest was read for it; null for all of it. */
      readonly cut: string | null;
    }
  | { readonly kind: 'missing'; readonly error: string };

/** Characters of a result that the model gets to see as they are. */
export const RESULT_LENGTH = 8_000;

const DEFAULT_BUDGET: ObservationBudget = Object.freeze({ result: RESULT_LENGTH, detail: 2_000 });

/** What goes into an observation beside the run itself. */
export interface ObservationParts {
  readonly rest?: RestOfResult | null;
  /** The body of a program that the model wrote: it is shown the place where that failed. */
  readonly body?: string | null;
  readonly budget?: ObservationBudget;
}

/**
 * What the model is told of a run. All that the program or the world wrote stands in data fences, and so does
 * what another model made of it.
 */
export function observationText(
  run: ProgramRun,
  { rest = null, body = null, budget = DEFAULT_BUDGET }: ObservationParts = {},
): string {
  const failed = run.hostCalls.filter(({ status }) => status !== 'SUCCESS');
  const calls = failed.map(({ name, status, message }) => `${name} ${status}: ${message ?? 'no message'}`);
  const lines = [
    `outcome: ${run.outcome}`,
    ...(run.status === null ? [] : [`status: ${run.status}`]),
    ...resultLines(run, budget.result),
    ...restLines(rest),
    ...section('error', run.error, budget.detail),
    ...section('at', placeText(run, body), budget.detail),
    ...section('failed host calls', calls.join('\n'), budget.detail),
    ...section('debug output', run.debug.join('\n'), budget.detail),
    `fuel: ${count(run.fuel)}`,
    `time: ${Math.round(run.durationMs)} ms`,
  ];
  return lines.join('\n');
}

function placeText({ place }: ProgramRun, body: string | null): string | null {
  return place === null || body === null ? null : renderPlace(body, place);
}

function resultLines(run: ProgramRun, maximum: number): readonly string[] {
  if (run.result !== null) return section('result', valueText(run.result), maximum);
  return run.outcome === 'ok' ? ['result: none'] : [];
}

function restLines(rest: RestOfResult | null): readonly string[] {
  if (rest === null) return [];
  if (rest.kind === 'missing') return [`[there is no summary of the rest: ${oneLine(rest.error, 200)}]`];
  const heading = 'summary of the rest, which a model made of it:';
  return [
    heading,
    fenceData(rest.text),
    ...(rest.cut === null ? [] : [`[of the rest was read] ${rest.cut}`]),
  ];
}

function section(heading: string, text: string | null, maximum: number): readonly string[] {
  if (text === null || (text === '' && heading !== 'result')) return [];
  const cut = cutText(text, maximum);
  return [`${heading}:`, fenceData(cut.text), ...(cut.note === null ? [] : [cut.note])];
}
