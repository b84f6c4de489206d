import { naturalNumber } from './number-literals.ts';
import type { Problems } from './problems.ts';
import type { Atom, Node } from './syntax.ts';

const PART = /^(offset|align)=(.*)$/;
const MAX_OFFSET = 2n ** 32n - 1n;

/**
 * Checks `offset=N align=N` behind a load or store, from `items[from]` on: both optional, in this order, each
 * once. Answers where they end.
 */
export function checkMemoryArgument(
  word: Atom,
  items: readonly Node[],
  from: number,
  problems: Problems,
): number {
  if (items[from]?.kind !== 'atom') return from;
  const seen = new Map<string, Atom>();
  let at = from;
  for (let atom = items[at]; atom?.kind === 'atom' && !problems.full; atom = items[at]) {
    const [, name, value = ''] = PART.exec(atom.text) ?? [];
    if (name === undefined) break;
    checkPlace(name, atom, seen, problems);
    if (name === 'offset') checkOffset(atom, value, problems);
    else checkAlignment(word, atom, value, problems);
    seen.set(name, atom);
    at += 1;
  }
  return at;
}

function checkPlace(name: string, atom: Atom, seen: ReadonlyMap<string, Atom>, problems: Problems): void {
  const align = seen.get('align');
  if (seen.has(name)) problems.report(atom.at, `${name}= is given twice`, 'leave one of them out');
  else if (name === 'offset' && align !== undefined)
    problems.report(atom.at, 'offset= must stand before align=', `write ${atom.text} ${align.text}`);
}

function checkOffset({ at }: Atom, value: string, problems: Problems): void {
  const offset = naturalNumber(value);
  if (offset !== null && offset <= MAX_OFFSET) return;
  problems.report(
    at,
    `offset= takes a number from 0 to ${MAX_OFFSET}, got "${value}"`,
    'it is a constant; add anything else to the address',
  );
}

function checkAlignment({ text }: Atom, { at }: Atom, value: string, problems: Problems): void {
  const allowed = [1n, 2n, 4n, 8n].filter((bytes) => bytes <= bytesMoved(text));
  const alignment = naturalNumber(value);
  if (alignment !== null && allowed.includes(alignment)) return;
  problems.report(
    at,
    `${text} can have align=${allowed.join(', ')}, got "${value}"`,
    'leave it out: it changes no result',
  );
}

/** `i32.load16_s` moves 2 bytes, `f64.store` 8. */
function bytesMoved(instruction: string): number {
  const [, type, narrow] = /^[if](\d\d)\.(?:load|store)(\d*)/.exec(instruction) ?? [];
  return Number(narrow || type) / 8;
}
