import { VALUE_TYPES } from './locals.ts';
import type { Problems } from './problems.ts';
import { excerpt, headOf, isName, type List, type Node } from './syntax.ts';

export interface BlockHeader {
  readonly label: string | null;
  /** How many values the block takes from the stack, and how many it leaves. */
  readonly params: number;
  readonly results: number;
  /** Where the contents begin. */
  readonly next: number;
}

/** wabt prints whole types into each of its errors, on a stack of 64 KiB that a few thousand overflow. */
const MAX_VALUES = 100;

/** Reads the label and the type behind `block`, `loop` or `if`: `$name (param ...) (result ...)`, all optional. */
export function readBlockHeader(items: readonly Node[], from: number, problems: Problems): BlockHeader {
  const first = items[from];
  const label = isName(first) ? first.text : null;
  const count = { param: 0, result: 0 };
  let next = label === null ? from : from + 1;
  for (let node = items[next]; node?.kind === 'list'; node = items[next]) {
    const kind = headOf(node);
    if (kind === 'type') reportNamedType(node, problems);
    else if (kind !== 'param' && kind !== 'result') break;
    else {
      if (kind === 'param' && count.result > 0) reportOrder(node, problems);
      count[kind] = addTypes(node, count[kind], problems);
    }
    next += 1;
  }
  return { label, params: count.param, results: count.result, next };
}

/** By number it would be one that the imports happen to make, which nobody can know from the body. */
function reportNamedType(list: List, problems: Problems): void {
  problems.report(list.at, 'a program has no named types', 'write (param ...) and (result ...)');
}

function reportOrder(list: List, problems: Problems): void {
  problems.report(list.at, '(param ...) must stand before (result ...)', 'put (param ...) first');
}

/** Checks the types in one list, which stand behind `before` others of its kind, and answers how many that makes. */
function addTypes(list: List, before: number, problems: Problems): number {
  const types = list.items.slice(1);
  const total = before + types.length;
  const excess = types[Math.max(0, MAX_VALUES - before)];
  if (excess !== undefined) {
    const what = `a block has at most ${MAX_VALUES} ${headOf(list)}s`;
    if (before <= MAX_VALUES) problems.report(excess.at, what, 'keep many values in memory instead');
    return total;
  }
  for (const type of types) {
    if (type.kind === 'atom' && VALUE_TYPES.some((known) => known === type.text)) continue;
    problems.report(
      type.at,
      `"${excerpt(type)}" is not a type of a value`,
      'the types are i32, i64, f32 and f64; text, lists and JSON values are i32',
    );
  }
  return total;
}
