import { form, type List, type Node } from '../syntax.ts';
import { constant, get, isSimple, set, text, wrap } from './build.ts';
import { described, fitted } from './conversions.ts';
import { type Expression, giving, givingNothing, reported, shownOf, type Value } from './expression.ts';
import { callHost, tellHost } from './host-calls.ts';
import { loadOf, shiftOf, storeOf } from './list-memory.ts';
import { operand } from './operands.ts';
import { keyOf } from './part-keys.ts';
import type { Form, Scope } from './scope.ts';
import { bytesOf, type ElementType, elementNamed, elementOf, isList, isOpen } from './types.ts';

export const newForm: Form = {
  name: 'new',
  usage: '(new i32 COUNT)',
  summary: 'A list of so many numbers, all 0; i32, i64, f64 or bool.',
  example: {
    signature: '(n: i32) -> list<i32>',
    body: '(let $squares (new i32 $n))\n(for $i 0 $n\n  (put $squares $i (* $i $i)))\n$squares',
  },
  elaborate(call, scope) {
    const [, type, count, extra] = call.items;
    if (type?.kind !== 'atom' || count === undefined || extra !== undefined) return null;
    const element = elementNamed(type.text);
    if (element === null) return null;
    const nodes = fitted(scope, operand(scope, count, 'new'), 'i32', {
      needs: 'new needs i32 for the count',
    });
    const { at } = call;
    return giving(
      callHost(scope, at, '$lang.alloc', nodes, [constant(at, 'i32', bytesOf(element))]),
      `list<${element}>`,
    );
  },
};

export const at: Form = {
  name: 'at',
  usage: '(at X INDEX)',
  summary:
    'An item of a list, or a part of a JSON value by index, name or path. It fails with ENOENT where there is none. A text that stands in the body is a path ("items.0.name", or one name), any other text is one name, dots and all; (json.get X $path) takes other paths. An index below 0 counts from the end of a JSON array.',
  example: { signature: '(numbers: list<f64>) -> f64', body: '(at $numbers 0)' },
  elaborate(call, scope) {
    const [, container, index, extra] = call.items;
    if (container === undefined || index === undefined || extra !== undefined) return null;
    const value = operand(scope, container, 'at');
    if (isList(value.type)) return itemOf(call, scope, value, index);
    if (value.type === 'value') return giving(partOf(call.at, scope, value, index), 'value');
    operand(scope, index, 'at');
    if (!isOpen(value.type)) reportNoPlace(scope, value, 'at');
    return reported(call.at);
  },
};

export const put: Form = {
  name: 'put',
  usage: '(put X INDEX VALUE)',
  summary:
    'Sets an item of a list, or a part of a JSON value by index, name or path, in place, named as for at. A name may be new; an index, and all steps of a path but the last, have to be there, else it fails with ENOENT.',
  example: {
    signature: '(numbers: list<i32>) -> list<i32>',
    body: '(put $numbers 0 (+ (at $numbers 0) 1))\n$numbers',
  },
  elaborate(call, scope) {
    const [, container, index, node, extra] = call.items;
    if (container === undefined || index === undefined || node === undefined || extra !== undefined)
      return null;
    const value = operand(scope, container, 'put');
    if (isList(value.type)) return storeInto(call, scope, value, { index, node });
    const key = operand(scope, index, 'put');
    const item = operand(scope, node, 'put');
    if (value.type === 'value') {
      const { kind, nodes } = keyOf(scope, { key, node: index, form: 'put' });
      const json = fitted(scope, item, 'value', { needs: 'put needs a JSON value' });
      return givingNothing(tellHost(scope, call.at, `$lang.put_${kind}`, value.nodes, nodes, json));
    }
    if (!isOpen(value.type)) reportNoPlace(scope, value, 'put');
    return reported(call.at);
  },
};

export const len: Form = {
  name: 'len',
  usage: '(len X)',
  summary: 'Items of a list or JSON array, members of an object, characters of a text, bytes of bytes.',
  example: { signature: '(text: string) -> i32', body: '(len $text)' },
  elaborate(call, scope) {
    const [, node, extra] = call.items;
    if (node === undefined || extra !== undefined) return null;
    const value = operand(scope, node, 'len');
    const { type, nodes } = value;
    const { at: place } = call;
    if (type === 'text') return giving(callHost(scope, place, '$string.length', nodes), 'i32');
    if (type === 'value')
      return giving(callHost(scope, place, '$json.length', nodes, [text(place, '')]), 'i32');
    if (type === 'bytes') return giving([wrap(place, 'i32.load', nodes)], 'i32');
    if (isList(type)) return giving([countIn(place, nodes, elementOf(type))], 'i32');
    if (!isOpen(type)) reportNoPlace(scope, value, 'len');
    return reported(place);
  },
};

