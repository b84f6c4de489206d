import type { Node } from '../syntax.ts';
import { castHint, converted, described } from './conversions.ts';
import type { Expression, Value } from './expression.ts';
import type { Scope } from './scope.ts';
import { isOpen, isPointer, type Type } from './types.ts';

/** Instructions whose i32 operands are numbers, and not addresses or whatever is kept. */
const NUMERIC = /^i32\.(?!store|load|const)/;
const EQUALITY = /^i32\.(eq|ne)$/;
/** What nobody does with an address. */
const OF_NUMBERS = /^i32\.(mul|div|rem|shl|rotl|rotr|clz|ctz|popcnt|eqz)/;

export interface PlainOperand {
  readonly node: Node;
  /** The instruction. */
  readonly word: string;
  readonly wanted: Type;
}

/** A form or a bare word as the operand of a plain instruction: it is widened, and a JSON value read, as in any form. */
export function asOperand(scope: Scope, expression: Expression, place: PlainOperand): Expression {
  const { leaves, droppable, nodes, literal, takes } = expression;
  const [type, second] = leaves;
  const { node, word, wanted } = place;
  if (!droppable || type === undefined || second !== undefined || takes > 0) return expression;
  const numeric = wanted === 'i64' || wanted === 'f64' || (wanted === 'i32' && NUMERIC.test(word));
  if (!numeric || isOpen(type)) return expression;
  const wider = expression.valueFrom === 0 ? expression.wider : null;
  const value = { nodes, type, literal, wider, at: node.at, node };
  if (isPointer(type) && wanted === 'i32') return pointer(scope, expression, value, place);
  const fitting = converted(scope, value, wanted);
  if (fitting !== null) return { ...expression, nodes: fitting, leaves: [wanted] };
  reportMismatch(scope, value, place);
  return { ...expression, leaves: ['never'] };
}

/** Reckoning with addresses is what plain WAT is for, where memory is looked at; to compare two is a slip. */
function pointer(scope: Scope, expression: Expression, value: Value, place: PlainOperand): Expression {
  const { node, word } = place;
  if (EQUALITY.test(word)) {
    if (node.kind === 'atom')
      scope.problems.report(
        node.at,
        `${word} compares addresses, got ${value.type}`,
        'compare what is there: (= $a $b)',
      );
    return expression;
  }
  if (scope.plain.reaches && !OF_NUMBERS.test(word)) return expression;
  reportMismatch(scope, value, place);
  return { ...expression, leaves: ['never'] };
}

function reportMismatch(scope: Scope, value: Value, { word, wanted }: PlainOperand): void {
  scope.problems.report(
    value.at,
    `${word} needs ${wanted}, got ${described(value)}`,
    castHint(value, wanted),
  );
}
