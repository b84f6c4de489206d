import { z } from 'zod';
import { KeyedMutex } from './keyed-mutex.ts';
import type { Records, StoreProblem } from './records.ts';

/** The key-value space of one session. */
export interface KeyValueSpace {
  get(key: string): Promise<string | undefined>;
  /** False, and nothing is changed, when a quota would be passed. */
  set(key: string, value: string): Promise<boolean>;
  /** False when there was no such key. */
  delete(key: string): Promise<boolean>;
  /** The keys that begin with the prefix, in code unit order. */
  list(prefix: string): Promise<readonly string[]>;
}

export interface KeyValues {
  open(threadKey: string): KeyValueSpace;
  /** Renews the space's time to live, so that it ends with its session and not before. */
  touch(threadKey: string): Promise<void>;
  clear(threadKey: string): Promise<void>;
}

export interface KeyValueLimits {
  readonly entries: number;
  /** Bytes of UTF-8. */
  readonly valueBytes: number;
  /** Bytes of UTF-8 of all keys and values. */
  readonly totalBytes: number;
}

export const DEFAULT_KEY_VALUE_LIMITS: KeyValueLimits = Object.freeze({
  entries: 1_000,
  valueBytes: 64 * 1024,
  totalBytes: 1024 * 1024,
});

export interface KeyValuesOptions {
  readonly records: Records;
  readonly limits: KeyValueLimits;
  onProblem(problem: StoreProblem): void;
}

type Entries = Map<string, string>;

/** Pairs and not an object, because a program may well use `__proto__` as a key. */
const schema = z.array(z.tuple([z.string(), z.string()]));

/**
 * One record for a whole session, not one for each entry: a space is 1 MiB at most, so a write costs
 * milliseconds, while quotas, `list` and the time to live each stay a matter of one record, and
 * no crash can leave an entry behind that the others do not know of.
 */
export function createKeyValues(options: KeyValuesOptions): KeyValues {
  const { records, limits, onProblem } = options;
  const mutex = new KeyedMutex();

  async function load(threadKey: string): Promise<Entries> {
    const value = await records.read(threadKey);
    if (value === undefined) return new Map();
    const parsed = schema.safeParse(value);
    if (parsed.success) return new Map(parsed.data);
    onProblem({ table: records.table, key: threadKey, reason: z.prettifyError(parsed.error) });
    return new Map();
  }

  /** Writes the entries back when the change says that it made one. */
  function update(threadKey: string, change: (entries: Entries) => boolean): Promise<boolean> {
    return mutex.run(threadKey, async () => {
      const entries = await load(threadKey);
      const changed = change(entries);
      if (changed) await records.write(threadKey, [...entries]);
      return changed;
    });
  }

  return {
    open: (threadKey) => ({
      get: async (key) => (await load(threadKey)).get(key),
      set: (key, value) =>
        update(threadKey, (entries) => {
          entries.set(key, value);
          return isWithin(limits, entries, value);
        }),
      delete: (key) => update(threadKey, (entries) => entries.delete(key)),
      list: async (prefix) =>
        [...(await load(threadKey)).keys()].filter((key) => key.startsWith(prefix)).sort(),
    }),
    async touch(threadKey) {
      await update(threadKey, (entries) => entries.size > 0);
    },
    async clear(threadKey) {
      await mutex.run(threadKey, () => records.delete(threadKey));
    },
  };
}

function isWithin(limits: KeyValueLimits, entries: Entries, value: string): boolean {
  if (entries.size > limits.entries || Buffer.byteLength(value) > limits.valueBytes) return false;
  let total = 0;
  for (const [key, each] of entries) total += Buffer.byteLength(key) + Buffer.byteLength(each);
  return total <= limits.totalBytes;
}
