import { join } from 'node:path';
import {
  createKeyValues,
  DEFAULT_KEY_VALUE_LIMITS,
  type KeyValueLimits,
  type KeyValues,
} from './key-values.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { makeFolder } from './make-folder.ts';
import { openRecords, type Records, type StoreProblem } from './records.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { openUsage, type Usage } from './usage.ts';

/** All that outlives the process. After `close` every call is refused with STORE_FAILED. */
export interface Store {
  readonly sessions: Sessions;
  /** What a session keeps, with its time to live. */
  readonly keyValues: KeyValues;
  /** What the sessions of a channel, a user or a workspace share; it stays. */
  readonly sharedValues: KeyValues;
  /** The programs that people saved, by name in a space for each workspace; they stay. */
  readonly programs: KeyValues;
  readonly ledger: Ledger;
  /** What was spent by day; it stays for some months. */
  readonly usage: Usage;
  /** Idempotent. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** The data folder; made if it is not there. */
  readonly folder: string;
  /** How long a session lives after it was last used, in milliseconds. */
  readonly sessionTtlMs: number;
  readonly now: () => number;
  /** Told of records that could not be read and are treated as absent. */
  readonly onProblem: (problem: StoreProblem) => void;
  /** Of each space, a session's own and a shared one. */
  readonly keyValueLimits?: Partial<KeyValueLimits>;
}

/** Each program stands in the prompt of its workspace, and all of them are read for every turn. */
const PROGRAM_LIMITS: KeyValueLimits = Object.freeze({
  entries: 50,
  valueBytes: 128 * 1024,
  totalBytes: 1024 * 1024,
});

interface Files {
  readonly sessions: Records;
  readonly keyValues: Records;
  readonly sharedValues: Records;
  readonly programs: Records;
  readonly ledger: Ledger;
  readonly usage: Usage;
}

/** Opens the store in a folder. Rejects with STORE_FAILED, which names the path, when it cannot. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder, onProblem } = options;
  await makeFolder(folder);
  const files = await openFiles(options);
  const limits = Object.freeze({ ...DEFAULT_KEY_VALUE_LIMITS, ...options.keyValueLimits });
  return {
    sessions: createSessions({ records: files.sessions, onProblem }),
    keyValues: createKeyValues({ records: files.keyValues, limits, onProblem }),
    sharedValues: createKeyValues({ records: files.sharedValues, limits, onProblem }),
    programs: createKeyValues({ records: files.programs, limits: PROGRAM_LIMITS, onProblem }),
    ledger: files.ledger,
    usage: files.usage,
    close: () => closeAll(Object.values(files)),
  };
}

/** Three files: sessions may move to another database by its URL, the ledger and the usage stay on this machine. */
async function openFiles({ folder, sessionTtlMs: ttlMs, now }: StoreOptions): Promise<Files> {
  const file = join(folder, 'sessions.sqlite');
  const opened: Closable[] = [];
  try {
    const sessions = await openRecords({ file, table: 'sessions', ttlMs, now });
    opened.push(sessions);
    const keyValues = await openRecords({ file, table: 'key_values', ttlMs, now });
    opened.push(keyValues);
    const sharedValues = await openRecords({ file, table: 'shared_values', ttlMs: null, now });
    opened.push(sharedValues);
    const programs = await openRecords({ file, table: 'programs', ttlMs: null, now });
    opened.push(programs);
    const ledger = openLedger({ file: join(folder, 'ledger.sqlite'), now });
    opened.push(ledger);
    const usage = openUsage({ file: join(folder, 'usage.sqlite'), now });
    return { sessions, keyValues, sharedValues, programs, ledger, usage };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

interface Closable {
  close(): Promise<void> | void;
}

async function closeAll(parts: readonly Closable[]): Promise<void> {
  for (const part of parts) await part.close();
}
