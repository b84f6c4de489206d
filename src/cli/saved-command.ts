import { createCatalog } from '../catalog/catalog.ts';
import type { SavedProgram } from '../catalog/port.ts';
import { defineSaved } from '../catalog/saved-program.ts';
import { type ExitCode, type Io, printLine } from '../io.ts';
import { showCommand } from './catalog-command.ts';

interface Output {
  readonly json: boolean;
  readonly io: Io;
}

/** `wattle catalog list --workspace`: a line a saved program, or one JSON array with all that is known of each. */
export function listSavedCommand(programs: readonly SavedProgram[], { json, io }: Output): ExitCode {
  if (json) {
    printLine(io.stdout, JSON.stringify(programs));
    return 0;
  }
  for (const { name, signature, description, ...rest } of programs) {
    printLine(io.stdout, `${name}${signature}  ${description}  (${describeOrigin(rest)})`);
  }
  return 0;
}

/**
 * `wattle catalog show NAME --workspace`: all that is known of a saved program.
 *
 * @throws WattleError USAGE for a name that the workspace does not have.
 */
export function showSavedCommand(programs: readonly SavedProgram[], name: string, io: Io): ExitCode {
  const defined = programs.flatMap((program) => defineSaved(program, program.grants) ?? []);
  const code = showCommand(createCatalog(defined), name, io);
  const found = programs.find((program) => program.name === name);
  if (found !== undefined) printLine(io.stdout, `\n${describeOrigin(found)}`);
  return code;
}

function describeOrigin({
  savedBy,
  savedAt,
  grants,
  hash,
}: Pick<SavedProgram, 'savedBy' | 'savedAt' | 'grants' | 'hash'>): string {
  const day = new Date(savedAt).toISOString().slice(0, 10);
  return `saved by ${savedBy} on ${day}; grants: ${grants.join(', ') || 'none'}; ${hash}`;
}
