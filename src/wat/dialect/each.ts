import { isNumber } from '../number-literals.ts';
import { form, headOf, type List, type Node } from '../syntax.ts';
import { assign, bindWhole } from './assign.ts';
import { constant, get, set, text, wrap } from './build.ts';
import { described } from './conversions.ts';
import { givingNothing, reported, type Value } from './expression.ts';
import { givesObject } from './given-locals.ts';
import { callHost } from './host-calls.ts';
import { loadOf } from './list-memory.ts';
import { contentsOf, counted, holdLimit, stepOf } from './loops.ts';
import { onlyValue, operand } from './operands.ts';
import type { Form, Scope } from './scope.ts';
import { bytesOf, elementOf, isList, type ListType, type Type } from './types.ts';

interface Each {
  readonly call: List;
  readonly item: string;
  /** The local of the index, if the author has one. */
  readonly index: string | null;
  readonly contents: () => readonly Node[];
}

/** What takes the members of an object in place of its index. */
interface Members extends Each {
  readonly index: null;
  readonly member: string;
}

export const each: Form = {
  name: 'each',
  usage: '(each $x LIST ...) or (each $x $i LIST ...)',
  summary:
    'Does the rest for each item of a JSON array or a list of numbers, with its index in $i, or for each name of a JSON object. Behind a second name, an object that can be seen to be one has its values there: made by (object ...) or by such a function as array.count_by, also as one case of several; a parameter of struct or map type; or a local whose members are taken, (at $x "name"). Any other fails there with ETRFM, for it has no index: (each $k OBJECT (let $v (at OBJECT $k)) ...).',
  example: {
    signature: '(names: list<string>) -> string',
    body: '(let $lines (list))\n(each $name $i $names\n  (array.push $lines (format "{}. {$name}" (+ $i 1))))\n(string.join $lines "\\n")',
  },
  elaborate(call, scope) {
    const [, item, second, third] = call.items;
    if (!isName(item) || second === undefined || isWord(second)) return null;
    const indexed = isName(second) && third !== undefined && isSource(third, call, scope);
    const source = indexed ? third : second;
    const value = sourceOf(scope, source, indexed ? second : null);
    const members = indexed && isKnownObject(source, scope);
    if (members) scope.locals.bind({ name: second.text, type: 'value', at: second.at });
    else if (indexed) bindWhole(scope, second, `"${second.text}" is an index`);
    const type = itemType(scope, value);
    if (type === null) return reported(call.at);
    scope.locals.bind({ name: item.text, type, at: item.at });
    const loop = { call, item: item.text, contents: () => contentsOf(call, indexed ? 4 : 3, scope) };
    if (members)
      return givingNothing(overMembers(scope, { ...loop, index: null, member: second.text }, value));
    const index = indexed ? second.text : null;
    return givingNothing(
      isList(value.type)
        ? overList(scope, { ...loop, index }, value, value.type)
        : overItems(scope, { ...loop, index }, value),
    );
  },
};

function isKnownObject(source: Node, scope: Scope): boolean {
  return source.kind === 'atom'
    ? scope.given().objects.has(source.text)
    : givesObject(source, scope.functions);
}

type Name = Extract<Node, { kind: 'atom' }>;

function isName(node: Node | undefined): node is Name {
  return node?.kind === 'atom' && /^\$./.test(node.text);
}

/** `in` and `of` of other languages. */
function isWord(node: Node): boolean {
  return node.kind === 'atom' && !/^\$./.test(node.text) && !isNumber(node.text);
}

/** `(each $x $xs ...)` has no index: what stands behind its second name is no list, but what is repeated. */
function isSource(third: Node, call: List, scope: Scope): boolean {
  if (third.kind === 'atom') return true;
  if (givesNothing(third, scope)) return false;
  const [, , second] = call.items;
  if (isKnownObject(third, scope) && isName(second) && !scope.given().names.has(second.text)) return true;
  const bound = second?.kind === 'atom' && scope.locals.has(second.text);
  const type = second?.kind === 'atom' && bound ? scope.locals.typeOf(second.text) : 'pending';
  return !(isList(type) || type === 'value' || type === 'text');
}

/** What is repeated, for sure, whatever the name before it is. */
function givesNothing(node: Node, scope: Scope): boolean {
  const head = headOf(node) ?? '';
  return NO_VALUE.has(head) || scope.functions.get(`$${head}`)?.result === 'none';
}

