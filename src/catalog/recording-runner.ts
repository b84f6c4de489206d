import { recordRuns } from '../engine/replay/record-runs.ts';
import { formatRecording } from '../engine/replay/recording-text.ts';
import { formatSignature } from '../wat/signature.ts';
import type { ProgramDefinition, ProgramRunner } from './port.ts';
import { createProgramRunner, type ProgramRunnerOptions } from './program-runner.ts';

/** The text of a recording with its program in it, or why there is none. */
export type RecordingText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };

const TOO_LARGE = 'with its program, arguments and result it would be too large to be read again';

/** A runner that tells `onRecording` of each run that the engine was given, when it is over. */
export function createRecordingRunner<Context>(
  options: ProgramRunnerOptions<Context>,
  onRecording: (outcome: RecordingText) => void,
): ProgramRunner<Context> {
  return {
    prepare: (program) => createProgramRunner(options).prepare(program),
    effects: (program) => createProgramRunner(options).effects(program),
    run(request) {
      const engine = recordRuns(options.engine, (outcome) => {
        if (!outcome.ok) return onRecording(outcome);
        const text = formatRecording(inWords(request.program), outcome.recording);
        onRecording(text === null ? { ok: false, problem: TOO_LARGE } : { ok: true, text });
      });
      return createProgramRunner({ ...options, engine }).run(request);
    },
  };
}

function inWords({ name, signature, grants, body }: ProgramDefinition) {
  return { name, signature: formatSignature(signature), grants, body };
}
