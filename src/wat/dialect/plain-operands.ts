import type { Atom, Node } from '../syntax.ts';
import type { Expression } from './expression.ts';
import type { Scope } from './scope.ts';
import { isPointer } from './types.ts';

const ARITHMETIC = /^i32\.(?!store|load|const)/;
const EQUALITY = /^i32\.(eq|ne)$/;

/** Numbers, handles and pointers are all i32 to the machine; what is not meant as a number is no operand of one. */
export function reportHandles(
  scope: Scope,
  { leaves: [type], droppable }: Expression,
  { node, word }: { readonly node: Node; readonly word: Atom },
): void {
  if (!droppable || type === undefined || !ARITHMETIC.test(word.text)) return;
  if (type === 'value')
    scope.problems.report(
      node.at,
      `${word.text} needs a number, got a value`,
      'a JSON value is a handle: take its number with (i32 $x)',
    );
  else if (isPointer(type) && node.kind === 'atom' && EQUALITY.test(word.text))
    scope.problems.report(
      node.at,
      `${word.text} compares addresses, got ${type}`,
      'compare what is there: (= $a $b)',
    );
}
