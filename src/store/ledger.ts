import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { closedError, storeError } from './store-error.ts';

/** What makes a message unique, with whatever else it carries. */
export interface LedgerMessage {
  readonly platform: string;
  readonly workspace: string;
  readonly channel: string;
  readonly id: string;
}

export type PostState = 'pending' | 'sent' | 'failed' | 'unknown';

export interface LedgerPost {
  readonly id: string;
  /** The key of the thread that it goes to. */
  readonly thread: string;
  readonly content: string;
  readonly state: PostState;
  /** The platform's receipt as JSON, once it is sent. */
  readonly receipt: string | null;
  /** Why it is failed or unknown. */
  readonly error: string | null;
}

export type NewPost = Pick<LedgerPost, 'id' | 'thread' | 'content'>;

/** What became of a post. */
export type Settlement =
  | { readonly state: 'sent'; readonly receipt: unknown }
  | { readonly state: 'failed' | 'unknown'; readonly error: string };

/** A message that was claimed and not marked done. */
export interface Unfinished {
  /** As it was given to `claim`. */
  readonly message: unknown;
  /** The process that has it; null where an earlier version did not write that down. */
  readonly pid: number | null;
}

/** The durable record of messages accepted and posts sent. Every failure is a STORE_FAILED. */
export interface Ledger {
  /** True for the first caller with this message and false for all others. `pid` is the caller's process. */
  claim(message: LedgerMessage, pid: number): boolean;
  markDone(message: LedgerMessage, cause: string): void;
  /** The unfinished messages of a platform, oldest first. */
  unfinished(platform: string): readonly Unfinished[];
  /** Takes an unfinished message over from a process that died; false when another was quicker. */
  takeOver(message: LedgerMessage, from: Unfinished['pid'], to: number): boolean;
  addPosts(posts: readonly NewPost[]): void;
  settlePost(id: string, settlement: Settlement): void;
  /** In the order in which they were added. */
  posts(thread: string): readonly LedgerPost[];
  /** Forgets what is older than the age that the ledger keeps. */
  prune(): void;
  close(): void;
}

export interface LedgerOptions {
  readonly file: string;
  readonly now: () => number;
  /** How long rows are kept, in milliseconds. */
  readonly keepMs?: number;
}

/** Slack delivers an event again for up to 24 hours. */
const KEEP_MS = 25 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

/** Nothing is worked yet while the ledger is opened, so a lock of another process can be waited for. */
const OPEN_BUSY_MS = 5_000;
/** The whole process stands still for so long; a message that cannot be claimed in time comes again. */
const BUSY_MS = 250;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS inbox (
    platform TEXT NOT NULL,
    workspace TEXT NOT NULL,
    channel TEXT NOT NULL,
    id TEXT NOT NULL,
    message TEXT NOT NULL,
    claimed_at INTEGER NOT NULL,
    pid INTEGER,
    done_at INTEGER,
    cause TEXT,
    PRIMARY KEY (platform, workspace, channel, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS inbox_claimed_at ON inbox (claimed_at);
  CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY,
    thread TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'unknown')),
    receipt TEXT,
    error TEXT,
    written_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS outbox_thread ON outbox (thread);
  CREATE INDEX IF NOT EXISTS outbox_written_at ON outbox (written_at);
