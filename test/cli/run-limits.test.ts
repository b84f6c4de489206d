import { afterAll, describe, expect, it } from 'vitest';
import { optionOf } from '../../src/cli/limit-options.ts';
import { LIMIT_NAMES } from '../../src/engine/limits.ts';
import { LIMIT_CASES } from './limit-cases.ts';
import { openRunFixture } from './run-fixture.ts';

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
