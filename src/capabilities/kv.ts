import type { Capability, Failure, HostContext, KeyValue, SharedScope } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { sum } from './statistics.ts';
import { byteLength, excerpt } from './text.ts';

const MAX_KEY_BYTES = 512;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

const read = hostFunction<KeyValue>('read');
const write = hostFunction<KeyValue>('write');

const functions = {
  get: read({
    summary: 'The value of a key. ENOENT if absent.',
    fails: ['EBOUND', 'ENOENT'],
    params: { key: 'string' },
    result: 'string',
    run: async ({ key }, space) => refuseKey(key) ?? (await space.get(key)) ?? absent(key),
  }),
  get_json: read({
    summary: 'The value of a key that holds JSON. ENOENT if absent.',
    fails: ['EBOUND', 'ENOENT', 'EPARSE'],
    params: { key: 'string' },
    result: 'json',
    run: async ({ key }, space) => refuseKey(key) ?? (await space.get(key)) ?? absent(key),
  }),
  set: write({
    summary: 'Stores a value under a key, in place of any before. EBOUND past the quota.',
    fails: ['EBOUND'],
    params: { key: 'string', value: 'string' },
    result: 'none',
    run: async ({ key, value }, space) =>
      refuseKey(key) ?? ((await space.set(key, value)) ? undefined : pastQuota(key)),
  }),
  add: write({
    summary: 'Adds to the number under a key, 0 if absent, and gives the sum. ETRFM if it is no number.',
    fails: ['EBOUND', 'ETRFM'],
    params: { key: 'string', amount: { type: 'f64', default: 1 } },
    result: 'f64',
    run: async ({ key, amount }, space) => refuseKey(key) ?? addTo(space, key, amount),
  }),
  delete: write({
    summary: 'Removes a key. ENOENT if absent.',
    fails: ['EBOUND', 'ENOENT'],
    params: { key: 'string' },
    result: 'none',
    run: async ({ key }, space) => refuseKey(key) ?? ((await space.delete(key)) ? undefined : absent(key)),
  }),
  list: read({
    summary: 'The keys that begin with prefix, in order, as a JSON array.',
    fails: ['EBOUND'],
    params: { prefix: { type: 'string', default: '' } },
    result: 'json',
    run: async ({ prefix }, space) => refuseLength(prefix) ?? JSON.stringify(await space.list(prefix)),
  }),
  entries: read({
    summary: 'The keys that begin with prefix and their values, in order, as a JSON object of texts.',
    fails: ['EBOUND'],
    params: { prefix: { type: 'string', default: '' } },
    result: 'json',
    gives: 'object',
    run: async ({ prefix }, space) => refuseLength(prefix) ?? objectText(await space.entries(prefix)),
  }),
  take: write({
    summary: 'Removes the keys that begin with prefix and gives them as entries does, in one step.',
    fails: ['EBOUND'],
    params: { prefix: 'string' },
    result: 'json',
    gives: 'object',
    run: async ({ prefix }, space) => refuseKey(prefix) ?? objectText(await space.take(prefix)),
  }),
};

/** The conversation's own space: what one turn stores, a later one finds until the conversation is forgotten. */
export const kv: Capability<HostContext> = defineCapability({
  name: 'kv',
  open: (context: HostContext) => context.kv,
  functions,
});

/** The spaces that conversations share: the same functions, each under a name that is granted apart. */
export const sharedKv: readonly Capability<HostContext>[] = [
  createSharedKv('kv_channel', 'channel'),
  createSharedKv('kv_user', 'user'),
  createSharedKv('kv_workspace', 'workspace'),
];

function createSharedKv(name: string, scope: SharedScope): Capability<HostContext> {
  return defineCapability({ name, open: (context: HostContext) => context.shared[scope], functions });
}

async function addTo(space: KeyValue, key: string, amount: number): Promise<number | Failure> {
  let outcome: number | Failure = amount;
  const stored = await space.update(key, (value = '0') => {
    outcome = sumOf(key, value, amount);
    return typeof outcome === 'number' ? String(outcome) : undefined;
  });
  return stored ? outcome : pastQuota(key);
}

function sumOf(key: string, value: string, amount: number): number | Failure {
  if (!NUMBER.test(value)) {
    return fail('ETRFM', `expected a number under ${excerpt(key)}, got ${excerpt(value)}`);
  }
  const total = sum([Number(value), amount]);
  if (Number.isFinite(total)) return total;
  return fail('ETRFM', `${excerpt(value)} and ${amount} make no finite number`);
}

/** Written by hand, because as an object numbers among the keys would come first and `__proto__` not at all. */
function objectText(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}

function pastQuota(key: string): Failure {
  return fail('EBOUND', `${excerpt(key)} was not stored: the quota of this space would be passed`);
}

function refuseKey(key: string): Failure | null {
  return key === '' ? fail('EBOUND', 'expected a key, got an empty text') : refuseLength(key);
}

function refuseLength(key: string): Failure | null {
  const bytes = byteLength(key);
  if (bytes <= MAX_KEY_BYTES) return null;
  return fail('EBOUND', `expected a key of at most ${MAX_KEY_BYTES} bytes, got ${bytes}`);
}

function absent(key: string): Failure {
  return fail('ENOENT', `nothing is stored under ${excerpt(key)}`);
}
