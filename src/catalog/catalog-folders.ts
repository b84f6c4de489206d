import { join } from 'node:path';
import { type CatalogProblem, createCatalog, type LoadedCatalog } from './catalog.ts';
import { loadCatalog } from './loader.ts';
import type { ProgramRunner } from './port.ts';
import { prewarmCatalog } from './prewarm.ts';
import { programFileName } from './program-file.ts';

export interface CatalogFolders {
  /** The programs that come with Wattle. */
  readonly stock: LoadedCatalog;
  /** Those of whoever runs it, from their own folder; null without one. */
  readonly own: OwnCatalog | null;
}

export interface OwnCatalog extends LoadedCatalog {
  readonly folder: string;
}

/**
 * Reads the programs of a folder of one's own; problems are named with the whole path.
 * @throws WattleError CATALOG_INVALID when the folder cannot be read
 */
export async function loadOwnCatalog(folder: string): Promise<OwnCatalog> {
  return { folder, ...inFolder(await loadCatalog(folder), folder) };
}

/**
 * One catalog of both folders, compiled. Stock programs keep their names: one of the own folder that has the
 * name of a stock program is named as a problem and left out, as is what does not compile.
 */
export async function openCatalog(
  { stock, own }: CatalogFolders,
  runner: Pick<ProgramRunner<never>, 'prepare'>,
): Promise<LoadedCatalog> {
  const warm = await prewarmCatalog(stock.catalog, runner);
  const problems = [...stock.problems, ...warm.problems];
  if (own === null) return { catalog: warm.catalog, problems };
  // Also the name of a stock program that does not compile here is not free.
  const isTaken = ({ name }: { readonly name: string }) => stock.catalog.get(name) !== undefined;
  const programs = own.catalog.list();
  const free = createCatalog(programs.filter((program) => !isTaken(program)));
  const ownWarm = inFolder(await prewarmCatalog(free, runner), own.folder);
  const clashes = programs.filter(isTaken).map(({ name }) => clash(own.folder, name));
  return {
    catalog: createCatalog([...warm.catalog.list(), ...ownWarm.catalog.list()]),
    problems: [...problems, ...own.problems, ...clashes, ...ownWarm.problems],
  };
}

function clash(folder: string, name: string): CatalogProblem {
  const problem = `the name ${name} is taken by a stock program, which stays; give this one another name`;
  return { file: join(folder, programFileName(name)), problem };
}

function inFolder({ catalog, problems }: LoadedCatalog, folder: string): LoadedCatalog {
  return { catalog, problems: problems.map(({ file, problem }) => ({ file: join(folder, file), problem })) };
}
