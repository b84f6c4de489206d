import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { closedError, storeError } from './store-error.ts';

/** What was spent, by class of token. Whole numbers but for the dollars. */
export interface UsageSums {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly modelCalls: number;
  readonly usd: number;
  readonly fuel: number;
  readonly hostCalls: number;
}

/** What was spent for one person, channel, workspace or session in one day. */
export interface UsageEntry {
  /** In UTC, for example `2026-11-22`. */
  readonly day: string;
  readonly scope: string;
  readonly key: string;
  readonly spent: UsageSums;
}

/** The durable record of what was spent by day, scope and key. Every failure is a STORE_FAILED. */
export interface Usage {
  /** What was spent in a day, all of it zero where nothing was. */
  ofDay(day: string, scope: string, key: string): UsageSums;
  /** Of all days that are kept. */
  total(scope: string, key: string): UsageSums;
  /** Adds to what there is, all or none. */
  add(entries: readonly UsageEntry[]): void;
  /** Forgets the days that are older than what is kept. */
  prune(): void;
  close(): void;
}

export interface UsageOptions {
  readonly file: string;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
const KEEP_DAYS = 180;

/** As for the ledger: at the start a lock can be waited for, later the whole process would stand still. */
const OPEN_BUSY_MS = 5_000;
const BUSY_MS = 250;

/** Columns by field. */
const COLUMNS = Object.freeze({
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cacheReadTokens: 'cache_read_tokens',
  cacheWriteTokens: 'cache_write_tokens',
  modelCalls: 'model_calls',
  usd: 'usd',
  fuel: 'fuel',
  hostCalls: 'host_calls',
}) satisfies Readonly<Record<keyof UsageSums, string>>;
const NAMES = Object.values(COLUMNS);

// It is written after each model call and each run. What a power cut may take, the last of it, is worth less than a
// wait for the disk each time.
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS usage (
    day TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    ${NAMES.map((name) => `${name} ${name === 'usd' ? 'REAL' : 'INTEGER'} NOT NULL`).join(',\n    ')},
    PRIMARY KEY (day, scope, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS usage_of ON usage (scope, key);
`;

const SUMS = NAMES.map((name) => `total(${name}) AS ${name}`).join(', ');
const ADD = `INSERT INTO usage (day, scope, key, ${NAMES.join(', ')}) VALUES (?, ?, ?, ${NAMES.map(() => '?').join(', ')})
  ON CONFLICT DO UPDATE SET ${NAMES.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`;

/** Opens the file, made if it is not there. */
export function openUsage({ file, now }: UsageOptions): Usage {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file);
    database.exec(`PRAGMA busy_timeout = ${OPEN_BUSY_MS}`);
    database.exec(SCHEMA);
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  } catch (error) {
    database?.close();
    throw storeError('open', file, error);
  }
  const usage = new SqliteUsage(database, { file, now });
  usage.prune();
  return usage;
}

class SqliteUsage implements Usage {
  readonly #database: DatabaseSync;
  readonly #options: UsageOptions;
  #pruneAt = 0;
  #closed = false;

  constructor(database: DatabaseSync, options: UsageOptions) {
    this.#database = database;
    this.#options = options;
  }

  ofDay(day: string, scope: string, key: string): UsageSums {
    return this.#sums('day = ? AND scope = ? AND key = ?', [day, scope, key]);
  }

  total(scope: string, key: string): UsageSums {
    return this.#sums('scope = ? AND key = ?', [scope, key]);
  }

  add(entries: readonly UsageEntry[]): void {
    if (this.#options.now() >= this.#pruneAt) this.prune();
    this.#attempt('write', () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const statement = this.#database.prepare(ADD);
        for (const { day, scope, key, spent } of entries) statement.run(day, scope, key, ...valuesOf(spent));
        this.#database.exec('COMMIT');
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  prune(): void {
    const now = this.#options.now();
    const oldest = new Date(now - KEEP_DAYS * DAY_MS).toISOString().slice(0, 10);
    this.#attempt('write', () => this.#database.prepare('DELETE FROM usage WHERE day < ?').run(oldest));
    this.#pruneAt = now + DAY_MS;
  }

  close(): void {
    if (this.#closed) return;
    this.#attempt('close', () => this.#database.close());
    this.#closed = true;
  }

  #sums(where: string, values: SQLInputValue[]): UsageSums {
    const sql = `SELECT ${SUMS} FROM usage WHERE ${where}`;
    const row = this.#attempt('read', () => this.#database.prepare(sql).get(...values));
    const read = (field: keyof UsageSums): number => Number(row?.[COLUMNS[field]] ?? 0);
    return {
      inputTokens: read('inputTokens'),
      outputTokens: read('outputTokens'),
      cacheReadTokens: read('cacheReadTokens'),
      cacheWriteTokens: read('cacheWriteTokens'),
      modelCalls: read('modelCalls'),
      usd: read('usd'),
      fuel: read('fuel'),
      hostCalls: read('hostCalls'),
    };
  }

  #attempt<T>(action: string, work: () => T): T {
    const { file } = this.#options;
    if (this.#closed) throw closedError(file);
    try {
      return work();
    } catch (error) {
      throw storeError(action, file, error);
    }
  }
}

/** In the order of the columns. */
function valuesOf(spent: UsageSums): number[] {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, modelCalls, usd, fuel, hostCalls } =
    spent;
  return [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, modelCalls, usd, fuel, hostCalls];
}
