import type { Capability, Failure, HostContext, KeyValue } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { byteLength, excerpt } from './text.ts';

const MAX_KEY_BYTES = 512;

const read = hostFunction<KeyValue>('read');
const write = hostFunction<KeyValue>('write');

/** The session's own key-value space: what one turn stores, a later one finds. */
export const kv: Capability<HostContext> = defineCapability({
  name: 'kv',
  open: (context: HostContext) => context.kv,
  functions: {
    get: read({
      summary: 'The value of a key. ENOENT if absent.',
      params: { key: 'string' },
      result: 'string',
      run: async ({ key }, space) => refuseKey(key) ?? (await space.get(key)) ?? absent(key),
    }),
    set: write({
      summary: 'Stores a value under a key, in place of any before. EBOUND past the quota.',
      params: { key: 'string', value: 'string' },
      result: 'none',
      run: async ({ key, value }, space) => {
        const refusal = refuseKey(key);
        if (refusal) return refusal;
        if (await space.set(key, value)) return undefined;
        return fail('EBOUND', `${excerpt(key)} was not stored: the quota of this session would be passed`);
      },
    }),
    delete: write({
      summary: 'Removes a key. ENOENT if absent.',
      params: { key: 'string' },
      result: 'none',
      run: async ({ key }, space) => {
        const refusal = refuseKey(key);
        if (refusal) return refusal;
        return (await space.delete(key)) ? undefined : absent(key);
      },
    }),
    list: read({
      summary: 'The keys that begin with prefix, in order, as a JSON array of strings.',
      params: { prefix: 'string' },
      result: 'string',
      run: async ({ prefix }, space) => refuseLength(prefix) ?? JSON.stringify(await space.list(prefix)),
    }),
  },
});

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
