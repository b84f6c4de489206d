import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import type { Limits, RunResult } from '../../src/engine/port.ts';
import type { HostImport } from '../../src/wat/types.ts';
import { sharedHarness } from './fixtures/harness.ts';
import { programArbitrary } from './properties/program-arbitrary.ts';
import { runnable } from './properties/runnable.ts';

const h = sharedHarness({ workers: 2 });
const over = new AbortController();
const ENDLESS = '(module (func (export "run") (result i32) (loop $l (br $l)) (i32.const 0)))';
const SPINNING = { fuel: 1e12, deadlineMs: 600_000 };

let spinning: readonly Promise<RunResult>[] = [];

/** Others compute all the while, so that turns and the time of slices fall differently in each run. */
beforeAll(() => {
  spinning = Array.from({ length: 3 }, () => h.run(ENDLESS, { limits: SPINNING, signal: over.signal }));
});

afterAll(async () => {
  over.abort();
  await Promise.all(spinning);
  await h.engine.stop();
});

const SEEN: HostImport = {
  capability: 'h',
  name: 'seen',
  params: [{ name: 'value', type: 'i32' }],
  result: 'i32',
  effect: 'external',
  summary: '',
};

/** What `run` gives, without times, and the numbers that the host was shown. */
async function observe(bytes: Uint8Array<ArrayBuffer>, limits: Partial<Limits>): Promise<unknown> {
  const allowed = { ...DEFAULT_LIMITS, ...limits };
  const prepared = await h.engine.prepare({
    source: Buffer.from(bytes).toString('base64'),
    imports: [SEEN],
    limits: allowed,
    build: () => ({ ok: true, bytes, heapBase: 0 }),
  });
  if (!prepared.ok) throw new Error(prepared.diagnostics.map(({ message }) => message).join('\n'));
  const shown: unknown[] = [];
  const {
    durationMs: _,
    hostCalls,
    ...result
  } = await h.engine.run({
    program: prepared.program,
    args: [],
    resultSize: 0,
    grants: ['h'],
    limits: allowed,
    signal: over.signal,
    onHostCall: async ({ args: [value] }) => {
      shown.push(value);
      return { ok: true, value: 0 };
    },
  });
  return { ...result, shown, hostCalls: hostCalls.map(({ durationMs: _, ...call }) => call) };
}

describe('a run', () => {
  it('gives the same but for time, whatever its slices and whoever runs beside it', async () => {
    const ends = new Map<string, number>();
    const property = fc.asyncProperty(programArbitrary(), async (subject) => {
      const bytes = runnable(subject);
      const first = await observe(bytes, {});
      const others = [{}, { slice: 100 }, { slice: 137 }, { slice: 1_000 }].map((limits) =>
        observe(bytes, limits),
      );
      for (const other of await Promise.all(others)) expect(other).toEqual(first);
      const { outcome } = first as RunResult;
      ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
    });
    await fc.assert(property, { numRuns: 60, seed: 20_261_122 });
    expect([...ends.keys()]).toEqual(expect.arrayContaining(['ok', 'trap']));
  });

  it('ends at the same place when its fuel is spent', async () => {
    const budgets = fc.integer({ min: 1, max: 2_000 });
    const property = fc.asyncProperty(programArbitrary(), budgets, async (subject, fuel) => {
      const bytes = runnable(subject);
      const all = [{}, { slice: 100 }, { slice: 137 }].map((limits) => observe(bytes, { fuel, ...limits }));
      const [first, ...others] = await Promise.all(all);
      for (const other of others) expect(other).toEqual(first);
    });
    await fc.assert(property, { numRuns: 60, seed: 20_261_123 });
  });
});
