import type { ProgramRunner } from '../catalog/port.ts';
import type { ProgramRunnerOptions } from '../catalog/program-runner.ts';
import { createRecordingRunner, type RecordingText } from '../catalog/recording-runner.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';
import { openRecordingFile } from './recording-file.ts';

const NOT_BEGUN: RecordingText = { ok: false, problem: 'the program did not begin' };

/**
 * Does one run with a runner that records it, and writes the recording to a file.
 *
 * @throws WattleError USAGE when the file cannot be written; nothing has run then.
 */
export async function recordedRun<Context>(
  path: string,
  { io, options }: { readonly io: Io; readonly options: ProgramRunnerOptions<Context> },
  body: (runner: ProgramRunner<Context>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const file = await openRecordingFile(path);
  try {
    const outcomes: RecordingText[] = [];
    const code = await body(createRecordingRunner(options, (outcome) => outcomes.push(outcome)));
    const [outcome = NOT_BEGUN] = outcomes;
    if (!outcome.ok) {
      printLine(io.stderr, `wattle: nothing was recorded: ${outcome.problem}`);
      return code === 0 ? 1 : code;
    }
    await file.write(outcome.text);
    return code;
  } finally {
    await file.close();
  }
}
