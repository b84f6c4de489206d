import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import { ModuleCache } from '../../src/engine/module-cache.ts';
import type { BuildOutcome, PrepareRequest } from '../../src/engine/port.ts';
import { gate } from './fixtures/harness.ts';
import { moduleOf, wasm } from './fixtures/wasm.ts';

function builder(bytes = wasm('(module (func (export "run") (result i32) (i32.const 0)))')) {
  const builds: string[] = [];
  const request = (source: string, more: Partial<PrepareRequest> = {}): PrepareRequest => ({
    source,
    imports: [],
    limits: DEFAULT_LIMITS,
    build: () => {
      builds.push(source);
      return { ok: true, bytes, heapBase: 0 };
    },
    ...more,
  });
  return { builds, request };
}

const roomy = () => new ModuleCache({ programs: 100, bytes: 1_000_000 });

describe('ModuleCache', () => {
  it('builds a program once', async () => {
    const cache = roomy();
    const { builds, request } = builder();
    const first = await cache.prepare(request('a'));
    const second = await cache.prepare(request('a'));
    expect(first).toMatchObject({ ok: true, cached: false });
    expect(second).toMatchObject({ ok: true, cached: true });
    expect(first.ok && second.ok && first.program === second.program).toBe(true);
    expect(builds).toEqual(['a']);
    expect(cache.stats).toMatchObject({ hits: 1, misses: 1, programs: 1 });
  });

  it('shares one build among those who ask at the same time', async () => {
    const cache = roomy();
    const { builds, request } = builder();
    const build = gate<BuildOutcome>();
    const slow = request('a', { build: build.wait });
    const both = Promise.all([cache.prepare(slow), cache.prepare(slow)]);
    await build.asked;
    build.open({ ok: true, bytes: moduleOf(), heapBase: 0 });
    expect((await both).map((outcome) => outcome.ok && outcome.cached)).toEqual([false, true]);
    expect(cache.stats).toMatchObject({ hits: 1, misses: 1 });
    expect(builds).toEqual([]);
  });

  it('drops the least recently used program when there are too many', async () => {
    const cache = new ModuleCache({ programs: 2, bytes: 1_000_000 });
    const { builds, request } = builder();
    for (const source of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.prepare(request(source));
    expect(builds).toEqual(['a', 'b', 'c', 'b']);
    expect(cache.stats.programs).toBe(2);
  });

  it('keeps no more bytes than it may', async () => {
    const { request } = builder();
    const one = roomy();
    await one.prepare(request('a'));
    const size = one.stats.bytes;
    const cache = new ModuleCache({ programs: 100, bytes: size * 2 });
    for (const source of ['a', 'b', 'c']) await cache.prepare(request(source));
    expect(cache.stats).toMatchObject({ programs: 2, bytes: size * 2 });
  });

  it('passes on what was wrong with the source, and builds again next time', async () => {
    const cache = roomy();
    const { request } = builder();
    const diagnostics = [{ line: 3, column: 1, message: 'unknown word', hint: null }];
    const outcome = await cache.prepare(request('a', { build: () => ({ ok: false, diagnostics }) }));
    expect(outcome).toEqual({ ok: false, diagnostics });
    expect(await cache.prepare(request('a'))).toMatchObject({ ok: true, cached: false });
  });

  it('rejects when the build breaks, and builds again next time', async () => {
    const cache = roomy();
    const { request } = builder();
    const broken = request('a', { build: () => Promise.reject(new Error('broken')) });
    await expect(cache.prepare(broken)).rejects.toThrow('broken');
    expect(await cache.prepare(request('a'))).toMatchObject({ ok: true, cached: false });
  });

  it('refuses what cannot be metered', async () => {
    const { request } = builder(wasm('(module (memory 1 2 shared))', { everything: true }));
    expect(await roomy().prepare(request('a'))).toEqual({
      ok: false,
      diagnostics: [
        {
          line: 1,
          column: 1,
          message: 'the module cannot be metered: threads (shared memory) (byte 11)',
          hint: null,
        },
      ],
    });
  });

  it('refuses a module that is too large', async () => {
    const { request } = builder(new Uint8Array(DEFAULT_LIMITS.moduleBytes + 1));
    const outcome = await roomy().prepare(request('a'));
    expect(outcome.ok ? [] : outcome.diagnostics.map(({ message }) => message)).toEqual([
      'a module of 4194305 bytes; at most 4194304 are allowed (moduleBytes)',
    ]);
  });
});
