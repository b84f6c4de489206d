import { randomUUID } from 'node:crypto';
import type { Adapter } from '../chat/adapter.ts';
import { type Config, type Environment, parseConfig } from '../config.ts';
import { ALL_RANGES } from '../engine/engine-limits.ts';
import { WattleError } from '../errors.ts';
import type { Host } from '../host/host.ts';
import type { HostEvent } from '../host/host-event.ts';
import type { ExitCode, Io } from '../io.ts';
import { createLogger, type Logger } from '../log.ts';
import { openStore, type Store } from '../store/store.ts';
import { createBot } from './bot.ts';
import { engineNotices } from './engine-notices.ts';
import { isAlive } from './is-alive.ts';
import { sweepFiles } from './sweep-files.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** What every command but `help` and `version` works with. */
export interface Session {
  readonly config: Config;
  readonly io: Io;
  readonly log: Logger;
  readonly workshop: Workshop;
  /** Aborted by SIGINT or SIGTERM. */
  readonly stopping: AbortSignal;
}

export interface Surroundings extends Pick<Session, 'io' | 'stopping'> {
  readonly environment: Environment;
  /** Where the environment does not say. */
  readonly logLevel: (config: Config) => string;
  /** Whether the work needs every program of the catalog compiled. */
  readonly compileAhead: (config: Config) => boolean;
}

/** Reads the configuration and opens the workshop; its workers are closed whatever comes of the work. */
export async function withSession(
  { io, environment, stopping, logLevel, compileAhead }: Surroundings,
  body: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const config = parseConfig(environment, ALL_RANGES);
  const log = createLogger({
    level: config.logLevel ?? logLevel(config),
    destination: io.stderr,
    secrets: config.secrets,
  });
  const workshop = await openWorkshop(config, {
    notices: engineNotices(log, () => performance.now()),
    compileAhead: compileAhead(config),
  });
  for (const { file, problem } of workshop.problems) {
    log.warn({ file, problem }, 'a program was left out of the catalog');
  }
  try {
    return await body({ config, io, log, workshop, stopping });
  } finally {
    await workshop.engine.stop();
  }
}

export interface BotParts {
  readonly adapters: readonly Adapter[];
  readonly onEvent?: (event: HostEvent) => void;
}

/** Closes in the order that loses nothing: turns and adapters, then the workers, then the store. */
export async function withBot(
  session: Session,
  { adapters, onEvent = () => undefined }: BotParts,
  body: (host: Host) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withStore(session, async (store) => {
    await sweepFiles(session.config.filesFolder, Date.now, session.log);
    const host = createBot({
      ...session,
      store,
      adapters,
      onEvent,
      now: Date.now,
      newId: randomUUID,
      process: { pid: process.pid, isAlive },
    });
    try {
      return await body(host);
    } finally {
      await host.stop(0);
      await session.workshop.engine.stop();
    }
  });
}

export async function withStore(
  { config, log }: Session,
  body: (store: Store) => Promise<ExitCode>,
): Promise<ExitCode> {
  const store = await openConfiguredStore(config, log);
  try {
    return await body(store);
  } finally {
    await store.close();
  }
}

/** A folder that cannot be used is a setting that is wrong, like any other. */
async function openConfiguredStore(config: Config, log: Logger): Promise<Store> {
  try {
    return await openStore({
      folder: config.dataFolder,
      sessionTtlMs: config.sessionTtlMs,
      now: Date.now,
      onProblem: (problem) => log.warn({ problem }, 'a stored record could not be read'),
    });
  } catch (error) {
    if (!(error instanceof WattleError) || error.code !== 'STORE_FAILED') throw error;
    const message = `WATTLE_DATA: expected a folder that Wattle can write and its own files in it, but ${error.message}`;
    throw new WattleError('CONFIG_INVALID', message, { cause: error });
  }
}
