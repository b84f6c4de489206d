import type { Problem } from './literal-reader.ts';

const SHOWN = 20;

/** Says what was expected, where (line and column as people count them, from 1) and what came. */
export function describeProblem(text: string, { offset, expected }: Problem): string {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const column = [...before.slice(lineStart)].length + 1;
  const next = [...text.slice(offset, offset + 2 * SHOWN)].slice(0, SHOWN).join('');
  const got = next === '' ? 'the end' : JSON.stringify(next);
  return `Expected ${expected} at line ${line}, column ${column}, got ${got}.`;
}
