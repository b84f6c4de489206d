import { INSTRUCTIONS } from '../instructions.ts';
import type { Atom, Node } from '../syntax.ts';

const MEMORY = /^(offset|align)=/;
const LABEL = /^(\$.*|\d+)$/;

/** Where the operands of an instruction begin, its immediates standing from `items[from]` on. Checks nothing. */
export function immediatesEnd(word: Atom, items: readonly Node[], from: number): number {
  let at = from;
  for (const kind of INSTRUCTIONS.get(word.text) ?? []) {
    if (kind === 'memarg') at = pass(items, at, MEMORY);
    else if (kind === 'labels') at = pass(items, at, LABEL);
    else if (items[at]?.kind === 'atom') at += 1;
  }
  return at;
}

function pass(items: readonly Node[], from: number, pattern: RegExp): number {
  let at = from;
  for (let node = items[at]; node?.kind === 'atom' && pattern.test(node.text); node = items[at]) at += 1;
  return at;
}
