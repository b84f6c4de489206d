import { describe, expect, it } from 'vitest';
import { kv, sharedKv } from '../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import type { HostValue } from '../../src/engine/port.ts';
import { openHost } from './open-capability.ts';
import { hostContext, memorySpace, sessionContext } from './session-context.ts';

const QUOTA = 3;

const open = () => openHost(kv, hostContext({ kv: memorySpace({ entries: QUOTA }) }));

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

  it('gives the entries under a prefix as a JSON object in order, whatever the keys are', async () => {
    const call = open();
    for (const key of ['__proto__', '10', '"a"']) await call('set', key, `of\n${key}`);
    const text = '{"\\"a\\"":"of\\n\\"a\\"","10":"of\\n10","__proto__":"of\\n__proto__"}';
    expect(await call('entries', '')).toEqual({ ok: true, value: text });
    expect(await call('entries', '1')).toEqual({ ok: true, value: '{"10":"of\\n10"}' });
  });

  it('takes the entries under a prefix away', async () => {
    const call = open();
    for (const key of ['a/2', 'a/1', 'b']) await call('set', key, `of ${key}`);
    expect(await call('take', 'a/')).toEqual({ ok: true, value: '{"a/1":"of a/1","a/2":"of a/2"}' });
    expect(await call('take', 'a/')).toEqual({ ok: true, value: '{}' });
    expect(await call('list', '')).toEqual({ ok: true, value: '["b"]' });
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
    ['add', [1]],
    ['get_json', []],
    ['take', []],
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

describe('kv.add', () => {
  it('begins at 0, adds and gives the sum', async () => {
    const call = open();
    expect(await call('add', 'n', 1)).toEqual({ ok: true, value: 1 });
    expect(await call('add', 'n', -2.5)).toEqual({ ok: true, value: -1.5 });
    expect(await call('get', 'n')).toEqual({ ok: true, value: '-1.5' });
  });

  it('adds numbers as they are written', async () => {
    const call = open();
    await call('add', 'n', 0.1);
    expect(await call('add', 'n', 0.2)).toEqual({ ok: true, value: 0.3 });
    expect(await call('get', 'n')).toEqual({ ok: true, value: '0.3' });
  });

  it('loses no call of many at once', async () => {
    const call = open();
    await Promise.all(Array.from({ length: 50 }, () => call('add', 'n', 2)));
    expect(await call('get', 'n')).toEqual({ ok: true, value: '100' });
  });

  it.each([['three'], [''], ['0x10'], ['1e999'], ['NaN']])(
    'refuses a value of %j and keeps it',
    async (value) => {
      const call = open();
      await call('set', 'n', value);
      expect(await call('add', 'n', 1)).toMatchObject({ ok: false, status: 'ETRFM' });
      expect(await call('get', 'n')).toEqual({ ok: true, value });
    },
  );

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY]])('refuses to add %d', async (amount) => {
    const call = open();
    expect(await call('add', 'n', amount)).toMatchObject({ ok: false, status: 'ETRFM' });
    expect(await call('get', 'n')).toMatchObject({ status: 'ENOENT' });
  });

  it('answers EBOUND past the quota', async () => {
    const call = open();
    for (let key = 0; key < QUOTA; key += 1) await call('set', `k${key}`, '1');
    expect(await call('add', 'n', 1)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(await call('add', 'k0', 1)).toEqual({ ok: true, value: 2 });
  });
});

describe('the wider scopes', () => {
  const names = sharedKv.map(({ name }) => name);

  it('are capabilities of their own with the functions of kv', () => {
    expect(names).toEqual(['kv_channel', 'kv_user', 'kv_workspace']);
    const shapes = sharedKv.map(({ imports }) => imports.map((it) => ({ ...it, capability: 'kv' })));
    expect(shapes).toEqual(names.map(() => kv.imports));
  });

  it('keep what they are given apart from each other and from the conversation', async () => {
    const registry = createCapabilityHost([kv, ...sharedKv]);
    const all = ['kv', ...names];
    const answer = registry.open(all, sessionContext(), new AbortController().signal);
    for (const name of all) await answer({ capability: name, name: 'set', args: ['whose', name] });
    for (const name of all) {
      expect(await answer({ capability: name, name: 'get', args: ['whose'] })).toEqual({
        ok: true,
        value: name,
      });
    }
  });

  it.each(names)('%s is refused where only the others are granted', async (name) => {
    const registry = createCapabilityHost([kv, ...sharedKv]);
    const others = ['kv', ...names.filter((it) => it !== name)];
    const answer = registry.open(others, sessionContext(), new AbortController().signal);
    expect(await answer({ capability: name, name: 'list', args: [''] })).toMatchObject({ status: 'EACCESS' });
    expect(registry.imports(others).filter(({ capability }) => capability === name)).toEqual([]);
  });
});
