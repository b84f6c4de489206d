import { afterAll, describe, expect, it } from 'vitest';
import { optionOf } from '../../src/cli/limit-options.ts';
import { LIMIT_NAMES, LIMIT_RANGES } from '../../src/engine/limits.ts';
import type { Limits } from '../../src/engine/port.ts';
import { LIMIT_CASES } from './limit-cases.ts';
import { module, openRunFixture, program } from './run-fixture.ts';

const { run, close } = await openRunFixture();
afterAll(close);

describe('the limits of wattle run', () => {
  it('each have a case', () => {
    expect(Object.keys(LIMIT_CASES).toSorted()).toEqual(LIMIT_NAMES.toSorted());
  });

  describe.each(LIMIT_NAMES)('%s', (name) => {
    const { file, words = [], kept, bitten } = LIMIT_CASES[name];

    it('keeps out of the way just below its bite', async () => {
      const { run: result } = await run(file, ...words, `--${optionOf(name)}`, String(kept[0]));
      expect(result).toMatchObject(kept[1]);
    });

    it('bites', async () => {
      const { code, run: result } = await run(file, ...words, `--${optionOf(name)}`, String(bitten[0]));
      expect(result).toMatchObject(bitten[1]);
      expect(code).toBe(1);
    });
  });
});

/** Programs that need all that a limit can be set to. */
const LARGEST: Readonly<Partial<Record<keyof Limits, string>>> = {
  tableElements: module(
    '(table $t 0 funcref)',
    '(i32.lt_s (table.grow $t (ref.null func) (i32.const 1000000)) (i32.const 0))',
  ),
  tables: module('(table 0 funcref)'.repeat(100)),
  callDepth: program(
    `(i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
    (if (result i32) (i32.lt_u (i32.load (i32.const 64)) (i32.const 4000)) (then (call $run)) (else (i32.const 0)))`,
  ),
  functions: module('(func)'.repeat(99_999)),
  locals: module('', `${'(local i32)'.repeat(40_000)} (i32.const 0)`),
};

describe('a limit at its most', () => {
  it.each(Object.entries(LARGEST))('is met by a program that needs it: %s', async (name, file) => {
    const limit = LIMIT_NAMES.find((known) => known === name) ?? 'fuel';
    const words = [...new Set([limit, 'callDepth'] as const)].flatMap((known) => [
      `--${optionOf(known)}`,
      String(LIMIT_RANGES[known].most),
    ]);
    expect((await run(file, ...words)).run).toMatchObject({ outcome: 'ok' });
  });
});
