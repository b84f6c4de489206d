import { describe, expect, it } from 'vitest';
import type { KeyValue } from '../../src/capabilities/capability.ts';
import { kv } from '../../src/capabilities/kv.ts';
import type { HostValue } from '../../src/engine/port.ts';
import { openHost } from './open-capability.ts';

const QUOTA = 3;

/** A space of at most three keys in memory. */
function memorySpace(): KeyValue {
  const entries = new Map<string, string>();
  return {
    get: async (key) => entries.get(key),
    set: async (key, value) => {
      if (!entries.has(key) && entries.size === QUOTA) return false;
      entries.set(key, value);
      return true;
    },
    delete: async (key) => entries.delete(key),
    list: async (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
}

const open = () => openHost(kv, { signal: new AbortController().signal, kv: memorySpace() });

describe('kv', () => {
  it('gives back what was stored, an empty text included', async () => {
    const call = open();
    expect(await call('set', 'a', 'one')).toEqual({ ok: true, value: null });
    await call('set', 'b', '');
    expect(await call('get', 'a')).toEqual({ ok: true, value: 'one' });
    expect(await call('get', 'b')).toEqual({ ok: true, value: '' });
    await call('set', 'a', 'two');
    expect(await call('get', 'a')).toEqual({ ok: true, value: 'two' });
  });

  it('answers ENOENT for a key that is not there', async () => {
    const call = open();
    const missing = { ok: false, status: 'ENOENT', message: 'nothing is stored under "a"' };
    expect(await call('get', 'a')).toEqual(missing);
    expect(await call('delete', 'a')).toEqual(missing);
    await call('set', 'a', '1');
    expect(await call('delete', 'a')).toEqual({ ok: true, value: null });
    expect(await call('get', 'a')).toEqual(missing);
  });

  it('lists the keys under a prefix as JSON', async () => {
    const call = open();
    for (const key of ['todo:2', 'todo:"1"', 'other']) await call('set', key, 'x');
    expect(await call('list', 'todo:')).toEqual({ ok: true, value: '["todo:\\"1\\"","todo:2"]' });
    expect(await call('list', '')).toEqual({ ok: true, value: '["other","todo:\\"1\\"","todo:2"]' });
    expect(await call('list', 'none')).toEqual({ ok: true, value: '[]' });
  });

  it('answers EBOUND when the quota would be passed', async () => {
    const call = open();
    for (let key = 0; key < QUOTA; key += 1) expect((await call('set', `k${key}`, 'x')).ok).toBe(true);
    expect(await call('set', 'k3', 'x')).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it.each<[string, HostValue[]]>([
    ['get', []],
    ['set', ['x']],
    ['delete', []],
  ])('%s refuses an empty key and one longer than 512 bytes', async (name, rest) => {
    const call = open();
    expect(await call(name, '', ...rest)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(await call(name, 'é'.repeat(257), ...rest)).toMatchObject({
      ok: false,
      status: 'EBOUND',
      message: 'expected a key of at most 512 bytes, got 514',
    });
    expect(await call(name, 'é'.repeat(256), ...rest)).not.toMatchObject({ status: 'EBOUND' });
  });
});
