import { isStatus, type StatusName } from '../status.ts';
import { form, type List, type Node } from '../syntax.ts';
import { bindWhole } from './assign.ts';
import { withoutValue, withValueAs } from './branch-values.ts';
import { constant, get, set } from './build.ts';
import { type Expression, giving, givingNothing } from './expression.ts';
import { passOnUnless } from './host-calls.ts';
import type { Form, Scope } from './scope.ts';
import { join, stackType, type Type } from './types.ts';
import { zero } from './zero.ts';

export const catchForm: Form = {
  name: 'catch',
  usage: '(catch $err A ...)',
  summary:
    'The value of the last form, or its zero when a call inside failed. $err is the status, 0 when none did.',
  example: {
    signature: '(text: string) -> string',
    body: '(let $n (catch $err (i32 $text)))\n(if (= $err EPARSE) "no number" (text $n))',
  },
  elaborate(call, scope) {
    const [, name, first] = call.items;
    if (name?.kind !== 'atom' || !/^\$./.test(name.text) || first === undefined) return null;
    bindWhole(scope, name, `"${name.text}" holds a status`);
    const { at } = call;
    const { contents, failed } = guarded(scope, () => scope.sequence(call.items, 2, null));
    const clear = set(at, name.text, [constant(at, 'i32', 0)]);
    const keep = set(at, name.text, [get(at, scope.temporaries.status)]);
    const [type] = contents.leaves;
    const inside = {
      at,
      failed,
      contents: contents.nodes,
      otherwise: [keep, ...(type === undefined ? [] : zero(at, type, scope))],
    };
    return outcome([clear, ...alternative(scope, inside, type)], type);
  },
};

export const defaultForm: Form = {
  name: 'default',
  usage: '(default A B ...) or (default ENOENT A B ...)',
  summary:
    'The value of A, or that of B when a call in A failed, and so on to the last; with a status, when it failed with that one.',
  example: { signature: '(text: string) -> i32', body: '(default EPARSE (i32 $text) 0)' },
  elaborate(call, scope) {
    const status = statusOf(call);
    const [first, second, ...rest] = call.items.slice(status === null ? 1 : 2);
    if (first === undefined || second === undefined || isUnknownStatus(first)) return null;
    const next = rest.length === 0 ? second : form(second.at, 'default', status ?? [], second, rest);
    const { contents, failed } = guarded(scope, () => scope.sequence([first], 0, null));
    const other = scope.sequence([next], 0, null);
    const type = commonType(call, contents, other, scope);
    const { at } = call;
    const inBoth = (form: Expression) =>
      type === undefined ? withoutValue(form, at) : withValueAs(scope, form, type, at);
    const passing = status === null ? [] : [passOnUnless(scope, at, status)];
    const inside = { at, failed, contents: inBoth(contents), otherwise: [...passing, ...inBoth(other)] };
    return outcome(alternative(scope, inside, type), type);
  },
};

/** The status that a default is for, if it names one: what follows is then a form more. */
function statusOf(call: List): StatusName | null {
  const [, word, , second] = call.items;
  return second !== undefined && word?.kind === 'atom' && isStatus(word.text) ? word.text : null;
}

function isUnknownStatus(node: Node): boolean {
  return node.kind === 'atom' && /^[A-Z]/.test(node.text) && !isStatus(node.text);
}

interface Guarded {
  readonly contents: Expression;
  /** The label to which what failed inside branches. */
  readonly failed: string;
}

function guarded(scope: Scope, elaborate: () => Expression): Guarded {
  const failed = scope.temporaries.label('failed');
  scope.flow.catches.push(failed);
  const contents = elaborate();
  scope.flow.catches.pop();
  return { contents, failed };
}

interface Alternative {
  readonly at: number;
  readonly failed: string;
  readonly contents: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** Both ways leave the same: success jumps over what stands for the failure. */
function alternative(
  scope: Scope,
  { at, failed, contents, otherwise }: Alternative,
  type: Type | undefined,
): readonly Node[] {
  const done = scope.temporaries.label('done');
  const result = type === undefined ? [] : [form(at, 'result', stackType(type))];
  const tried = form(at, 'block', failed, contents, form(at, 'br', done));
  return [form(at, 'block', done, result, tried, otherwise)];
}

function outcome(nodes: readonly Node[], type: Type | undefined): Expression {
  return type === undefined ? givingNothing(nodes) : giving(nodes, type);
}

function commonType(call: List, a: Expression, b: Expression, scope: Scope): Type | undefined {
  const [first, second] = [a.leaves[0], b.leaves[0]];
  if (first === undefined && !a.ends) return undefined;
  if (second === undefined && !b.ends) {
    if (first !== undefined)
      scope.problems.report(
        call.at,
        'the second form of this default gives no value',
        'give a value for the case of a failure, or write (catch $err ...)',
      );
    return first;
  }
  const joined = join(first ?? 'never', second ?? 'never');
  if (joined !== null) return joined;
  scope.problems.report(
    call.at,
    `the two forms of this default give ${first} and ${second}`,
    'let both give the same: (text ...) or (value ...)',
  );
  return 'never';
}
