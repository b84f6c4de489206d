import { VALUE_TYPES } from './locals.ts';
import type { Problems } from './problems.ts';
import { excerpt, headOf, type List, type Node } from './syntax.ts';

export interface BlockHeader {
  readonly label: string | null;
  /** Where the contents begin. */
  readonly next: number;
}

/** Reads the label and the type behind `block`, `loop` or `if`: `$name (param ...) (result ...)`, all optional. */
export function readBlockHeader(items: readonly Node[], from: number, problems: Problems): BlockHeader {
  const first = items[from];
  const label = first?.kind === 'atom' && first.text.startsWith('$') ? first.text : null;
  let next = label === null ? from : from + 1;
  for (let node = items[next]; node?.kind === 'list' && isType(node); node = items[next]) {
    checkType(node, problems);
    next += 1;
  }
  return { label, next };
}

function isType(list: List): boolean {
  const head = headOf(list);
  return head === 'param' || head === 'result' || head === 'type';
}

function checkType(list: List, problems: Problems): void {
  if (headOf(list) === 'type') {
    const [, index] = list.items;
    // By number it is one of the types that the imports make, which the validator knows.
    if (index?.kind === 'atom' && /^\d{1,9}$/.test(index.text) && list.items.length === 2) return;
    problems.report(list.at, 'a program has no named types', 'write (param ...) and (result ...)');
    return;
  }
  for (const type of list.items.slice(1)) {
    if (type.kind === 'atom' && VALUE_TYPES.some((known) => known === type.text)) continue;
    problems.report(type.at, `"${excerpt(type)}" is not a type of a value (i32, i64, f32 or f64)`);
  }
}
