import { DEFAULT_LIMITS } from '../limits.ts';
import type { Engine, Limits, RunRequest, RunResult } from '../port.ts';
import { compareBeginnings, compareResults, type DescribeResult } from './compare-results.ts';
import { type Difference, differenceOf } from './difference.ts';
import { endedByClock, type RecordedResult, type RunRecording } from './recording.ts';
import { type HostCallReplay, replayHostCalls } from './replay-host-calls.ts';

/** What a recording does not hold: the program, prepared by the same engine, and what belongs to this run. */
export interface ReplayRequest extends Pick<RunRequest, 'program' | 'resultSize' | 'grants' | 'signal'> {
  /** In place of those recorded. A change of `slice` must not change anything. */
  readonly limits?: Partial<Limits>;
  /** For the difference of two results; hexadecimal when not given. */
  readonly describeResult?: DescribeResult;
}

export type Replay = {
  readonly result: RunResult;
  /**
   * Whether the module is the very one that was recorded. The same source gives another one under other
   * prices, another meter or other functions of its capabilities.
   */
  readonly sameModule: boolean;
} & ({ readonly same: true } | { readonly same: false; readonly differences: readonly Difference[] });

/**
 * Runs a program as it was recorded, with the recorded answers in place of the host, and compares all but
 * the times. A run that the clock ended is repeated as far as it had got, by its fuel.
 */
export async function replay(
  engine: Pick<Engine, 'run'>,
  request: ReplayRequest,
  recording: RunRecording,
): Promise<Replay> {
  const { program, resultSize, grants, signal } = request;
  const host = replayHostCalls(recording.hostCalls);
  const result = await engine.run({
    program,
    resultSize,
    grants,
    args: recording.args,
    limits: { ...limitsFor(recording), ...request.limits },
    signal: AbortSignal.any([signal, host.over]),
    onHostCall: host.onHostCall,
  });
  const differences = differencesOf(recording, result, { host, describe: request.describeResult });
  const sameModule = program.hash === recording.module;
  if (differences.length === 0) return { same: true, result, sameModule };
  return { same: false, differences, result, sameModule };
}

/** How long the host took is not replayed, so neither is a deadline that was shorter than usual. */
function limitsFor({ limits, result }: RunRecording): Limits {
  const deadlineMs = Math.max(limits.deadlineMs, DEFAULT_LIMITS.deadlineMs);
  if (!endedByClock(result.outcome)) return { ...limits, deadlineMs };
  // With one more than it had used, the run passes the check that it was last seen at, and no more.
  return { ...limits, deadlineMs, fuel: Math.min(limits.fuel, result.fuel + 1) };
}

interface Terms {
  readonly host: HostCallReplay;
  readonly describe: DescribeResult | undefined;
}

function differencesOf(
  { result: recorded, limits }: RunRecording,
  replayed: RunResult,
  { host, describe }: Terms,
): readonly Difference[] {
  const byClock = endedByClock(recorded.outcome);
  const divergence = host.divergence();
  const beyond = divergence !== null && host.leftOver().length === 0;
  if (divergence !== null && !(byClock && beyond)) return [divergence];
  if (!byClock) return [...host.leftOver(), ...compareResults(recorded, replayed, describe)];
  // The last one may be a call that the run did not outlive, which is recorded as EREMOTE.
  const { length } = recorded.hostCalls;
  const answered = recorded.hostCalls.at(-1)?.status === 'EREMOTE' ? length - 1 : length;
  const beginnings = compareBeginnings(recorded, replayed, answered);
  // The clock may end the replay as well, and then there is nothing to tell of what lies behind that.
  // A run that lost its worker is billed its whole budget: how far it had got, nobody knows.
  const isKnown = recorded.fuel < limits.fuel;
  const cutShort = isKnown && endedByClock(replayed.outcome) && !host.over.aborted;
  return [...(cutShort ? [cutShortAt(recorded, replayed)] : []), ...host.leftOver(), ...beginnings];
}

function cutShortAt(recorded: RecordedResult, replayed: RunResult): Difference {
  const at = ({ outcome, fuel }: RecordedResult | RunResult) => `${outcome} at ${fuel} fuel`;
  return differenceOf('outcome', at(recorded), at(replayed));
}
