import { LiteralReader, type Problem } from './literal-reader.ts';
import { describeProblem } from './text-place.ts';
import { WrittenArguments } from './written-arguments.ts';

/** `@use name(args)`, read. */
export type AtUse =
  | { readonly ok: true; readonly name: string; readonly args: WrittenArguments }
  | { readonly ok: false; readonly message: string };

/** A call that begins somewhere in a text, and where it ends. */
export type UseCall =
  | { readonly ok: true; readonly name: string; readonly args: WrittenArguments; readonly end: number }
  | { readonly ok: false; readonly problem: Problem };

const START = /^\s*@use(?=\s|$)/i;
const SPACE = /\s*/y;
const SPACE_IN_LINE = /[^\S\r\n]*/y;
const NAME = /\s*([\w.-]+)/y;
const NO_ARGUMENTS = new WrittenArguments({ inOrder: [], named: new Map() });

/** Whether a message is meant as a call of a program. */
export function isAtUse(text: string): boolean {
  return START.test(text);
}

/**
 * Reads `@use name`, `@use name(1, "two", [true], by_name: {a: 1})` or, with one argument that needs no
 * quotes, `@use name(any text)`. The call must be the whole text.
 */
export function parseAtUse(text: string): AtUse {
  const start = START.exec(text)?.[0].length;
  if (start === undefined) return fail(text, { offset: 0, expected: '@use' });
  const call = readUse(text, { start, end: text.length, space: SPACE });
  if (!call.ok) return fail(text, call.problem);
  if (text.slice(call.end).trim() === '') return { ok: true, name: call.name, args: call.args };
  const expected = text[call.end - 1] === ')' ? 'nothing after the closing ")"' : '"(" after the name';
  return fail(text, { offset: skip(text, call.end, SPACE), expected });
}

/** Reads the call whose `@use` stands at an offset; text without quotes goes to the end of its line at most. */
export function readUseInReply(text: string, offset: number): UseCall {
  const line = text.indexOf('\n', offset);
  const start = text.indexOf('@', offset) + '@use'.length;
  return readUse(text, { start, end: line === -1 ? text.length : line, space: SPACE_IN_LINE });
}

interface Bounds {
  /** Behind `@use`. */
  readonly start: number;
  /** How far an argument without quotes may reach. */
  readonly end: number;
  /** What may stand between the name and its bracket. */
  readonly space: RegExp;
}

function readUse(text: string, bounds: Bounds): UseCall {
  NAME.lastIndex = bounds.start;
  const found = NAME.exec(text);
  const name = found?.[1];
  if (found === null || name === undefined)
    return { ok: false, problem: { offset: bounds.start, expected: 'the name of a program' } };
  const afterName = bounds.start + found[0].length;
  const opening = skip(text, afterName, bounds.space);
  if (text[opening] !== '(') return { ok: true, name, args: NO_ARGUMENTS, end: afterName };
  return readArguments(text, name, { ...bounds, start: opening + 1 });
}

function readArguments(text: string, name: string, { start, end }: Bounds): UseCall {
  const reader = new LiteralReader(text, start);
  const isPlain = reader.startsPlainValue();
  const args = reader.readArguments();
  const { problem, offset } = reader;
  const bareEnd = text.slice(0, end).trimEnd().length;
  const isBare = !isPlain && text.slice(start, bareEnd - 1).trim() !== '';
  if (problem === null && (!isBare || text.slice(offset, bareEnd).trim() === '')) {
    const raw = text.slice(start, offset - 1).trim();
    return { ok: true, name, args: new WrittenArguments(args, raw), end: offset };
  }
  if (!isBare)
    return { ok: false, problem: problem ?? { offset, expected: 'nothing after the closing ")"' } };
  if (text[bareEnd - 1] !== ')')
    return { ok: false, problem: { offset: bareEnd, expected: '")" at the end' } };
  const raw = text.slice(start, bareEnd - 1).trim();
  const explain = () => describeProblem(text, problem ?? { offset, expected: '")" at the end' });
  return { ok: true, name, args: WrittenArguments.bare(raw, explain), end: bareEnd };
}

function skip(text: string, offset: number, space: RegExp): number {
  space.lastIndex = offset;
  return offset + (space.exec(text)?.[0].length ?? 0);
}

function fail(text: string, problem: Problem): AtUse {
  return { ok: false, message: describeProblem(text, problem) };
}
