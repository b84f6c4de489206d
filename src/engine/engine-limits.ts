import { WattleError } from '../errors.ts';
import { LIMIT_RANGES, type LimitRange, PAGE_BYTES, rangeProblem } from './limits.ts';

const MIB = 2 ** 20;

/** What bounds all runs of one engine together. */
export interface EngineLimits {
  readonly workers: number;
  readonly memoryBytes: number;
  readonly cachePrograms: number;
  readonly cacheBytes: number;
  readonly graceMs: number;
}

/** The default of `workers` depends on the machine: its cores but one, at least one. */
export const ENGINE_RANGES = Object.freeze({
  workers: {
    default: null,
    least: 1,
    most: 256,
    unit: 'threads',
    about: 'threads that programs run on',
    bite: 'runs take turns on a thread',
  },
  memoryBytes: {
    default: 4_096 * MIB,
    least: PAGE_BYTES,
    most: 2 ** 40,
    unit: 'bytes',
    about: 'linear memory of all runs together',
    bite: 'runs wait in order',
  },
  cachePrograms: {
    default: 1_000,
    least: 1,
    most: 1_000_000,
    unit: 'programs',
    about: 'compiled programs that are kept',
    bite: 'the least recently used is dropped',
  },
  cacheBytes: {
    default: 64 * MIB,
    least: 0,
    most: 64 * 1_024 * MIB,
    unit: 'bytes',
    about: 'metered modules of the programs that are kept',
    bite: 'the least recently used is dropped',
  },
  graceMs: {
    default: 1_000,
    least: 1,
    most: 60_000,
    unit: 'milliseconds',
    about: 'time that a worker has to end a run',
    bite: 'the worker is replaced, and its runs end as `deadline`',
  },
} satisfies Record<keyof EngineLimits, LimitRange<number | null>>);

/** Of one run and of all: what settings are read against. */
export const ALL_RANGES = Object.freeze({ ...LIMIT_RANGES, ...ENGINE_RANGES });

export const ENGINE_LIMIT_NAMES = [
  'workers',
  'memoryBytes',
  'cachePrograms',
  'cacheBytes',
  'graceMs',
] as const satisfies readonly (keyof EngineLimits)[];

/**
 * The limits of an engine on a machine with so many cores; what is not given has its default.
 *
 * @throws WattleError CONFIG_INVALID that names each that is out of its range.
 */
export function engineLimits(given: Partial<EngineLimits>, cores: number): EngineLimits {
  const { least, most } = ENGINE_RANGES.workers;
  const { memoryBytes, cachePrograms, cacheBytes, graceMs } = ENGINE_RANGES;
  const limits = {
    workers: given.workers ?? Math.min(most, Math.max(least, cores - 1)),
    memoryBytes: given.memoryBytes ?? memoryBytes.default,
    cachePrograms: given.cachePrograms ?? cachePrograms.default,
    cacheBytes: given.cacheBytes ?? cacheBytes.default,
    graceMs: given.graceMs ?? graceMs.default,
  };
  const problem = rangeProblem(limits, ENGINE_RANGES, ENGINE_LIMIT_NAMES);
  if (problem !== null) throw new WattleError('CONFIG_INVALID', `the engine's ${problem}`);
  return limits;
}
