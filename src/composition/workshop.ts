import type { SessionContext } from '../capabilities/capability.ts';
import { type CapabilityRegistry, createCapabilityHost } from '../capabilities/registry.ts';
import type { CatalogProblem } from '../catalog/catalog.ts';
import { openCatalog } from '../catalog/catalog-folders.ts';
import type { Catalog, ProgramRunner } from '../catalog/port.ts';
import { createProgramRunner } from '../catalog/program-runner.ts';
import type { Config } from '../config.ts';
import { createEngine, type EngineOptions } from '../engine/engine.ts';
import { DEFAULT_LIMITS } from '../engine/limits.ts';
import type { Engine, Limits } from '../engine/port.ts';
import { type Assembler, loadAssembler } from '../wat/assemble.ts';
import { createCapabilities } from './capabilities.ts';
import { loadFolders } from './load-folders.ts';
import { modelGrants } from './model-grants.ts';

const ROOT = new URL('../../', import.meta.url);

/** Everything that makes and runs programs: what every command but `help` needs. */
export interface Workshop {
  readonly assembler: Assembler;
  readonly engine: Engine;
  readonly capabilities: CapabilityRegistry;
  /** The capabilities that programs written by the model are granted. */
  readonly modelGrants: readonly string[];
  readonly catalog: Catalog;
  /** Programs that were left out, and why. */
  readonly problems: readonly CatalogProblem[];
  readonly runner: ProgramRunner<SessionContext>;
  readonly limits: Limits;
}

/** What the engine tells of that no run's result says. */
export type EngineNotices = Pick<EngineOptions, 'onHostError' | 'onMemoryShort'>;

export interface WorkshopOptions {
  readonly notices?: EngineNotices;
  /** Whether every program of the catalog is compiled now; else each is when it is first run. Yes without it. */
  readonly compileAhead?: boolean;
}

const NOTHING_AHEAD: Pick<ProgramRunner<never>, 'prepare'> = { prepare: () => Promise.resolve([]) };

/**
 * Loads the language, the engine and the catalog. Compiled ahead, the catalog leaves out what does not compile.
 * Rejects with CONFIG_INVALID.
 */
export async function openWorkshop(
  config: Config,
  { notices = {}, compileAhead = true }: WorkshopOptions = {},
): Promise<Workshop> {
  const limits: Limits = Object.freeze({ ...DEFAULT_LIMITS, ...config.limits });
  const [assembler, folders] = await Promise.all([loadAssembler(), loadFolders(config)]);
  const capabilities = createCapabilityHost(createCapabilities(config));
  const grants = modelGrants(config.modelGrants, capabilities.names);
  const engine = createEngine({
    pureCapabilities: new URL('src/capabilities/pure.ts', ROOT),
    now: () => performance.now(),
    ...(config.engine.workers === null ? {} : { workers: config.engine.workers }),
    memoryBytes: config.engine.memoryBytes,
    ...notices,
  });
  const runner = createProgramRunner({ assembler, engine, capabilities, limits });
  const { catalog, problems } = await openCatalog(folders, compileAhead ? runner : NOTHING_AHEAD);
  return {
    assembler,
    engine,
    capabilities,
    modelGrants: grants,
    catalog,
    problems,
    runner,
    limits,
  };
}
