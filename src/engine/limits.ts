import type { Limits, ModuleLimits } from './port.ts';

/** One limit: how far it can be set, and what is said of it in messages, in the help and in the docs. */
export interface LimitRange<Default = number> {
  readonly default: Default;
  readonly least: number;
  readonly most: number;
  /** What the number counts. */
  readonly unit: string;
  /** What is bounded. */
  readonly about: string;
  /** What happens to a program that would pass it. */
  readonly bite: string;
}

export const PAGE_BYTES = 65_536;

/** What a run that waits counts with for its stack: as much as calls nested 1,000 deep take. */
export const STACK_BYTES = 4 * PAGE_BYTES;

const MIB = 2 ** 20;
const GROWTH = '-1; a module that starts with more is refused';
const REFUSED = 'refused as `invalid`';

/** Every limit of one run. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, LimitRange>> = Object.freeze({
  fuel: {
    default: 10_000_000,
    least: 1,
    most: 1_000_000_000_000,
    unit: 'fuel',
    about: 'what a run may execute',
    bite: 'ends as `out-of-fuel`',
  },
  slice: {
    default: 200_000,
    least: 100,
    most: 100_000_000,
    unit: 'fuel',
    about: 'from one look at stop, deadline and other runs to the next',
    bite: 'waits for its turn, and goes on',
  },
  deadlineMs: {
    default: 30_000,
    least: 1,
    most: 3_600_000,
    unit: 'milliseconds',
    about: 'wall clock, waiting included',
    bite: 'ends as `deadline`',
  },
  memoryPages: {
    default: 256,
    least: 0,
    most: 4_096,
    unit: 'pages of 64 KiB',
    about: 'linear memory',
    bite: `\`memory.grow\` answers ${GROWTH}`,
  },
  tableElements: {
    default: 65_536,
    least: 0,
    most: 1_000_000,
    unit: 'elements',
    about: 'size of each table',
    bite: `\`table.grow\` answers ${GROWTH}`,
  },
  tables: { default: 2, least: 0, most: 100, unit: 'tables', about: 'tables of the module', bite: REFUSED },
  callDepth: {
    default: 2_000,
    least: 1,
    most: 4_000,
    unit: 'calls',
    about: 'calls within calls; a large frame counts for more',
    bite: 'ends as `trap: call stack exhausted`',
  },
  hostCalls: {
    default: 1_000,
    least: 0,
    most: 1_000_000,
    unit: 'calls',
    about: 'calls of functions with effects',
    bite: 'ends as `trap`',
  },
  hostCallBytes: {
    default: 4 * MIB,
    least: 0,
    most: 64 * MIB,
    unit: 'bytes',
    about: 'arguments of one host call, and its result',
    bite: 'the call answers EBOUND',
  },
  hostTrafficBytes: {
    default: 64 * MIB,
    least: 0,
    most: 1_024 * MIB,
    unit: 'bytes',
    about: 'arguments and results of all calls with effects',
    bite: 'the call answers EBOUND',
  },
  moduleBytes: {
    default: 4 * MIB,
    least: 8,
    most: 16 * MIB,
    unit: 'bytes',
    about: 'size of the module',
    bite: REFUSED,
  },
  functions: {
    default: 10_000,
    least: 0,
    most: 100_000,
    unit: 'functions',
    about: 'functions of the module, imported ones included',
    bite: REFUSED,
  },
  locals: {
    default: 10_000,
    least: 0,
    most: 40_000,
    unit: 'locals',
    about: 'locals of each function, parameters included',
    bite: REFUSED,
  },
});

/** Every limit's name, in the order of the docs; the type of the record has no keys that it lacks. */
export const LIMIT_NAMES = Object.freeze(Object.keys(LIMIT_RANGES)) as readonly (keyof Limits)[];

export const DEFAULT_LIMITS: Limits = Object.freeze(
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, LIMIT_RANGES[name].default])) as Record<
    keyof Limits,
    number
  >,
);

/** The debug output that a run may leave; what is beyond is cut, and the cut is said. */
export const DEBUG_LIMITS = Object.freeze({ lines: 200, lineLength: 4_000 });

/** The limits that a module is made and checked for. */
export const MODULE_LIMIT_NAMES = [
  'memoryPages',
  'tableElements',
  'tables',
  'callDepth',
  'moduleBytes',
  'functions',
  'locals',
] as const satisfies readonly (keyof ModuleLimits)[];

/** Without what other limits may lie beside them. */
export function moduleLimits(limits: ModuleLimits): ModuleLimits {
  const { memoryPages, tableElements, tables, callDepth, moduleBytes, functions, locals } = limits;
  return { memoryPages, tableElements, tables, callDepth, moduleBytes, functions, locals };
}

/** Why these limits cannot be used, naming each that is out of its range; null when they can. */
export function limitProblem(limits: Limits): string | null {
  return rangeProblem(limits, LIMIT_RANGES, LIMIT_NAMES);
}

/** Names each value that is out of its range; null when there is none. */
export function rangeProblem<Name extends string>(
  values: Readonly<Record<Name, number>>,
  ranges: Readonly<Record<Name, Pick<LimitRange, 'least' | 'most' | 'unit'>>>,
  names: readonly Name[],
): string | null {
  const problems = names.flatMap((name) =>
    inRange(values[name], ranges[name])
      ? []
      : [`${name} must be ${describeRange(ranges[name])}, not ${values[name]}`],
  );
  return problems.length === 0 ? null : problems.join('; ');
}

export function inRange(value: number, { least, most }: Pick<LimitRange, 'least' | 'most'>): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** To finish the sentence "expected ...". */
export function describeRange({ least, most, unit }: Pick<LimitRange, 'least' | 'most' | 'unit'>): string {
  return `a whole number of ${unit} from ${least} to ${most}`;
}
