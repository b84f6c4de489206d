import type { LimitRanges } from '../../src/config/settings.ts';

/** Bounds for tests of the configuration alone. */
export const LIMIT_RANGES: LimitRanges = {
  fuel: { minimum: 1, maximum: 1_000_000_000, fallback: 10_000_000 },
  memoryPages: { minimum: 1, maximum: 1_024, fallback: 256 },
  deadlineMs: { minimum: 1, maximum: 600_000, fallback: 30_000 },
};
