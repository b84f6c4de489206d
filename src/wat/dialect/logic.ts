import { form, type List, type Node } from '../syntax.ts';
import { constant, wrap } from './build.ts';
import { type Expression, giving } from './expression.ts';
import { condition, truth } from './operands.ts';
import type { Form, Scope } from './scope.ts';

export const and: Form = {
  name: 'and',
  usage: '(and A B ...)',
  summary: 'Whether all conditions hold. It stops at the first that does not.',
  example: { signature: '(n: i32) -> bool', body: '(and (> $n 0) (< $n 10))' },
  elaborate: (call, scope) => chain(call, scope, 'and'),
};

export const or: Form = {
  name: 'or',
  usage: '(or A B ...)',
  summary: 'Whether one condition holds. It stops at the first that does.',
  example: { signature: '(n: i32) -> bool', body: '(or (< $n 0) (> $n 10))' },
  elaborate: (call, scope) => chain(call, scope, 'or'),
};

export const not: Form = {
  name: 'not',
  usage: '(not A)',
  summary: 'Whether the condition does not hold.',
  example: { signature: '(n: i32) -> bool', body: '(not (= $n 0))' },
  elaborate(call, scope) {
    const [, node, extra] = call.items;
    if (node === undefined || extra !== undefined) return null;
    return giving([negated(condition(scope, node, 'not'), call.at)], 'bool');
  },
};

function chain(call: List, scope: Scope, name: 'and' | 'or'): Expression | null {
  const { at } = call;
  const nodes = call.items.slice(1);
  // Of the operands only the last can be the value of the whole, and a bool is 0 or 1.
  const operands = nodes.map((node, index) =>
    index < nodes.length - 1 ? condition(scope, node, name) : truth(scope, node, name),
  );
  if (operands.length < 2) return null;
  const whole = operands.reduceRight((rest, first) => {
    const end = [constant(at, 'i32', name === 'and' ? 0 : 1)];
    const [then, otherwise] = name === 'and' ? [rest, end] : [end, rest];
    return [
      form(at, 'if', form(at, 'result', 'i32'), first, form(at, 'then', then), form(at, 'else', otherwise)),
    ];
  });
  return giving(whole, 'bool');
}

const OPPOSITES: Readonly<Record<string, string>> = {
  'i32.eq': 'i32.ne',
  'i32.ne': 'i32.eq',
  'i32.lt_s': 'i32.ge_s',
  'i32.ge_s': 'i32.lt_s',
  'i32.gt_s': 'i32.le_s',
  'i32.le_s': 'i32.gt_s',
};

/** The opposite of a condition, in one instruction where there is one. */
export function negated(condition: readonly Node[], at: number): Node {
  const [only, second] = condition;
  const [head, ...operands] = only?.kind === 'list' && second === undefined ? only.items : [];
  const word = head?.kind === 'atom' ? head.text : '';
  const opposite = OPPOSITES[word];
  if (only?.kind === 'list' && head !== undefined && opposite !== undefined)
    return { ...only, items: [{ kind: 'atom', text: opposite, at: head.at }, ...operands] };
  return wrap(at, 'i32.eqz', condition);
}
