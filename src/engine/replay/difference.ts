import type { HostValue } from '../port.ts';

/** One thing that a replay found other than recorded, in words. */
export interface Difference {
  /** A field of `RunResult`, or `host call 2` and the like, counted from 1. */
  readonly field: string;
  readonly recorded: string;
  readonly replayed: string;
}

/** Characters of a value that are shown, and how many of them stand before the place where two values part. */
const SHOWN = 160;
const LEAD = 40;

/** Puts two different texts side by side, cut to where they part. */
export function differenceOf(field: string, recorded: string, replayed: string): Difference {
  const parting = Math.max(0, partingOf(recorded, replayed) - LEAD);
  const start = Math.max(recorded.length, replayed.length) <= SHOWN ? 0 : parting;
  return { field, recorded: cut(recorded, start), replayed: cut(replayed, start) };
}

/** `capability.name("text", 1)`. */
export function formatCall(name: string, args: readonly HostValue[]): string {
  return `${name}(${args.map(formatHostValue).join(', ')})`;
}

function formatHostValue(value: HostValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function partingOf(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function cut(text: string, start: number): string {
  const end = start + SHOWN;
  const shown = text.slice(start, end).toWellFormed();
  return `${start > 0 ? '…' : ''}${shown}${end < text.length ? `… (${text.length} characters)` : ''}`;
}
