import { createTally } from '../../src/budget/tally.ts';
import type { HostContext, KeyValue, SessionContext } from '../../src/capabilities/capability.ts';
import { createAllowance } from '../../src/capabilities/capability.ts';

export interface SpaceOptions {
  /** The most keys that it takes. */
  readonly entries?: number;
  /** Where it keeps them; its own place when not given. */
  readonly values?: Map<string, string>;
  /** Told of each key that is asked for, before the answer. */
  readonly onGet?: (key: string) => void;
}

/** A key-value space in memory. */
export function memorySpace(options: SpaceOptions = {}): KeyValue {
  const { entries = Number.POSITIVE_INFINITY, onGet = () => undefined, values = new Map() } = options;
  const set = (key: string, value: string): boolean => {
    if (!values.has(key) && values.size >= entries) return false;
    values.set(key, value);
    return true;
  };
  const inOrder = (prefix: string) =>
    [...values].filter(([key]) => key.startsWith(prefix)).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    async get(key) {
      onGet(key);
      return values.get(key);
    },
    set: async (key, value) => set(key, value),
    async update(key, change) {
      const value = change(values.get(key));
      return value === undefined || set(key, value);
    },
    delete: async (key) => values.delete(key),
    list: async (prefix) => inOrder(prefix).map(([key]) => key),
    entries: async (prefix) => inOrder(prefix),
    async take(prefix) {
      const taken = inOrder(prefix);
      for (const [key] of taken) values.delete(key);
      return taken;
    },
  };
}

/** What a turn lends, all of it empty and in memory. */
export function sessionContext(changes: Partial<SessionContext> = {}): SessionContext {
  return {
    kv: memorySpace(),
    shared: { channel: memorySpace(), user: memorySpace(), workspace: memorySpace() },
    workspace: 'workspace:test:w',
    user: { id: 'u1', name: 'Ada' },
    modelCalls: createAllowance(100),
    account: createTally(),
    ...changes,
  };
}

/** What a run's capabilities are opened with. */
export function hostContext(changes: Partial<HostContext> = {}): HostContext {
  return { ...sessionContext(changes), signal: new AbortController().signal, ...changes };
}
