import { performance } from 'node:perf_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { createCapabilityHost } from '../../../src/capabilities/registry.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/limits.ts';
import type { HostAnswer, HostCall, RunResult } from '../../../src/engine/port.ts';
import type { HostImport } from '../../../src/wat/types.ts';
import { wasm } from '../fixtures/wasm.ts';

const RUNS = 80;
const HEAP_BASE = 65_536;
const WAIT: HostImport = {
  capability: 'host',
  name: 'wait',
  params: [],
  result: 'i32',
  effect: 'external',
  summary: '',
};
const FETCH: HostImport = { ...WAIT, name: 'fetch', result: 'string' };
const imports = [...createCapabilityHost([]).imports([]), WAIT, FETCH];
const GRANTS = [...new Set(imports.map(({ capability }) => capability))];

const engine = createEngine({
  pureCapabilities: new URL('../../../src/capabilities/pure.ts', import.meta.url),
  now: () => performance.now(),
  workers: 1,
});
afterAll(() => engine.stop());

async function run(wat: string, onHostCall: (call: HostCall) => Promise<HostAnswer>): Promise<RunResult> {
  const limits = { ...DEFAULT_LIMITS, memoryPages: 32, tables: 8 };
  const prepared = await engine.prepare({
    source: wat,
    imports,
    limits,
    build: () => ({ ok: true, bytes: wasm(wat), heapBase: HEAP_BASE }),
  });
  if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
  return engine.run({
    program: prepared.program,
    args: [],
    resultSize: 0,
    grants: GRANTS,
    limits,
    signal: new AbortController().signal,
    onHostCall,
  });
}

/** Reads JSON of so many empty objects, each of which takes some hundred bytes, and then waits for the host. */
function readsObjects(count: number): string {
  return `(module
    (import "string" "repeat" (func $repeat (param i32 i32) (result i32 i32)))
    (import "string" "concat" (func $concat (param i32 i32) (result i32 i32)))
    (import "json" "parse" (func $parse (param i32) (result i32 i32)))
    (import "host" "wait" (func $wait (result i32 i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "\\04\\00\\00\\00[{},") (data (i32.const 32) "\\03\\00\\00\\00{},")
    (data (i32.const 48) "\\03\\00\\00\\00{}]")
    (func (export "run") (result i32) (local $text i32) (local $status i32)
      (call $repeat (i32.const 32) (i32.const ${count})) (drop) (local.set $text)
      (call $concat (i32.const 16) (local.get $text)) (drop) (local.set $text)
      (call $concat (local.get $text) (i32.const 48)) (drop) (local.set $text)
      (call $parse (local.get $text)) (local.set $status) (drop)
      (call $wait) (drop) (drop)
      (local.get $status)))`;
}

/** Has as many large tables as it may, and waits for the host. */
const HAS_TABLES = `(module (import "host" "wait" (func $wait (result i32 i32)))
  ${'(table 65536 funcref)'.repeat(8)} (memory (export "memory") 1)
  (func (export "run") (result i32) (call $wait) (drop)))`;

/** Runs it many times over, all of which wait for the host at the same time if they get so far. */
async function manyAtOnce(wat: string): Promise<readonly RunResult[]> {
  const done = Promise.withResolvers<HostAnswer>();
  const allWait = Promise.withResolvers<void>();
  let pending = RUNS;
  const another = () => {
    pending -= 1;
    if (pending === 0) allWait.resolve();
  };
  const runs = Array.from({ length: RUNS }, async () => {
    let asked = false;
    const result = await run(wat, () => {
      asked = true;
      another();
      return done.promise;
    });
    if (!asked) another();
    return result;
  });
  await allWait.promise;
  done.resolve({ ok: true, value: 0 });
  return Promise.all(runs);
}

describe('what runs keep on the side of the host', () => {
  it('is bounded for all of a worker, and only those that find no room suffer', async () => {
    const results = await manyAtOnce(readsObjects(100_000));
    const ends = new Set(results.map(({ outcome, error }) => (outcome === 'ok' ? outcome : error)));
    expect([...ends].toSorted()).toEqual([
      'ok',
      'the program returned ENOMEM: json.parse: no memory left for JSON values: other programs hold it',
    ]);
    const served = results.filter(({ outcome }) => outcome === 'ok').length;
    expect(served).toBeGreaterThan(5);
    const again = await run(readsObjects(100_000), async () => ({ ok: true, value: 0 }));
    expect(again.outcome).toBe('ok');
  });

  it('is taken for tables before they are made', async () => {
    const results = await manyAtOnce(HAS_TABLES);
    const ends = new Set(results.map(({ outcome, error }) => (outcome === 'ok' ? outcome : error)));
    expect([...ends].toSorted()).toEqual([
      expect.stringMatching(/^no memory left for \d+ bytes of tables and functions$/),
      'ok',
    ]);
    expect(results.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(10);
    expect((await run(HAS_TABLES, async () => ({ ok: true, value: 0 }))).outcome).toBe('ok');
  });

  it('leaves none for the answer of a call when it is used up, and the call says so', async () => {
    const done = Promise.withResolvers<HostAnswer>();
    const holding = (elements: number) => {
      const { promise: waits, resolve } = Promise.withResolvers<void>();
      const result = run(
        HAS_TABLES.replaceAll('(table 65536 funcref)', `(table 0 ${elements} funcref)`),
        () => {
          resolve();
          return done.promise;
        },
      );
      // One that found no room is over at once.
      void result.then(() => resolve());
      return { result, waits };
    };
    const holders: ReturnType<typeof holding>[] = [];
    // The small ones fill what the large ones leave, so none of them may get in between.
    for (const elements of [65_536, 1_000]) {
      const some = Array.from({ length: 30 }, () => holding(elements));
      await Promise.all(some.map(({ waits }) => waits));
      holders.push(...some);
    }
    const fetches = `(module (import "host" "fetch" (func $fetch (result i32 i32))) (memory (export "memory") 1)
      (func (export "run") (result i32) (local $status i32) (call $fetch) (local.set $status) (drop) (local.get $status)))`;
    const fetch = (length: number) => run(fetches, async () => ({ ok: true, value: 'x'.repeat(length) }));
    const message = "no memory left on the host's side for 1000000 bytes";
    expect(await fetch(1_000_000)).toMatchObject({
      outcome: 'out-of-memory',
      error: `the program returned ENOMEM: host.fetch: ${message}`,
      hostCalls: [{ name: 'host.fetch', status: 'ENOMEM', message, bytesOut: 0 }],
    });
    expect((await fetch(10_000)).outcome).toBe('ok');
    done.resolve({ ok: true, value: 0 });
    await Promise.all(holders.map(({ result }) => result));
    expect((await fetch(1_000_000)).outcome).toBe('ok');
  });
});
