import { z } from 'zod';
import { KeyedMutex } from './keyed-mutex.ts';
import type { Records, StoreProblem } from './records.ts';

/** What is kept under one name: of one session, or of all that share a channel, a user or a workspace. */
export interface KeyValueSpace {
  get(key: string): Promise<string | undefined>;
  /** False, and nothing is changed, when a quota would be passed. */
  set(key: string, value: string): Promise<boolean>;
  /**
   * Sets a key to what `change` makes of its value, with no other change of the space between the two;
   * `undefined` leaves all as it is. False, and nothing is changed, when a quota would be passed.
   */
  update(key: string, change: (value: string | undefined) => string | undefined): Promise<boolean>;
  /** False when there was no such key. */
  delete(key: string): Promise<boolean>;
  /** The keys that begin with the prefix, in code unit order. */
  list(prefix: string): Promise<readonly string[]>;
  /** The keys that begin with the prefix and their values, in the same order. */
  entries(prefix: string): Promise<readonly (readonly [key: string, value: string])[]>;
  /** The same, and removes them, with no other change of the space between the two. */
  take(prefix: string): Promise<readonly (readonly [key: string, value: string])[]>;
}

export interface KeyValues {
  open(name: string): KeyValueSpace;
  /** Renews the space's time to live, so that it ends with its session and not before. */
  touch(name: string): Promise<void>;
  clear(name: string): Promise<void>;
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
type Change = 'changed' | 'unchanged' | 'refused';

/** Pairs and not an object, because a program may well use `__proto__` as a key. */
const schema = z.array(z.tuple([z.string(), z.string()]));

/**
 * One record for a whole space, not one for each entry: a space is 1 MiB at most, so a write costs
 * milliseconds, while quotas, `list` and the time to live each stay a matter of one record, and
 * no crash can leave an entry behind that the others do not know of.
 */
export function createKeyValues(options: KeyValuesOptions): KeyValues {
  const { records, limits, onProblem } = options;
  const mutex = new KeyedMutex();

  async function load(name: string): Promise<Entries> {
    const value = await records.read(name);
    if (value === undefined) return new Map();
    const parsed = schema.safeParse(value);
    if (parsed.success) return new Map(parsed.data);
    onProblem({ table: records.table, key: name, reason: z.prettifyError(parsed.error) });
    return new Map();
  }

  async function take(name: string, prefix: string): Promise<[string, string][]> {
    let taken: [string, string][] = [];
    await write(name, (entries) => {
      taken = inOrder(entries, prefix);
      for (const [key] of taken) entries.delete(key);
      return taken.length > 0 ? 'changed' : 'unchanged';
    });
    return taken;
  }

  /** Writes the entries back when the change says that it made one. */
  function write(name: string, change: (entries: Entries) => Change): Promise<Change> {
    return mutex.run(name, async () => {
      const entries = await load(name);
      const outcome = change(entries);
      if (outcome === 'changed') await records.write(name, [...entries]);
      return outcome;
    });
  }

  async function update(
    name: string,
    key: string,
    change: (value: string | undefined) => string | undefined,
  ) {
    const outcome = await write(name, (entries) => {
      const value = change(entries.get(key));
      if (value === undefined) return 'unchanged';
      entries.set(key, value);
      return isWithin(limits, entries, value) ? 'changed' : 'refused';
    });
    return outcome !== 'refused';
  }

  return {
    open: (name) => ({
      get: async (key) => (await load(name)).get(key),
      set: (key, value) => update(name, key, () => value),
      update: (key, change) => update(name, key, change),
      delete: async (key) =>
        (await write(name, (entries) => (entries.delete(key) ? 'changed' : 'unchanged'))) === 'changed',
      list: async (prefix) => inOrder(await load(name), prefix).map(([key]) => key),
      entries: async (prefix) => inOrder(await load(name), prefix),
      take: (prefix) => take(name, prefix),
    }),
    async touch(name) {
      await write(name, (entries) => (entries.size > 0 ? 'changed' : 'unchanged'));
    },
    async clear(name) {
      await mutex.run(name, () => records.delete(name));
    },
  };
}

function inOrder(entries: Entries, prefix: string): [string, string][] {
  const found = [...entries].filter(([key]) => key.startsWith(prefix));
  return found.sort(([one], [other]) => (one < other ? -1 : 1));
}

function isWithin(limits: KeyValueLimits, entries: Entries, value: string): boolean {
  if (entries.size > limits.entries || Buffer.byteLength(value) > limits.valueBytes) return false;
  let total = 0;
  for (const [key, each] of entries) total += Buffer.byteLength(key) + Buffer.byteLength(each);
  return total <= limits.totalBytes;
}
