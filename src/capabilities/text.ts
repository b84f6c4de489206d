import type { Failure } from './capability.ts';
import { fail } from './capability.ts';

/** The largest text that a pure function makes, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 4 * 1024 * 1024;

const EXCERPT_LENGTH = 60;
const LINE_END = /\r\n|\n|\r/;
const PATTERN_SYNTAX = /[\\^$.*+?()[\]{}|]/g;
const SURROGATE = /[\ud800-\udfff]/;

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The refusal of a text of so many bytes, or null when it is small enough. */
export function refuseSize(bytes: number): Failure | null {
  if (bytes <= MAX_TEXT_BYTES) return null;
  return fail('EBOUND', `the text would have ${bytes} bytes, more than ${MAX_TEXT_BYTES}`);
}

/** The text, or its refusal when it is too long. */
export function boundText(text: string): string | Failure {
  return refuseSize(byteLength(text)) ?? text;
}

/** A pattern that matches just this text. */
export function escapePattern(text: string): string {
  return text.replace(PATTERN_SYNTAX, '\\$&');
}

/** A quoted beginning of a text that came from outside, for a message. */
export function excerpt(text: string): string {
  const cut = text.slice(0, EXCERPT_LENGTH).toWellFormed();
  return JSON.stringify(cut.length < text.length ? `${cut}…` : cut);
}

/** The lines of a text, at most one more than so many. */
export function linesOf(text: string, most: number): string[] {
  const lines = text.split(LINE_END, most + 2);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Length in characters, that is Unicode code points. */
export function countCharacters(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let offset = 0; offset < text.length; offset = nextOffset(text, offset)) count += 1;
  return count;
}

/**
 * Where the character at an index begins in the string, in code units. A negative index counts from
 * the end; an index past either end is that end.
 */
export function characterOffset(text: string, index: number): number {
  const plain = !SURROGATE.test(text);
  const length = plain ? text.length : countCharacters(text);
  const position = Math.min(length, Math.max(0, index < 0 ? length + index : index));
  if (plain) return position;
  let offset = 0;
  for (let passed = 0; passed < position; passed += 1) offset = nextOffset(text, offset);
  return offset;
}

/** The offset so many characters after another, at most the end. */
export function offsetAfter(text: string, offset: number, characters: number): number {
  const end = Math.min(text.length, offset + characters);
  if (!SURROGATE.test(text.slice(offset, end))) return end;
  let at = offset;
  for (let passed = 0; passed < characters && at < text.length; passed += 1) at = nextOffset(text, at);
  return at;
}

/** The offset so many characters before another, at least 0. */
export function offsetBefore(text: string, offset: number, characters: number): number {
  const start = Math.max(0, offset - characters);
  if (!SURROGATE.test(text.slice(start, offset))) return start;
  let at = offset;
  for (let passed = 0; passed < characters && at > 0; passed += 1) {
    at -= at > 1 && nextOffset(text, at - 2) === at ? 2 : 1;
  }
  return at;
}

function nextOffset(text: string, offset: number): number {
  const code = text.codePointAt(offset);
  return offset + (code !== undefined && code > 0xffff ? 2 : 1);
}
