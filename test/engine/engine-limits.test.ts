import { describe, expect, it } from 'vitest';
import { createEngine, type EngineOptions, type EngineStats } from '../../src/engine/engine.ts';
import {
  ENGINE_LIMIT_NAMES,
  ENGINE_RANGES,
  type EngineLimits,
  engineLimits,
} from '../../src/engine/engine-limits.ts';
import { PAGE_BYTES } from '../../src/engine/limits.ts';
import type { HostAnswer } from '../../src/engine/port.ts';
import { gate, harness, program } from './fixtures/harness.ts';

const DONE: HostAnswer = { ok: true, value: 0 };
const WAITING = program('(call $host.wait (i32.const 1)) (drop) (drop) (i32.const 0)');
/** It does not show its memory, so it counts with its limit while it waits. */
const HIDDEN = WAITING.replace('(memory (export "memory") 1)', '(memory 1)');
const SHORT = program('(i32.const 0)');

interface EngineCase {
  readonly kept: number;
  readonly bitten: number;
  /** Whether work that is just within `kept` meets the limit. */
  meets(limit: Partial<EngineOptions>): Promise<boolean>;
}

/** Two runs that wait for the host side by side. */
async function twoWaiting(options: Partial<EngineOptions>, look: (stats: EngineStats) => boolean) {
  const { engine, run } = harness(options);
  const answers = [gate<HostAnswer>(), gate<HostAnswer>()];
  const runs = answers.map(({ wait }) => run(WAITING, { onHostCall: wait }));
  await Promise.all(answers.map(({ asked }) => asked));
  const seen = look(engine.stats());
  for (const { open } of answers) open(DONE);
  await Promise.all(runs);
  return seen;
}

async function bytesOf(...sources: readonly string[]): Promise<number> {
  const { engine, prepare } = harness();
  for (const source of sources) await prepare(source);
  return engine.stats().cache.bytes;
}

/** Whether the first of two programs is dropped for the second. */
async function dropsFirst(options: Partial<EngineOptions>): Promise<boolean> {
  const { engine, prepare } = harness(options);
  for (const source of [SHORT, WAITING, SHORT]) await prepare(source);
  return engine.stats().cache.hits === 0;
}

const CASES: Readonly<Record<keyof EngineLimits, () => Promise<EngineCase>>> = {
  workers: async () => ({
    kept: 2,
    bitten: 1,
    meets: (limit) => twoWaiting(limit, ({ workers }) => workers < 2),
  }),
  memoryBytes: async () => ({
    kept: 8 * PAGE_BYTES,
    bitten: 8 * PAGE_BYTES - 1,
    async meets(limit) {
      const notices: EngineStats[] = [];
      const { engine, run } = harness({ ...limit, onMemoryShort: (stats) => notices.push(stats) });
      const answer = gate<HostAnswer>();
      const limits = { memoryPages: 4 };
      const first = run(HIDDEN, { limits, onHostCall: answer.wait });
      await answer.asked;
      const second = run(SHORT, { limits });
      let over = false;
      void second.then(() => {
        over = true;
      });
      while (!over && engine.stats().waiting === 0) await new Promise((resolve) => setImmediate(resolve));
      const waits = !over;
      expect(notices).toMatchObject(waits ? [{ runs: 2, waiting: 1, memoryBytes: 4 * PAGE_BYTES }] : []);
      answer.open(DONE);
      expect([(await first).outcome, (await second).outcome]).toEqual(['ok', 'ok']);
      expect(engine.stats()).toMatchObject({ waiting: 0, memoryBytes: 0 });
      return waits;
    },
  }),
  cachePrograms: async () => ({ kept: 2, bitten: 1, meets: dropsFirst }),
  cacheBytes: async () => {
    const kept = await bytesOf(SHORT, WAITING);
    return { kept, bitten: kept - 1, meets: dropsFirst };
  },
  graceMs: async () => ({
    kept: 30_000,
    bitten: 20,
    async meets(limit) {
      const { run } = harness(limit);
      await run(SHORT);
      const spin = program('(call $test.spin (i32.const 200)) (drop) (drop) (loop $l (br $l)) (i32.const 0)');
      const { outcome, error } = await run(spin, { limits: { deadlineMs: 20 } });
      expect(outcome).toBe('deadline');
      return /its worker did not answer any more and was replaced/.test(error ?? '');
    },
  }),
};

describe('the limits of an engine', () => {
  it('each have a case', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(Object.keys(ENGINE_RANGES).toSorted());
    expect(ENGINE_LIMIT_NAMES.toSorted()).toEqual(Object.keys(ENGINE_RANGES).toSorted());
  });

  it.each(ENGINE_LIMIT_NAMES)('%s bites where it says, and not before', async (name) => {
    const { kept, bitten, meets } = await CASES[name]();
    expect(await meets({ [name]: kept })).toBe(false);
    expect(await meets({ [name]: bitten })).toBe(true);
  });

  it.each(ENGINE_LIMIT_NAMES)('%s is refused out of its range, which is named', (name) => {
    const { least, most, unit } = ENGINE_RANGES[name];
    for (const value of [least, most])
      expect(engineLimits({ [name]: value }, 4)).toMatchObject({ [name]: value });
    for (const value of [least - 1, most + 1, 1.5, Number.NaN]) {
      expect(() => engineLimits({ [name]: value }, 4)).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: `the engine's ${name} must be a whole number of ${unit} from ${least} to ${most}, not ${value}`,
        }),
      );
    }
  });

  it.each([
    [1, 1],
    [2, 1],
    [8, 7],
    [1_000, 256],
  ])('with %i cores make %i workers by default', (cores, workers) => {
    expect(engineLimits({}, cores)).toEqual({
      workers,
      memoryBytes: 4 * 2 ** 30,
      cachePrograms: 1_000,
      cacheBytes: 64 * 2 ** 20,
      graceMs: 1_000,
    });
  });

  it('are checked before anything is started', () => {
    const options = { pureCapabilities: new URL('./none.ts', import.meta.url), now: () => 0 };
    expect(() => createEngine({ ...options, workers: 0 })).toThrow(/workers must be/);
  });
});
