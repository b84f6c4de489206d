import { form, type Node } from '../syntax.ts';
import { constant, wrap } from './build.ts';
import { narrowed } from './checked-numbers.ts';
import { converted } from './conversions.ts';
import type { Value } from './expression.ts';
import { callHost } from './host-calls.ts';
import type { Scope } from './scope.ts';
import { twoPlaces } from './two-places.ts';
import type { Type } from './types.ts';

export type ExactOperator = '+' | '-' | '*';
type Nodes = readonly Node[];

const WORDS: Readonly<Record<ExactOperator, string>> = { '+': 'add', '-': 'sub', '*': 'mul' };

/**
 * Sums, differences and products of i32 or i64 that fail with EBOUND where they do not fit. Null where an operand is
 * a number of plain WAT, which may be bits or an address: those wrap, as its instructions do.
 */
export function exact(
  scope: Scope,
  { operator, operands, at }: { operator: ExactOperator; operands: readonly Value[]; at: number },
  type: Type,
): Nodes | null {
  if ((type !== 'i32' && type !== 'i64') || operands.some((value) => value.type === 'unknown')) return null;
  const long = operands.map((value) => inI64(scope, value, type));
  const numbers = long.length === 1 ? [constantI64(at, '0'), ...long] : long;
  return type === 'i32' ? inI32(scope, at, operator, numbers) : chained(scope, at, operator, numbers);
}

interface Long {
  readonly nodes: Nodes;
  /** Whether it comes from an i32, so that a few of them fit into an i64 whatever is done. */
  readonly isShort: boolean;
}

function inI64(scope: Scope, value: Value, type: Type): Long {
  const { at, literal } = value;
  if (literal !== null) return constantI64(at, literal.text);
  const isShort = value.type === 'i32' || value.type === 'bool';
  if (isShort && (type === 'i32' || value.wider === null))
    return { nodes: [wrap(at, 'i64.extend_i32_s', value.nodes)], isShort };
  return { nodes: converted(scope, value, 'i64') ?? value.nodes, isShort: false };
}

function constantI64(at: number, text: string): Long {
  return { nodes: [constant(at, 'i64', text)], isShort: text.length < 10 };
}

/** Up to a thousand i32 fit into an i64 when they are added, and two when they are multiplied. */
function inI32(scope: Scope, at: number, operator: ExactOperator, numbers: readonly Long[]): Nodes {
  const narrow = (nodes: Nodes) => narrowed(scope, at, nodes, ['i64', 'i32']) ?? nodes;
  const word = `i64.${WORDS[operator]}`;
  const [first = [], second = [], ...rest] = numbers.map(({ nodes }) => nodes);
  const start = [wrap(at, word, first, second)];
  if (operator !== '*') return narrow(rest.reduce((left, right) => [wrap(at, word, left, right)], start));
  return rest.reduce(
    (left, right) => narrow([wrap(at, word, [wrap(at, 'i64.extend_i32_s', left)], right)]),
    narrow(start),
  );
}

function chained(scope: Scope, at: number, operator: ExactOperator, numbers: readonly Long[]): Nodes {
  const word = `i64.${WORDS[operator]}`;
  const areFew = operator !== '*' || numbers.length === 2;
  return (
    numbers.reduce<Long | null>((left, right) => {
      if (left === null) return right;
      const plain = areFew && numbers.every(({ isShort }) => isShort);
      const nodes = plain
        ? [wrap(at, word, left.nodes, right.nodes)]
        : one(scope, at, operator, [left, right]);
      return { nodes, isShort: false };
    }, null)?.nodes ?? []
  );
}

/** What cannot overflow is done here; the host does the rest, or says that it does not fit. */
function one(scope: Scope, at: number, operator: ExactOperator, [left, right]: readonly [Long, Long]): Nodes {
  const { before, names, after } = twoPlaces(scope, [left.nodes, right.nodes], 'i64', at);
  const [a, b] = names;
  const word = WORDS[operator];
  const suspect = operator === '*' ? areLarge(at, a, b) : turnsOver(at, operator, a, b);
  const exactly = callHost(scope, at, `$lang.${word}_i64`, a, b);
  after();
  const either = form(
    at,
    'if',
    form(at, 'result', 'i64'),
    suspect,
    form(at, 'then', exactly),
    form(at, 'else', wrap(at, `i64.${word}`, a, b)),
  );
  return [...before, either];
}

function areLarge(at: number, a: Nodes, b: Nodes): Node {
  const large = (nodes: Nodes) => wrap(at, 'i64.ne', [wrap(at, 'i64.extend32_s', nodes)], nodes);
  return wrap(at, 'i32.or', [large(a)], [large(b)]);
}

/** The sign of the result is that of neither operand or, where one is taken away, not that of what it is taken from. */
function turnsOver(at: number, operator: '+' | '-', a: Nodes, b: Nodes): Node {
  const result = [wrap(at, `i64.${WORDS[operator]}`, a, b)];
  const signs = [wrap(at, 'i64.xor', a, operator === '+' ? result : b)];
  const turned = [wrap(at, 'i64.xor', operator === '+' ? b : a, result)];
  return wrap(at, 'i64.lt_s', [wrap(at, 'i64.and', signs, turned)], [constant(at, 'i64', 0)]);
}