const NO_VALUE = new Set('let set put each for while check fail resv break continue'.split(' '));

/** `(each $x $n (put ...))` has no index, but a number where the list should be. */
function sourceOf(scope: Scope, source: Node, index: Name | null): Value {
  if (source.kind === 'atom') return operand(scope, source, 'each');
  const expression = scope.expression(source);
  const { leaves, ends } = expression;
  if (index === null || leaves.length > 0 || ends) return onlyValue(scope, source, expression, 'each');
  return operand(scope, index, 'each');
}

function itemType(scope: Scope, value: Value): Type | null {
  const { type } = value;
  if (isList(type)) return elementOf(type);
  if (type === 'value') return 'value';
  if (type === 'pending' || type === 'never') return 'pending';
  const hint =
    type === 'text'
      ? 'split it: (each $line (string.split $text "\\n") ...)'
      : type === 'unknown'
        ? 'say what it is: (value $x) for a JSON array'
        : 'to count, write (for $i 0 $n ...)';
  scope.problems.report(value.at, `each needs a JSON array or a list, got ${described(value)}`, hint);
  return null;
}

/** A JSON array, or the names of an object unless an index is wanted. */
function overItems(scope: Scope, loop: Each, { nodes }: Value): readonly Node[] {
  const items = loop.index === null ? '$lang.items' : '$lang.indexed';
  return overArray(scope, loop, callHost(scope, loop.call.at, items, nodes));
}

function overMembers(scope: Scope, loop: Members, { nodes }: Value): readonly Node[] {
  const { at } = loop.call;
  const object = scope.temporaries.take('i32');
  const names = callHost(scope, at, '$json.keys', [get(at, object)]);
  const rounds = overArray(scope, loop, names, (name) => [
    assign(
      scope,
      { name: loop.member, type: 'value', at },
      callHost(scope, at, '$lang.member', [get(at, object)], name),
    ),
  ]);
  scope.temporaries.release(object);
  return [set(at, object, nodes), ...rounds];
}

/** `more` begins each round too; it is given what gives the item. */
function overArray(
  scope: Scope,
  { call, item, index, contents }: Each,
  array: readonly Node[],
  more: (item: readonly Node[]) => readonly Node[] = () => [],
): readonly Node[] {
  const { at } = call;
  const { temporaries } = scope;
  const [items, count] = [temporaries.take('i32'), temporaries.take('i32')];
  const counter = index ?? temporaries.take('i32');
  const length = callHost(scope, at, '$json.length', [get(at, items)], [text(at, '')]);
  const next = callHost(scope, at, '$lang.at_index', [get(at, items)], [get(at, counter)]);
  const round = {
    at,
    done: wrap(at, 'i32.ge_s', [get(at, counter)], [get(at, count)]),
    before: [assign(scope, { name: item, type: 'value', at }, next), ...more(next)],
    step: stepOf(at, counter, 1),
  };
  const loop = counted(scope, round, contents);
  temporaries.release(items, count, ...(index === null ? [counter] : []));
  return [set(at, items, array), set(at, count, length), set(at, counter, [constant(at, 'i32', 0)]), loop];
}

/** Two addresses, that of the item and that of the end, and the index where the author has one. */
function overList(
  scope: Scope,
  { call, item, index, contents }: Each,
  { nodes }: Value,
  type: ListType,
): readonly Node[] {
  const { at } = call;
  const { temporaries } = scope;
  const element = elementOf(type);
  const address = temporaries.take('i32');
  const start = set(at, address, [wrap(at, 'i32.add', nodes, [constant(at, 'i32', 4)])]);
  const length = wrap(at, 'i32.load', [wrap(at, 'i32.sub', [get(at, address)], [constant(at, 'i32', 4)])]);
  const end = holdLimit(scope, [wrap(at, 'i32.add', [get(at, address)], [length])], at);
  const step = [...stepOf(at, address, bytesOf(element)), ...(index === null ? [] : stepOf(at, index, 1))];
  const round = {
    at,
    done: wrap(at, 'i32.ge_u', [get(at, address)], end.nodes),
    before: [assign(scope, { name: item, type: element, at }, [form(at, loadOf(element), get(at, address))])],
    step,
  };
  const loop = counted(scope, round, contents);
  end.release();
  temporaries.release(address);
  const zero = index === null ? [] : [set(at, index, [constant(at, 'i32', 0)])];
  return [start, ...end.before, ...zero, loop];
}
