import { budgetText } from '../budget/budget-text.ts';
import type { BudgetNotice, RunReservation } from '../budget/port.ts';
import type { ProgramDefinition, ProgramRequest, ProgramRun } from '../catalog/port.ts';
import { neverBegan } from '../engine/never-began.ts';
import { count, oneLine } from './cut-text.ts';
import { bringsOutsideText, isFromOutside } from './observation-guard.ts';
import type { Turn } from './turn.ts';
import { valueText } from './value-text.ts';

/** A program with what it is to be called on, as it shows up in the events. */
export interface ProgramCall {
  readonly runId: string;
  readonly program: ProgramDefinition;
  readonly args: readonly unknown[];
  readonly title: string;
}

/** A run, or what stands for one that a budget had no fuel for. */
export interface PaidRun {
  readonly run: ProgramRun;
  /** Why it never began; null where it did. */
  readonly refusal: BudgetNotice | null;
}

type Reserved = Extract<RunReservation, { readonly ok: true }>;

const SUMMARY_LENGTH = 200;

/** Runs a program on the turn's account and tells the events of it, its end also where the runner throws. */
export async function runProgram(turn: Turn, call: ProgramCall): Promise<PaidRun> {
  const { runId, program, title } = call;
  const { request, settings } = turn;
  request.emit({ type: 'run.started', runId, title, program: program.name });
  const reserved = request.context.account.reserveRun(settings.limits.runFuel);
  if (!reserved.ok) {
    return { run: tellEnd(turn, runId, unpaidRun(reserved.notice)), refusal: reserved.notice };
  }
  try {
    return { run: tellEnd(turn, runId, await runReserved(turn, call, reserved)), refusal: null };
  } catch (error) {
    tellEnd(turn, runId, brokenRun(reserved));
    throw error;
  }
}

function tellEnd(turn: Turn, runId: string, run: ProgramRun): ProgramRun {
  const { outcome, status, fuel, memoryBytes, durationMs } = run;
  const summary = summarise(turn, run);
  turn.request.emit({ type: 'run.finished', runId, outcome, status, summary, fuel, memoryBytes, durationMs });
  return run;
}

async function runReserved(turn: Turn, call: ProgramCall, reserved: Reserved): Promise<ProgramRun> {
  const { request, settings } = turn;
  const { runId, program, args } = call;
  // Until it is known what was used, it may have been all of it.
  let used = reserved.fuel;
  try {
    const run = await settings.runner.run({
      program,
      args,
      context: { ...request.context, account: reserved.account },
      signal: request.signal,
      limits: { fuel: reserved.fuel },
      mayCall: callsWithin(reserved),
      onHostCall: hostCallEmitter(turn, runId),
    });
    used = run.fuel;
    return explainFuel(run, reserved.fuel, settings.limits.runFuel);
  } finally {
    reserved.settle(used);
  }
}

/** A message may quote what this call or one before it brought in, which the guard has yet to judge. */
function hostCallEmitter(
  { request, settings }: Turn,
  runId: string,
): NonNullable<ProgramRequest<never>['onHostCall']> {
  let isJudgedLater = false;
  return ({ name, status, message }) => {
    isJudgedLater ||= settings.guard.observations && isFromOutside(name);
    const call = { name, status, message: isJudgedLater ? null : message };
    request.emit({ type: 'run.host-call', runId, call });
  };
}

/** Counts each call that is about to be made, and answers one that a budget has no room for. */
function callsWithin(reserved: Reserved): NonNullable<ProgramRequest<never>['mayCall']> {
  return () => {
    const notice = reserved.hostCall();
    return notice === null ? null : { ok: false, status: 'EBOUND', message: budgetText(notice) };
  };
}

/** A program that ran out of what a budget left it is not to be mended but for that. */
function explainFuel(run: ProgramRun, fuel: number, wanted: number): ProgramRun {
  if (run.outcome !== 'out-of-fuel' || fuel >= wanted) return run;
  const why = `a budget left it ${count(fuel)} of the ${count(wanted)} fuel that a run may have`;
  return { ...run, error: run.error === null ? why : `${run.error}; ${why}` };
}

function unpaidRun(notice: BudgetNotice): ProgramRun {
  return notRun('out-of-fuel', `The program was not run. ${budgetText(notice)}`);
}

/** What it used nobody knows, so that all of it is paid. */
function brokenRun({ fuel }: Reserved): ProgramRun {
  return { ...notRun('cancelled', 'ended by an error inside Wattle'), fuel };
}

function notRun(outcome: 'out-of-fuel' | 'cancelled', error: string): ProgramRun {
  return { ...neverBegan(outcome, error), result: null, diagnostics: [], place: null };
}

/** What the guard has yet to judge is not shown, nor what a failed run says of it. */
function summarise({ settings }: Turn, run: ProgramRun): string {
  const { outcome, status, result, error } = run;
  const isJudgedLater = settings.guard.observations && bringsOutsideText(run);
  if (outcome !== 'ok') return oneLine((isJudgedLater ? null : error) ?? status ?? outcome, SUMMARY_LENGTH);
  return result === null || isJudgedLater ? 'done' : oneLine(valueText(result), SUMMARY_LENGTH);
}
