import { type Atom, excerpt, headOf, type Node } from '../syntax.ts';
import { constant, wrap } from './build.ts';
import { conditionOf } from './conversions.ts';
import { type Expression, reported, type Value } from './expression.ts';
import { rangeProblem, wordValue } from './literals.ts';
import type { Scope } from './scope.ts';

/** The one value of an operand of a form, an f32 as an f64; what gives none, or too many, is reported. */
export function operand(scope: Scope, node: Node, parent: string): Value {
  const value = operandAsIs(scope, node, parent);
  if (value.type !== 'f32') return value;
  return { ...value, nodes: [wrap(value.at, 'f64.promote_f32', value.nodes)], type: 'f64' };
}

/** The same without a change of its type, for a local. */
export function operandAsIs(scope: Scope, node: Node, parent: string): Value {
  const { at } = node;
  const expression = node.kind === 'atom' ? wordValue(node, scope) : scope.expression(node);
  if (expression !== null) return onlyValue(scope, node, expression, parent);
  reportWord(scope, excerpt(node), at);
  return { nodes: reported(at).nodes, type: 'never', literal: null, wider: null, at, node };
}

/** The one value that an expression gives. */
export function onlyValue(scope: Scope, node: Node, expression: Expression, parent: string): Value {
  const { nodes, leaves, takes, ends, literal } = expression;
  // It stands for the whole of the nodes.
  const wider = expression.valueFrom === 0 ? expression.wider : null;
  const { at } = node;
  const [type, second] = leaves;
  if (literal !== null && type === 'i64' && isTooLarge(scope, literal))
    return { nodes, type: 'never', literal, wider: null, at, node };
  if (type !== undefined && second === undefined && takes === 0)
    return { nodes, type, literal, wider, at, node };
  if (takes > 0)
    scope.problems.report(
      at,
      `"${excerpt(node)}" misses ${takes === 1 ? 'an operand' : `${takes} operands`}`,
      'a form cannot give it one from the stack',
    );
  else if (!ends) reportCount(scope, node, parent, leaves.length);
  return { nodes, type: 'never', literal: null, wider: null, at, node };
}

function isTooLarge(scope: Scope, { text, at }: Atom): boolean {
  const range = rangeProblem(text, 'i64');
  if (range === null) return false;
  scope.problems.reportLast(at, `${text} is too large: ${range}`, `${text}.0 is an f64, "${text}" a text`);
  return true;
}

export function condition(scope: Scope, node: Node, parent: string): readonly Node[] {
  return conditionOf(scope, operand(scope, node, parent), parent);
}

/** A condition as a bool: 0 or 1. */
export function truth(scope: Scope, node: Node, parent: string): readonly Node[] {
  const value = operand(scope, node, parent);
  const nodes = conditionOf(scope, value, parent);
  const whole = value.type === 'i32' || value.type === 'unknown';
  return whole ? [wrap(node.at, 'i32.ne', nodes, [constant(node.at, 'i32', 0)])] : nodes;
}

function reportWord(scope: Scope, word: string, at: number): void {
  const known =
    scope.locals.has(`$${word}`) ||
    scope.excused.has(`$${word}`) ||
    scope.signature?.params.some(({ name }) => name === word) === true;
  const hint = known ? `write $${word}` : wordHint(word);
  scope.problems.report(at, `"${word}" is no value`, hint);
}

function wordHint(word: string): string {
  if (word.startsWith("'")) return 'text stands between double quotes';
  return 'locals begin with $, text stands between double quotes';
}

/** How the forms give a value that can do without. */
export const GIVING: Readonly<Record<string, string>> = {
  if: 'give it both branches: (if CONDITION A B)',
  catch: 'its last form leaves no value: end it with the value',
  do: 'its last form leaves no value: end it with the value',
};

function reportCount(scope: Scope, node: Node, parent: string, count: number): void {
  const form = excerpt(node);
  if (count === 2)
    scope.problems.report(
      node.at,
      `"${form}" leaves two values, a result and its status, but ${parent} takes one`,
      'leave out "call" and "$" to have the status checked: (kv.get "key")',
    );
  else if (count === 0)
    scope.problems.report(
      node.at,
      `"${form}" leaves no value, so it cannot be an operand of ${parent}`,
      GIVING[headOf(node) ?? ''] ?? 'write it before, as an instruction of its own',
    );
  else
    scope.problems.report(
      node.at,
      `"${form}" does not give one value, which ${parent} takes`,
      'write it before, and keep what it leaves in locals',
    );
}
