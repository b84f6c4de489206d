import type { Failure } from './capability.ts';
import { shortestEdit } from './edit-script.ts';
import { boundText, linesOf } from './text.ts';
import { MAX_ITEMS, refuseItems } from './values.ts';

/** One line of a diff: kept (' '), removed ('-') or added ('+'). */
interface Change {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** The hunks of a unified diff with so many unchanged lines around each change, or an empty text. */
export function diffLines(a: string, b: string, context: number): string | Failure {
  const before = linesOf(a, MAX_ITEMS);
  const after = linesOf(b, MAX_ITEMS);
  const tooMany = refuseItems(Math.max(before.length, after.length));
  if (tooMany) return tooMany;
  return boundText(renderHunks(changesOf(before, after), context));
}

function changesOf(before: readonly string[], after: readonly string[]): Change[] {
  const changes: Change[] = [];
  let old = 0;
  for (const { removed, added, kept } of shortestEdit(before, after)) {
    for (const line of before.slice(old, old + removed)) changes.push({ sign: '-', line });
    for (const line of added) changes.push({ sign: '+', line });
    for (const line of before.slice(old + removed, old + removed + kept)) changes.push({ sign: ' ', line });
    old += removed + kept;
  }
  return changes;
}

interface Hunk {
  readonly start: number;
  end: number;
}

function renderHunks(changes: readonly Change[], context: number): string {
  const lines: string[] = [];
  let position = { at: 0, old: 0, fresh: 0 };
  for (const { start, end } of hunksOf(changes, context)) {
    position = advance(position, changes.slice(position.at, start));
    const inside = changes.slice(start, end);
    const past = advance(position, inside);
    const old = range(position.old, past.old);
    const fresh = range(position.fresh, past.fresh);
    lines.push(`@@ -${old} +${fresh} @@`);
    for (const { sign, line } of inside) lines.push(sign + line);
    position = past;
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Stretches of changes, those with little between them as one. */
function hunksOf(changes: readonly Change[], context: number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, { sign }] of changes.entries()) {
    if (sign === ' ') continue;
    const last = hunks.at(-1);
    const start = Math.max(0, index - context);
    const end = Math.min(changes.length, index + 1 + context);
    if (last && start <= last.end) last.end = end;
    else hunks.push({ start, end });
  }
  return hunks;
}

interface Position {
  readonly at: number;
  readonly old: number;
  readonly fresh: number;
}

function advance({ at, old, fresh }: Position, changes: readonly Change[]): Position {
  const removed = changes.filter(({ sign }) => sign !== '+').length;
  const added = changes.filter(({ sign }) => sign !== '-').length;
  return { at: at + changes.length, old: old + removed, fresh: fresh + added };
}

/** First line and count as unified diffs write them: the line before when there is none. */
function range(from: number, to: number): string {
  const count = to - from;
  const first = count === 0 ? from : from + 1;
  return count === 1 ? String(first) : `${first},${count}`;
}
