import { renderDiagnostics } from '../wat/diagnostics.ts';
import { createCatalog, type LoadedCatalog } from './catalog.ts';
import type { Catalog, ProgramRunner } from './port.ts';
import { programFileName } from './program-file.ts';

/** Compiles every program into the engine's cache. One that does not compile is left out and named, with its mistakes. */
export async function prewarmCatalog(
  catalog: Catalog,
  runner: Pick<ProgramRunner<never>, 'prepare'>,
): Promise<LoadedCatalog> {
  const prepared = await Promise.all(
    catalog.list().map(async (program) => ({ program, diagnostics: await runner.prepare(program) })),
  );
  const failed = prepared.filter(({ diagnostics }) => diagnostics.length > 0);
  return {
    catalog: createCatalog(
      prepared.filter(({ diagnostics }) => diagnostics.length === 0).map(({ program }) => program),
    ),
    problems: failed.map(({ program, diagnostics }) => ({
      file: programFileName(program.name),
      problem: renderDiagnostics(program.body, diagnostics),
    })),
  };
}
