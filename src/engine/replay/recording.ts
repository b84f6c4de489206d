import { isDeepStrictEqual } from 'node:util';
import type { CallAnswer } from '../messages.ts';
import type { HostCall, HostCallRecord, HostValue, Limits, Outcome, RunResult } from '../port.ts';

/** One call that the host was asked, with what it answered. Written by a recorder or by hand. */
export interface RecordedCall {
  /** `capability.name`. */
  readonly call: string;
  /** What the program passed; left out where any arguments will do. */
  readonly args?: readonly HostValue[];
  /** Null for a call that the run did not outlive. */
  readonly answer: CallAnswer | null;
}

/** A result without its times, which no two runs share, and without the place in the code, which the rest leads to. */
export interface RecordedResult extends Omit<RunResult, 'durationMs' | 'hostCalls' | 'place'> {
  readonly hostCalls: readonly Omit<HostCallRecord, 'durationMs'>[];
}

/** All that decides what a run does, and what it came to. The program itself is named by its hash only. */
export interface RunRecording {
  /** `CompiledProgram.hash`. */
  readonly module: string;
  /** Each argument in the wire format. */
  readonly args: readonly Uint8Array[];
  readonly limits: Limits;
  readonly hostCalls: readonly RecordedCall[];
  readonly result: RecordedResult;
}

/** The most that one recording may take, in bytes of its file. */
export const RECORDING_BYTES = 32 * 2 ** 20;

/** Whether a call is the recorded one, with the arguments where the recording names them. */
export function isAsRecorded({ capability, name, args }: HostCall, recorded: RecordedCall): boolean {
  if (recorded.call !== `${capability}.${name}`) return false;
  return recorded.args === undefined || isDeepStrictEqual([...args], [...recorded.args]);
}

/** Whether the clock or a person ended the run: when in its work that was, another run cannot repeat. */
export function endedByClock(outcome: Outcome): boolean {
  return outcome === 'deadline' || outcome === 'cancelled';
}
