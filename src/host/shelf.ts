import type { SaveOutcome, Shelf } from '../agent/port.ts';
import type { SavedProgram } from '../catalog/port.ts';
import { readSavedProgram, type SavedProgramOutcome } from '../catalog/saved-program.ts';
import type { Log } from '../chat/log.ts';
import { scopesOf } from '../chat/scopes.ts';
import type { KeyValueSpace } from '../store/key-values.ts';
import type { Store } from '../store/store.ts';
import type { Asker } from './program-context.ts';

export interface ShelfOptions {
  readonly store: Pick<Store, 'programs'>;
  readonly log: Log;
  readonly now: () => number;
  maySave(asker: Asker): boolean;
}

/** The saved programs of a workspace, by its name among those of all platforms. Rejects with STORE_FAILED. */
export async function readShelf(
  { store, log }: Pick<ShelfOptions, 'store' | 'log'>,
  workspace: string,
): Promise<readonly SavedProgram[]> {
  const entries = await store.programs.open(workspace).entries('');
  return entries.flatMap(([name, text]) => {
    const read = readRecord(text);
    if (read.ok) return [read.program];
    log.warn({ workspace, name, reason: read.reason }, 'a saved program was left out');
    return [];
  });
}

/** The shelf of the asker's workspace, for one turn. Rejects with STORE_FAILED. */
export async function openShelf(options: ShelfOptions, asker: Asker): Promise<Shelf> {
  const { workspace } = scopesOf(asker);
  const space = options.store.programs.open(workspace);
  const savedBy = `${asker.platform}:${asker.author.id}`;
  return {
    asker: savedBy,
    mayChange: options.maySave(asker),
    programs: await readShelf(options, workspace),
    save: (program, mayReplace) => put(space, { ...program, savedBy, savedAt: options.now() }, mayReplace),
    async forget(name) {
      const text = await space.get(name);
      return (await space.delete(name)) && text !== undefined ? readText(text) : null;
    },
  };
}

async function put(space: KeyValueSpace, program: SavedProgram, mayReplace: boolean): Promise<SaveOutcome> {
  const found: { before: SavedProgram | null } = { before: null };
  const fits = await space.update(program.name, (text) => {
    found.before = text === undefined ? null : readText(text);
    return found.before === null || mayReplace ? JSON.stringify(program) : undefined;
  });
  if (!fits) return { kind: 'full' };
  const { before } = found;
  if (before !== null && !mayReplace) return { kind: 'taken', by: before };
  return { kind: 'saved', program, replaced: before };
}

/** Null for a record that is none, whose name is then free. */
function readText(text: string): SavedProgram | null {
  const read = readRecord(text);
  return read.ok ? read.program : null;
}

function readRecord(text: string): SavedProgramOutcome {
  try {
    return readSavedProgram(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, reason: error.message };
  }
}
