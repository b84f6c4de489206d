import type { ProgramDefinition, ProgramRun } from '../catalog/port.ts';
import { oneLine } from './cut-text.ts';
import type { Turn } from './turn.ts';
import { valueText } from './value-text.ts';

/** A program with what it is to be called on, as it shows up in the events. */
export interface ProgramCall {
  readonly runId: string;
  readonly program: ProgramDefinition;
  readonly args: readonly unknown[];
  readonly title: string;
}

const SUMMARY_LENGTH = 200;

/** Runs a program and tells the events of it. */
export async function runProgram(turn: Turn, call: ProgramCall): Promise<ProgramRun> {
  const { runId, program, args, title } = call;
  const { request, settings } = turn;
  request.emit({ type: 'run.started', runId, title, program: program.name });
  const run = await settings.runner.run({
    program,
    args,
    context: request.context,
    signal: request.signal,
    onHostCall: ({ name, status, message }) =>
      request.emit({ type: 'run.host-call', runId, call: { name, status, message } }),
  });
  const { outcome, status, fuel, memoryBytes, durationMs } = run;
  const summary = summarise(run);
  request.emit({ type: 'run.finished', runId, outcome, status, summary, fuel, memoryBytes, durationMs });
  return run;
}

function summarise(run: ProgramRun): string {
  if (run.outcome !== 'ok') return oneLine(run.error ?? run.status ?? run.outcome, SUMMARY_LENGTH);
  return run.result === null ? 'done' : oneLine(valueText(run.result), SUMMARY_LENGTH);
}
