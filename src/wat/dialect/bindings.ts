import { excerpt, type List } from '../syntax.ts';
import { set } from './build.ts';
import { converted, misfit } from './conversions.ts';
import { type Expression, givingNothing, reported } from './expression.ts';
import { operandAsIs } from './operands.ts';
import { isPlainPointer } from './plain-addresses.ts';
import type { Form, Scope } from './scope.ts';
import { isCut, reportCut } from './whole-quotient.ts';

export const letForm: Form = {
  name: 'let',
  usage: '(let $x VALUE)',
  summary: 'Gives a local a value, the first time or again. The local has the type of its values.',
  example: { signature: '(a: i32, b: i32) -> i32', body: '(let $sum (+ $a $b))\n(* $sum $sum)' },
  elaborate: bind,
};

export const setForm: Form = {
  name: 'set',
  usage: '(set $x VALUE)',
  summary: 'The same as let.',
  example: { signature: '(n: i32) -> i32', body: '(let $twice $n)\n(set $twice (+ $twice $n))\n$twice' },
  elaborate: bind,
};

/** `(let $x VALUE)`, and `(local.set $x VALUE)` of a local without a declaration. */
export function bind(call: List, scope: Scope): Expression | null {
  const [, target, node, extra] = call.items;
  if (target?.kind !== 'atom' || !/^\$./.test(target.text) || node === undefined || extra !== undefined)
    return null;
  const { text: name } = target;
  const value = operandAsIs(scope, node, 'let');
  scope.locals.bind({ name, type: value.type, at: target.at });
  if (value.type === 'i32' || value.type === 'bool') {
    if (isPlainPointer(node, scope)) scope.locals.markPlain(name);
    else scope.locals.markNumber(name);
  }
  if (isCut(value)) scope.locals.markCut(name);
  const known = scope.locals.typeOf(name);
  const type = known === 'pending' && scope.locals.isDeclared(name) ? 'unknown' : known;
  if (type === 'f32' && value.type !== 'f32' && value.literal === null) {
    scope.problems.report(
      value.at,
      `"${name}" is an f32, got ${value.type} from ${excerpt(node)}`,
      'declare it as f64, or convert with (f32.demote_f64 ...)',
    );
    return reported(call.at);
  }
  if (type === 'f64' && isCut(value)) reportCut(scope, value, `"${name}" holds fractions`);
  const nodes =
    converted(scope, value, type) ?? misfit(scope, value, type, { needs: `${name} holds ${type}` });
  return givingNothing([set(call.at, name, nodes)]);
}
