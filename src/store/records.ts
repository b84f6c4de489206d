import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { closedError, storeError } from './store-error.ts';

/** What is wrong with one stored record. It is reported and then treated as absent. */
export interface StoreProblem {
  readonly table: string;
  readonly key: string;
  readonly reason: string;
}

export interface RecordsOptions {
  /** The SQLite file. */
  readonly file: string;
  readonly table: string;
  /** How long a record lives after it was last written, in milliseconds; null for records that stay. */
  readonly ttlMs: number | null;
  readonly now: () => number;
}

/** JSON values by key, with a time to live where the table has one. Every failure of the database is a STORE_FAILED. */
export interface Records {
  readonly table: string;
  /** `undefined` for an absent or expired record, `null` for one that is not JSON. */
  read(key: string): Promise<unknown>;
  write(key: string, value: object): Promise<void>;
  delete(key: string): Promise<boolean>;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 5_000;
const SWEEP_EVERY_MS = 600_000;

/** Keyv's own serialiser gives some strings a meaning of its own; these are plain JSON on disk. */
const serialization = {
  stringify(value: unknown): string {
    return JSON.stringify(value);
  },
  parse<T>(text: string): T {
    try {
      return JSON.parse(text);
    } catch {
      // An unreadable envelope becomes a record of null, which `read` passes on; Keyv would hide it as absent.
      return JSON.parse('{"value":null}');
    }
  },
};

/** Opens one table of records, made if it is not there. */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  const { file, table } = options;
  const adapter = new KeyvSqlite({
    uri: `sqlite://${file}`,
    table,
    wal: true,
    busyTimeout: BUSY_TIMEOUT_MS,
    driver: 'node:sqlite',
  });
  try {
    await adapter.ready;
  } catch (error) {
    throw storeError('open', file, error);
  }
  return new KeyvRecords(adapter, options);
}

class KeyvRecords implements Records {
  readonly table: string;
  readonly #file: string;
  readonly #ttlMs: number | null;
  readonly #now: () => number;
  readonly #adapter: KeyvSqlite;
  readonly #keyv: Keyv;
  #sweepAt: number;
  #closing: Promise<void> | null = null;

  constructor(adapter: KeyvSqlite, options: RecordsOptions) {
    this.table = options.table;
    this.#file = options.file;
    this.#ttlMs = options.ttlMs;
    this.#now = options.now;
    this.#adapter = adapter;
    this.#keyv = new Keyv({ store: adapter, serialization });
    // Keyv answers a failed read as absent and tells only its listeners; thrown here, it reaches the caller.
    this.#keyv.on('error', (error: unknown) => {
      throw error;
    });
    this.#sweepAt = options.now() + SWEEP_EVERY_MS;
  }

  read(key: string): Promise<unknown> {
    return this.#attempt('read', async () => {
      const raw = await this.#keyv.getRaw<unknown>(key);
      if (raw === undefined) return undefined;
      if (typeof raw === 'string') return null;
      // Keyv compares with the system's clock; the store's own clock decides, and Keyv only clears away.
      if (raw.expires !== undefined && raw.expires <= this.#now()) return undefined;
      return raw.value ?? null;
    });
  }

  write(key: string, value: object): Promise<void> {
    return this.#attempt('write', async () => {
      const lives = this.#ttlMs === null ? {} : { expires: this.#now() + this.#ttlMs };
      const written = await this.#keyv.setRaw(key, { value, ...lives });
      if (!written) throw new Error(`the record of ${key} was not taken`);
      await this.#sweep();
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#attempt('delete from', () => this.#keyv.delete(key));
  }

  close(): Promise<void> {
    this.#closing ??= this.#keyv.disconnect().catch((error: unknown) => {
      throw storeError('close', this.#file, error);
    });
    return this.#closing;
  }

  /** Beside a write now and then instead of by a timer, whose failure nobody could be told of. */
  async #sweep(): Promise<void> {
    if (this.#now() < this.#sweepAt) return;
    this.#sweepAt = this.#now() + SWEEP_EVERY_MS;
    await this.#adapter.clearExpired();
  }

  async #attempt<T>(action: string, work: () => Promise<T>): Promise<T> {
    if (this.#closing !== null) throw closedError(this.#file);
    try {
      return await work();
    } catch (error) {
      throw storeError(action, this.#file, error);
    }
  }
}
