import type { Outcome, RunResult } from './port.ts';

/** The result of a run that came to its end before anything was executed. */
export function neverBegan(outcome: Exclude<Outcome, 'ok' | 'status'>, error: string): RunResult {
  return {
    outcome,
    status: null,
    result: null,
    fuel: 0,
    memoryBytes: 0,
    durationMs: 0,
    hostCalls: [],
    debug: [],
    error,
    place: null,
  };
}
