import type { Limits } from './port.ts';

interface Range {
  readonly default: number;
  readonly least: number;
  readonly most: number;
  /** What the number counts, for messages and docs. */
  readonly unit: string;
}

/** Every limit of one run with its default and its range. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, Range>> = Object.freeze({
  fuel: { default: 10_000_000, least: 1, most: 1_000_000_000_000, unit: 'fuel' },
  slice: { default: 200_000, least: 100, most: 100_000_000, unit: 'fuel' },
  memoryPages: { default: 256, least: 0, most: 16_384, unit: 'pages of 64 KiB' },
  deadlineMs: { default: 30_000, least: 1, most: 3_600_000, unit: 'milliseconds' },
  hostCalls: { default: 1_000, least: 0, most: 1_000_000, unit: 'calls' },
  hostCallBytes: { default: 4 * 2 ** 20, least: 0, most: 64 * 2 ** 20, unit: 'bytes' },
});

export const DEFAULT_LIMITS: Limits = Object.freeze({
  fuel: LIMIT_RANGES.fuel.default,
  slice: LIMIT_RANGES.slice.default,
  memoryPages: LIMIT_RANGES.memoryPages.default,
  deadlineMs: LIMIT_RANGES.deadlineMs.default,
  hostCalls: LIMIT_RANGES.hostCalls.default,
  hostCallBytes: LIMIT_RANGES.hostCallBytes.default,
});

/** What no program may pass, however it is run. */
export const MODULE_LIMITS = Object.freeze({
  bytes: 4 * 2 ** 20,
  tableElements: 65_536,
});

/** The debug output that a run may leave; what is beyond is cut, and the cut is said. */
export const DEBUG_LIMITS = Object.freeze({ lines: 200, lineLength: 4_000 });

export const PAGE_BYTES = 65_536;

const LIMIT_NAMES = [
  'fuel',
  'slice',
  'memoryPages',
  'deadlineMs',
  'hostCalls',
  'hostCallBytes',
] as const satisfies readonly (keyof Limits)[];

/** Why these limits cannot be used, naming each that is out of its range; null when they can. */
export function limitProblem(limits: Limits): string | null {
  const problems = LIMIT_NAMES.flatMap((name) => {
    const { least, most, unit } = LIMIT_RANGES[name];
    const value = limits[name];
    const fits = Number.isInteger(value) && value >= least && value <= most;
    return fits ? [] : [`${name} must be a whole number of ${unit} from ${least} to ${most}, not ${value}`];
  });
  return problems.length === 0 ? null : problems.join('; ');
}
