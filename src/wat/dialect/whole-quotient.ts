import { headOf, isName, type Node } from '../syntax.ts';
import type { Value } from './expression.ts';
import type { Scope } from './scope.ts';

/** Forms that are as whole as what they are reckoned from. */
const WHOLE_OF_WHOLE = new Set(['+', '-', '*', 'min', 'max', 'abs']);

/** A quotient of whole numbers, or what is reckoned from one: its fraction is gone before it gets to where one is wanted. */
export function isCut({ type, node, literal }: Value): boolean {
  return (type === 'i32' || type === 'i64') && literal === null && node !== null && divides(node);
}

function divides(node: Node): boolean {
  const head = headOf(node) ?? '';
  if (node.kind !== 'list' || !WHOLE_OF_WHOLE.has(head)) return head === '/';
  return node.items.some(divides);
}

/** Such a quotient, or a local that is given one. */
export function holdsCut(scope: Scope, value: Value): boolean {
  const { node, type } = value;
  const name = node !== null && isName(node) && (type === 'i32' || type === 'i64') ? node.text : null;
  return name === null ? isCut(value) : scope.locals.isCut(name);
}

/** Reports one in a place for a fraction. */
export function reportCut(scope: Scope, { at, node, type }: Value, place: string): void {
  const local = node !== null && isName(node) ? node.text : null;
  scope.problems.report(
    at,
    `${place}, and a quotient of whole numbers has none`,
    local === null
      ? `write (/ (f64 A) B), or (${type} (/ A B)) if the cut is meant`
      : `write (let ${local} (/ (f64 A) B)) above, or (${type} ${local}) here if the cut is meant`,
  );
}
