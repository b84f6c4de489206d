import type { Catalog, SavedProgram } from '../catalog/port.ts';
import { defineSaved } from '../catalog/saved-program.ts';
import type { Turn } from './turn.ts';

/**
 * The programs of one turn: those of the installation, then those of the workspace with at most the grants that
 * programs of the model have. A saved program whose name the installation has taken since is not in it.
 */
export function createTurnCatalog(
  installed: Catalog,
  saved: readonly SavedProgram[],
  grants: readonly string[],
): Catalog {
  if (saved.length === 0) return installed;
  const programs = new Map(installed.list().map((program) => [program.name, program]));
  for (const each of saved) {
    const program = programs.has(each.name) ? null : defineSaved(each, grants);
    if (program !== null) programs.set(program.name, program);
  }
  const list = Object.freeze([...programs.values()]);
  return Object.freeze({ list: () => list, get: (name: string) => programs.get(name) });
}

/** The saved programs that can be used in a turn. */
export function usablePrograms({ request, settings, catalog }: Turn): readonly SavedProgram[] {
  const isUsable = ({ name }: SavedProgram) =>
    settings.catalog.get(name) === undefined && catalog.get(name) !== undefined;
  return (request.shelf?.programs ?? []).filter(isUsable);
}
