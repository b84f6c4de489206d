import type { Catalog, ProgramDefinition } from './port.ts';

/** A program file that cannot be used, and why. */
export interface CatalogProblem {
  readonly file: string;
  readonly problem: string;
}

/** Programs that can be used, and those that were left out with the reason. */
export interface LoadedCatalog {
  readonly catalog: Catalog;
  readonly problems: readonly CatalogProblem[];
}

/** Lists in the order given; of two programs with one name the later one wins. */
export function createCatalog(programs: readonly ProgramDefinition[]): Catalog {
  const byName = new Map(programs.map((program) => [program.name, program]));
  const list = Object.freeze([...byName.values()]);
  return Object.freeze({ list: () => list, get: (name: string) => byName.get(name) });
}