`;

/** Opens the ledger's file, made if it is not there. */
export function openLedger(options: LedgerOptions): Ledger {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(options.file);
    prepare(database);
  } catch (error) {
    database?.close();
    throw storeError('open', options.file, error);
  }
  const ledger = new SqliteLedger(database, options);
  ledger.prune();
  return ledger;
}

function prepare(database: DatabaseSync): void {
  database.exec(`PRAGMA busy_timeout = ${OPEN_BUSY_MS}`);
  database.exec(SCHEMA);
  const columns = database.prepare('PRAGMA table_info(inbox)').all();
  if (!columns.some(({ name }) => name === 'pid')) database.exec('ALTER TABLE inbox ADD COLUMN pid INTEGER');
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
}

class SqliteLedger implements Ledger {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #now: () => number;
  readonly #keepMs: number;
  #pruneAt = 0;
  #closed = false;

  constructor(database: DatabaseSync, options: LedgerOptions) {
    this.#database = database;
    this.#file = options.file;
    this.#now = options.now;
    this.#keepMs = options.keepMs ?? KEEP_MS;
  }

  claim(message: LedgerMessage, pid: number): boolean {
    if (this.#now() >= this.#pruneAt) this.prune();
    const sql = `INSERT INTO inbox (platform, workspace, channel, id, message, claimed_at, pid)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
    return this.#run(sql, [...keyOf(message), JSON.stringify(message), this.#now(), pid]) === 1;
  }

  markDone(message: LedgerMessage, cause: string): void {
    const sql = `UPDATE inbox SET done_at = ?, cause = ?
      WHERE platform = ? AND workspace = ? AND channel = ? AND id = ?`;
    this.#run(sql, [this.#now(), cause, ...keyOf(message)]);
  }

  unfinished(platform: string): readonly Unfinished[] {
    const sql =
      'SELECT message, pid FROM inbox WHERE platform = ? AND done_at IS NULL ORDER BY claimed_at, rowid';
    return this.#all(sql, [platform]).map(({ message, pid }) => ({
      message: JSON.parse(String(message)),
      pid: typeof pid === 'number' ? pid : null,
    }));
  }

  takeOver(message: LedgerMessage, from: Unfinished['pid'], to: number): boolean {
    const sql = `UPDATE inbox SET pid = ?
      WHERE platform = ? AND workspace = ? AND channel = ? AND id = ? AND done_at IS NULL AND pid IS ?`;
    return this.#run(sql, [to, ...keyOf(message), from]) === 1;
  }

  addPosts(posts: readonly NewPost[]): void {
    if (posts.length === 0) return;
    // One statement, so that the parts of an answer are written all or none.
    const rows = posts.map(() => "(?, ?, ?, 'pending', ?)").join(', ');
    const values = posts.flatMap(({ id, thread, content }) => [id, thread, content, this.#now()]);
    this.#run(`INSERT INTO outbox (id, thread, content, state, written_at) VALUES ${rows}`, values);
  }

  settlePost(id: string, settlement: Settlement): void {
    const receipt = settlement.state === 'sent' ? JSON.stringify(settlement.receipt) : null;
    const error = settlement.state === 'sent' ? null : settlement.error;
    const sql = 'UPDATE outbox SET state = ?, receipt = ?, error = ? WHERE id = ?';
    this.#run(sql, [settlement.state, receipt, error, id]);
  }

  posts(thread: string): readonly LedgerPost[] {
    const sql =
      'SELECT id, thread, content, state, receipt, error FROM outbox WHERE thread = ? ORDER BY rowid';
    return this.#all(sql, [thread]).map(toPost);
  }

  prune(): void {
    const oldest = this.#now() - this.#keepMs;
    this.#run('DELETE FROM inbox WHERE claimed_at < ?', [oldest]);
    this.#run('DELETE FROM outbox WHERE written_at < ?', [oldest]);
    this.#pruneAt = this.#now() + PRUNE_EVERY_MS;
  }

  close(): void {
    if (this.#closed) return;
    this.#attempt('close', () => this.#database.close());
    this.#closed = true;
  }

  #run(sql: string, values: SQLInputValue[]): number {
    return this.#attempt('write', () => Number(this.#database.prepare(sql).run(...values).changes));
  }

  #all(sql: string, values: SQLInputValue[]) {
    return this.#attempt('read', () => this.#database.prepare(sql).all(...values));
  }

  #attempt<T>(action: string, work: () => T): T {
    if (this.#closed) throw closedError(this.#file);
    try {
      return work();
    } catch (error) {
      throw storeError(action, this.#file, error);
    }
  }
}

function keyOf({ platform, workspace, channel, id }: LedgerMessage): string[] {
  return [platform, workspace, channel, id];
}

function isPostState(value: unknown): value is PostState {
  return value === 'pending' || value === 'sent' || value === 'failed' || value === 'unknown';
}

function toPost(row: Record<string, unknown>): LedgerPost {
  const { state, receipt, error } = row;
  return {
    id: String(row.id),
    thread: String(row.thread),
    content: String(row.content),
    state: isPostState(state) ? state : 'unknown',
    receipt: typeof receipt === 'string' ? receipt : null,
    error: typeof error === 'string' ? error : null,
  };
}
