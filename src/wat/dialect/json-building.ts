import type { List } from '../syntax.ts';
import { constant } from './build.ts';
import { converted, described } from './conversions.ts';
import { type Expression, giving, reported, type Value } from './expression.ts';
import { callHost } from './host-calls.ts';
import { operand } from './operands.ts';
import { pushAll } from './pushes.ts';
import type { Form, Scope } from './scope.ts';

export const object: Form = {
  name: 'object',
  usage: '(object "name" VALUE ...)',
  summary: 'A JSON object. Texts, numbers, bools, lists and values go in as they are.',
  example: {
    signature: '(name: string, age: i32) -> {name: string, age: i32}',
    body: '(object "name" $name "age" $age)',
  },
  elaborate(call, scope) {
    const nodes = call.items.slice(1);
    if (nodes.length % 2 !== 0) return null;
    const operands = nodes.map((node, index) => {
      const value = operand(scope, node, 'object');
      return index % 2 === 0 ? asName(scope, value) : member(scope, value, 'object');
    });
    return built(call, scope, operands, { name: '$lang.object', count: nodes.length / 2 });
  },
};

export const list: Form = {
  name: 'list',
  usage: '(list VALUE ...)',
  summary: 'A JSON array.',
  example: { signature: '(a: string, b: string) -> list<string>', body: '(list $a $b "and more")' },
  elaborate(call, scope) {
    const operands = call.items.slice(1).map((node) => member(scope, operand(scope, node, 'list'), 'list'));
    return built(call, scope, operands, { name: '$lang.list', count: operands.length });
  },
};

/** No body has more in one form, and the host keeps no more. */
const MOST = 900;

function built(
  call: List,
  scope: Scope,
  operands: readonly Value[],
  { name, count }: { name: string; count: number },
): Expression {
  const { at } = call;
  if (operands.length > MOST) {
    scope.problems.report(
      at,
      `one form takes at most ${MOST} operands, got ${operands.length}`,
      'add the rest with (json.push $list VALUE)',
    );
    return reported(at);
  }
  const counted = [constant(at, 'i32', count)];
  return giving([...pushAll(scope, operands, at), ...callHost(scope, at, name, counted)], 'value');
}

function asName(scope: Scope, value: Value): Value {
  const nodes = value.type === 'bytes' ? null : converted(scope, value, 'text');
  if (nodes === null)
    scope.problems.report(
      value.at,
      `object needs a text for a name, got ${described(value)}`,
      'write (object "name" VALUE ...)',
    );
  return { ...value, nodes: nodes ?? value.nodes, type: 'text', literal: null };
}

function member(scope: Scope, value: Value, parent: string): Value {
  const { type, at } = value;
  if (type === 'unknown')
    scope.problems.report(
      at,
      `${parent} cannot tell whether this i32 is a number, a text or a value`,
      'say what it is: (i32 $x), (text $x) or (value $x)',
    );
  else if (type === 'bytes' || type === 'f32')
    scope.problems.report(
      at,
      `JSON has no ${type}`,
      type === 'bytes' ? 'write (base64.encode $x)' : 'make it f64: (f64 $x)',
    );
  return value;
}
