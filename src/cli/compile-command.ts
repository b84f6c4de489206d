import { type ExitCode, type Io, printLine } from '../io.ts';
import { renderDiagnostics } from '../wat/diagnostics.ts';
import type { AssembleOptions, AssembleOutcome, HostImport } from '../wat/types.ts';
import { readProgramFile } from './program-source.ts';

export interface CompileSurroundings {
  readonly memory: AssembleOptions['memory'];
  imports(grants: readonly string[]): readonly HostImport[];
  assemble(body: string, options: AssembleOptions): Promise<AssembleOutcome>;
}

export interface CompileCommand {
  readonly file: string;
  readonly grants: readonly string[] | null;
}

/** `wattle compile`: the assembled module, or the mistakes as the model would see them. */
export async function compileCommand(
  command: CompileCommand,
  io: Io,
  surroundings: CompileSurroundings,
): Promise<ExitCode> {
  const { memory, imports, assemble } = surroundings;
  const { body, grants, signature } = await readProgramFile(command.file, 0);
  const outcome = await assemble(body, { imports: imports(command.grants ?? grants), signature, memory });
  if (!outcome.ok) {
    printLine(io.stderr, renderDiagnostics(body, outcome.diagnostics));
    return 1;
  }
  printLine(io.stdout, outcome.wat);
  return 0;
}
