import { describe, expect, it } from 'vitest';
import { DEEP_PROGRAMS, ENDLESS_PROGRAMS, everyChange } from './every-change.ts';

describe('an endless program, metered, with any one byte of its code changed', () => {
  it.each(Object.entries(ENDLESS_PROGRAMS))('is refused or still stops: %s', async (_, wat) => {
    for (const onEmpty of ['trap', 'call'] as const) {
      const { problems, counts } = await everyChange(wat, { onEmpty });
      expect(problems).toEqual([]);
      expect(counts.ran).toBeGreaterThan(0);
      expect(counts.refused).toBeGreaterThan(0);
    }
  });
});

describe('a program that calls deeper for ever, metered, with any one byte of its code changed', () => {
  it.each(Object.entries(DEEP_PROGRAMS))('is refused or still stops in time: %s', async (_, wat) => {
    for (const onEmpty of ['trap', 'call'] as const) {
      const { problems, counts } = await everyChange(wat, { onEmpty, deep: true });
      expect(problems).toEqual([]);
      expect(counts.ran).toBeGreaterThan(0);
      expect(counts.refused).toBeGreaterThan(0);
    }
  });
});
