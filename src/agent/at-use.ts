import { type Literal, LiteralReader, type Problem } from './literal-reader.ts';

/** `@use name(args)`, read. */
export type AtUse =
  | {
      readonly ok: true;
      readonly name: string;
      readonly args: readonly Literal[];
      /** What stood between the brackets, for a program that takes one text. */
      readonly raw: string;
    }
  | { readonly ok: false; readonly message: string };

const START = /^\s*@use(?=\s|$)/i;
const NAME = /\s*([\w.-]+)\s*/y;

/** Whether a message is meant as a call of a program. */
export function isAtUse(text: string): boolean {
  return START.test(text);
}

/**
 * Reads `@use name`, `@use name(1, "two", [true])` or, with one argument that needs no quotes,
 * `@use name(any text)`. The call must be the whole text.
 */
export function parseAtUse(text: string): AtUse {
  const start = START.exec(text)?.[0].length;
  if (start === undefined) return fail(text, { offset: 0, expected: '@use' });
  NAME.lastIndex = start;
  const found = NAME.exec(text);
  if (found?.[1] === undefined) return fail(text, { offset: start, expected: 'the name of a program' });
  const opening = start + found[0].length;
  if (opening === text.length) return { ok: true, name: found[1], args: [], raw: '' };
  if (text[opening] !== '(') return fail(text, { offset: opening, expected: '"(" after the name' });
  return readArguments(text, found[1], opening + 1);
}

function readArguments(text: string, name: string, offset: number): AtUse {
  const end = text.trimEnd().length;
  const raw = text.slice(offset, Math.max(offset, end - 1)).trim();
  const reader = new LiteralReader(text, offset);
  const isBare = raw !== '' && !reader.startsValue();
  if (isBare) {
    const closed = text[end - 1] === ')';
    return closed
      ? { ok: true, name, args: [raw], raw }
      : fail(text, { offset: end, expected: '")" at the end' });
  }
  const args = reader.readList(')');
  if (reader.problem !== null) return fail(text, reader.problem);
  reader.skipSpace();
  if (reader.offset < text.length) {
    return fail(text, { offset: reader.offset, expected: 'nothing after the closing ")"' });
  }
  return { ok: true, name, args, raw };
}

/** Positions are told as people count them: characters from 1. */
function fail(text: string, problem: Problem): AtUse {
  const position = [...text.slice(0, problem.offset)].length + 1;
  const next = [...text.slice(problem.offset, problem.offset + 40)].slice(0, 20).join('');
  const got = next === '' ? 'the end' : JSON.stringify(next);
  return { ok: false, message: `Expected ${problem.expected} at character ${position}, got ${got}.` };
}
