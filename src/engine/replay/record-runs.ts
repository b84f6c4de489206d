import type { Engine, RunRequest, RunResult } from '../port.ts';
import { recordHostCalls } from './record-host-calls.ts';
import type { RecordedResult, RunRecording } from './recording.ts';

export type RecordingOutcome =
  | { readonly ok: true; readonly recording: RunRecording }
  | { readonly ok: false; readonly problem: string };

/** The same engine, telling `onRecording` of each run when it is over. */
export function recordRuns(
  engine: Pick<Engine, 'prepare' | 'run'>,
  onRecording: (outcome: RecordingOutcome) => void,
): Pick<Engine, 'prepare' | 'run'> {
  return {
    prepare: (request) => engine.prepare(request),
    async run(request) {
      const recorder = recordHostCalls((call) => request.onHostCall(call));
      const args = request.args.map((arg) => arg.slice());
      const result = await engine.run({ ...request, onHostCall: recorder.onHostCall });
      const recorded = recorder.calls();
      onRecording(
        recorded.ok
          ? { ok: true, recording: recordingOf({ ...request, args }, result, recorded.calls) }
          : recorded,
      );
      return result;
    },
  };
}

function recordingOf(
  { program, args, limits }: RunRequest,
  result: RunResult,
  hostCalls: RunRecording['hostCalls'],
): RunRecording {
  return { module: program.hash, args, limits, hostCalls, result: recordedOf(result) };
}

function recordedOf({ durationMs: _, place: __, hostCalls, ...rest }: RunResult): RecordedResult {
  return { ...rest, hostCalls: hostCalls.map(({ durationMs: _, ...call }) => call) };
}