/** The bytes of a list are in front of it. */
function countIn(place: number, list: readonly Node[], element: ElementType): Node {
  const bytes = wrap(place, 'i32.load', list);
  const shift = shiftOf(element);
  return shift === 0 ? bytes : wrap(place, 'i32.shr_u', [bytes], [constant(place, 'i32', shift)]);
}

interface Slot {
  /** Puts list and index where they can be read twice, and fails unless there is such an item. */
  readonly before: readonly Node[];
  /** The address of the item, less the 4 bytes of the length. */
  readonly address: Node;
  readonly taken: readonly string[];
}

/** The index is compared without its sign, so that one below 0 is past the end too. */
function slotOf(call: List, scope: Scope, list: Value, index: Node): Slot {
  const { at: place } = call;
  const { temporaries } = scope;
  const element = isList(list.type) ? elementOf(list.type) : 'i32';
  const taken: string[] = [];
  const held = (nodes: readonly Node[]): { before: readonly Node[]; again: readonly Node[] } => {
    if (isSimple(nodes)) return { before: [], again: nodes };
    const name = temporaries.take('i32');
    taken.push(name);
    return { before: [set(place, name, nodes)], again: [get(place, name)] };
  };
  const start = held(list.nodes);
  const position = held(
    fitted(scope, operand(scope, index, 'the place'), 'i32', { needs: 'the place in a list is an i32' }),
  );
  const count = [countIn(place, start.again, element)];
  const outside = wrap(place, 'i32.ge_u', position.again, count);
  const missing = tellHost(scope, place, '$lang.no_item', position.again, count);
  const shift = shiftOf(element);
  const offset =
    shift === 0 ? position.again : [wrap(place, 'i32.shl', position.again, [constant(place, 'i32', shift)])];
  return {
    before: [...start.before, ...position.before, form(place, 'if', outside, form(place, 'then', missing))],
    address: wrap(place, 'i32.add', start.again, offset),
    taken,
  };
}

function itemOf(call: List, scope: Scope, list: Value, index: Node): Expression {
  const element = isList(list.type) ? elementOf(list.type) : 'i32';
  const { before, address, taken } = slotOf(call, scope, list, index);
  scope.temporaries.release(...taken);
  return giving([...before, form(call.at, loadOf(element), 'offset=4', address)], element);
}

function storeInto(
  call: List,
  scope: Scope,
  list: Value,
  { index, node }: { index: Node; node: Node },
): Expression {
  const element = isList(list.type) ? elementOf(list.type) : 'i32';
  const { before, address, taken } = slotOf(call, scope, list, index);
  const item = fitted(scope, operand(scope, node, 'put'), element, {
    needs: `put needs ${element} for an item of ${list.type}`,
  });
  scope.temporaries.release(...taken);
  return givingNothing([...before, form(call.at, storeOf(element), 'offset=4', address, ...item)]);
}

function partOf(place: number, scope: Scope, { nodes: value }: Value, index: Node): readonly Node[] {
  const key = operand(scope, index, 'at');
  const { kind, nodes } = keyOf(scope, { key, node: index, form: 'at' });
  return callHost(scope, place, `$lang.at_${kind}`, value, nodes);
}

function reportNoPlace(scope: Scope, value: Value, name: string): void {
  const { type } = value;
  const what = name === 'len' ? 'a list, text or JSON value' : 'a list or JSON value';
  let hint =
    name === 'len'
      ? 'the digits of a number: (len (text $x))'
      : 'a JSON value: (list A B) or (object "name" A)';
  if (type === 'text')
    hint = 'part of a text: (string.slice $x 0 1); a text of JSON is read by (json.parse $x)';
  else if (scope.locals.isUngiven(shownOf(value))) hint = `give it one first: (let ${shownOf(value)} VALUE)`;
  else if (type === 'unknown') hint = 'say what it is: (text $x) or (value $x)';
  scope.problems.report(value.at, `${name} needs ${what}, got ${described(value)}`, hint);
}
