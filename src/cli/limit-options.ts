import { describeRange, inRange, LIMIT_NAMES, LIMIT_RANGES } from '../engine/limits.ts';
import type { Limits } from '../engine/port.ts';
import { WattleError } from '../errors.ts';

/** Column at which the help says what an option does. */
const HELP_COLUMN = 36;

/** The options of `wattle run` that set limits, as `parseArgs` takes them. */
export const LIMIT_OPTIONS: Readonly<Record<string, { readonly type: 'string' }>> = Object.freeze(
  Object.fromEntries(LIMIT_NAMES.map((limit) => [optionOf(limit), { type: 'string' } as const])),
);

/** The option of a limit without its dashes: `memory-pages` for `memoryPages`, `deadline` for `deadlineMs`. */
export function optionOf(limit: keyof Limits): string {
  return limit.replace(/Ms$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** @throws WattleError USAGE for a value that is out of its range, with the range. */
export function readLimits(values: Readonly<Record<string, unknown>>): Partial<Limits> {
  const given = LIMIT_NAMES.flatMap((limit) => {
    const text = values[optionOf(limit)];
    return typeof text === 'string' ? [[limit, readLimit(limit, text)] as const] : [];
  });
  return Object.fromEntries(given);
}

function readLimit(limit: keyof Limits, text: string): number {
  const range = LIMIT_RANGES[limit];
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (inRange(value, range)) return value;
  throw new WattleError(
    'USAGE',
    `--${optionOf(limit)}: expected ${describeRange(range)}, but ${JSON.stringify(text)} came.`,
  );
}

/** A line of help for each limit, its default in parentheses. */
export function describeLimitOptions(): string {
  const lines = LIMIT_NAMES.map((limit) => {
    const { about, least, most, unit, default: fallback } = LIMIT_RANGES[limit];
    const [from, to, otherwise] = [least, most, fallback].map((value) => value.toLocaleString('en-US'));
    const option = `      --${optionOf(limit)} N`.padEnd(HELP_COLUMN);
    return `${option}${about}: ${from} to ${to} ${unit} (${otherwise})`;
  });
  return lines.join('\n');
}
