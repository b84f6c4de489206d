import { type ReplayOptions, replayProgram } from '../catalog/replay-program.ts';
import type { Difference } from '../engine/replay/difference.ts';
import { endedByClock } from '../engine/replay/recording.ts';
import type { Replay } from '../engine/replay/replay.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';
import type { ReplayCommand } from './command-line.ts';
import { readRecordingFile } from './recording-file.ts';

const CHANGED: Difference = {
  field: 'program',
  recorded: 'signature, grants and body as they ran',
  replayed: 'changed since',
};

const OTHER_MODULE =
  'note: the same program compiles to another module here: prices, meter or capabilities have changed since';

/** `wattle replay`: a recorded run again, without network and state. 0 when all but the times is the same. */
export async function replayCommand(
  { file, json }: ReplayCommand,
  io: Io,
  options: ReplayOptions,
): Promise<ExitCode> {
  const { program, untouched, recording } = await readRecordingFile(file);
  const outcome = await replayProgram(program, recording, options);
  if (!outcome.ok) {
    printLine(io.stderr, outcome.problem);
    return 1;
  }
  const { replay } = outcome;
  const differences = [...(untouched ? [] : [CHANGED]), ...(replay.same ? [] : replay.differences)];
  print(differences, replay, { json, io });
  if (untouched && !replay.sameModule) printLine(io.stderr, OTHER_MODULE);
  if (endedByClock(recording.result.outcome)) {
    printLine(io.stderr, `note: the recorded run ended as ${recording.result.outcome}: compared up to there`);
  }
  return differences.length === 0 ? 0 : 1;
}

function print(
  differences: readonly Difference[],
  { sameModule, result }: Replay,
  { json, io }: { readonly json: boolean; readonly io: Io },
): void {
  const same = differences.length === 0;
  if (json) {
    const { outcome, status, fuel, memoryBytes } = result;
    const shown = { same, sameModule, differences, outcome, status, fuel, memoryBytes };
    printLine(io.stdout, JSON.stringify(shown));
    return;
  }
  const lines = differences.map(({ field, recorded, replayed }) => {
    return `${printable(field)}: recorded ${printable(recorded)}, replayed ${printable(replayed)}`;
  });
  printLine(io.stdout, same ? 'same' : lines.join('\n'));
}

/** Texts from a file that anybody may have written must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
