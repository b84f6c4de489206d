import type { List, Node } from '../syntax.ts';
import { asType, commonNumber } from './arithmetic.ts';
import { constant, wrap } from './build.ts';
import { converted, described } from './conversions.ts';
import { type Expression, giving, reported, type Value } from './expression.ts';
import { callHost } from './host-calls.ts';
import { operand } from './operands.ts';
import type { Form, Scope } from './scope.ts';
import { isNumeric, isOpen, stackType } from './types.ts';

interface Comparison {
  readonly name: string;
  /** The instruction without its type and sign. */
  readonly word: string;
  readonly says: string;
}

const COMPARISONS: readonly Comparison[] = [
  { name: '=', word: 'eq', says: 'Whether both are the same: numbers, texts or JSON values.' },
  { name: '!=', word: 'ne', says: 'Whether they differ.' },
  { name: '<', word: 'lt', says: 'Whether A comes before B; texts go by their characters.' },
  { name: '<=', word: 'le', says: 'Whether A is B or before it.' },
  { name: '>', word: 'gt', says: 'Whether A comes behind B.' },
  { name: '>=', word: 'ge', says: 'Whether A is B or behind it.' },
];

export const comparisons: readonly Form[] = COMPARISONS.map((comparison) => ({
  name: comparison.name,
  usage: `(${comparison.name} A B)`,
  summary: comparison.says,
  example: {
    signature: '(a: i32, b: string) -> bool',
    body: `(or (${comparison.name} $a 5) (${comparison.name} $b "x"))`,
  },
  elaborate: (call, scope) => elaborate(call, comparison, scope),
}));

function elaborate(call: List, comparison: Comparison, scope: Scope): Expression | null {
  const [, first, second, extra] = call.items;
  if (first === undefined || second === undefined || extra !== undefined) return null;
  const a = operand(scope, first, comparison.name);
  const b = operand(scope, second, comparison.name);
  const nodes = compared(scope, [a, b], comparison, call.at);
  return nodes === null ? reported(call.at) : giving(nodes, 'bool');
}

type Pair = readonly [Value, Value];

function compared(scope: Scope, pair: Pair, comparison: Comparison, at: number): readonly Node[] | null {
  const types = pair.map(({ type }) => type);
  const has = (...wanted: string[]) => types.some((type) => wanted.includes(type));
  if (types.some((type) => isOpen(type))) return numbers(scope, pair, comparison, at);
  if (has('text')) return texts(scope, pair, comparison, at);
  if (types.every((type) => type === 'value')) return values(scope, pair, comparison, at);
  if (has('bool') && has('value')) return flags(scope, pair, comparison, at);
  if (types.every((type) => type === 'unknown') && /^(eq|ne)$/.test(comparison.word))
    return reportUnclear(scope, pair, comparison);
  return numbers(scope, pair, comparison, at);
}

function numbers(scope: Scope, pair: Pair, { name, word }: Comparison, at: number): readonly Node[] | null {
  const open = pair.find(({ type }) => isOpen(type));
  // What was reported, or is not known yet, is compared with itself.
  if (open !== undefined && pair.some(({ type }) => !isNumeric(type)))
    return [...pair.flatMap(({ nodes }) => nodes), wrap(at, 'i32.eq')];
  const type = commonNumber(scope, pair, name);
  if (type === null) return null;
  if (pair.some((it) => it.type === 'i64') && pair.some((it) => it.type === 'value'))
    return wholes(scope, pair, word, at);
  const operands = word === 'eq' || word === 'ne' ? read(scope, pair, 'number', at) : pair;
  const sign = type === 'f64' || word === 'eq' || word === 'ne' ? '' : '_s';
  return [
    wrap(at, `${stackType(type)}.${word}${sign}`, ...operands.map((value) => asType(scope, value, type))),
  ];
}

/** An i64 and the number of a JSON value, with all of their digits. */
function wholes(scope: Scope, pair: Pair, word: string, at: number): readonly Node[] {
  const operands = pair.map((value) => converted(scope, value, 'value') ?? value.nodes);
  if (word !== 'eq' && word !== 'ne')
    return ordered(callHost(scope, at, '$lang.compare_numbers', ...operands), word, at);
  const same = callHost(scope, at, '$lang.same_number', ...operands);
  return word === 'eq' ? same : [wrap(at, 'i32.eqz', same)];
}

function texts(scope: Scope, pair: Pair, { name, word }: Comparison, at: number): readonly Node[] | null {
  const other = pair.find(({ type }) => type !== 'text' && type !== 'value' && type !== 'unknown');
  if (other !== undefined) {
    scope.problems.report(
      other.at,
      `${name} compares a text with ${described(other)}`,
      other.literal === null
        ? 'make both text: (text ...), or both numbers: (i32 ...) or (f64 ...)'
        : 'read the number in the text: (i32 ...) or (f64 ...)',
    );
    return null;
  }
  const operands = pair.map((value) => converted(scope, value, 'text') ?? value.nodes);
  if (word === 'eq' || word === 'ne') {
    const same = callHost(scope, at, '$string.equals', ...operands);
    return word === 'eq' ? same : [wrap(at, 'i32.eqz', same)];
  }
  return ordered(callHost(scope, at, '$lang.compare_text', ...operands), word, at);
}

function values(scope: Scope, pair: Pair, { word }: Comparison, at: number): readonly Node[] {
  const operands = pair.map(({ nodes }) => nodes);
  if (word !== 'eq' && word !== 'ne')
    return ordered(callHost(scope, at, '$lang.compare', ...operands), word, at);
  const same = callHost(scope, at, '$json.equals', ...operands);
  return word === 'eq' ? same : [wrap(at, 'i32.eqz', same)];
}

function flags(scope: Scope, pair: Pair, { word }: Comparison, at: number): readonly Node[] {
  const flags = word === 'eq' || word === 'ne' ? read(scope, pair, 'flag', at) : pair;
  const operands = flags.map((value) => converted(scope, value, 'bool') ?? value.nodes);
  return [wrap(at, `i32.${word}${word === 'eq' || word === 'ne' ? '' : '_s'}`, ...operands)];
}

/** What a JSON value is equal to can be asked of any: one of another kind is equal to no number and no bool. */
function read(scope: Scope, pair: Pair, as: 'number' | 'flag', at: number): Pair {
  const type = as === 'number' ? 'f64' : 'bool';
  const one = (value: Value): Value =>
    value.type === 'value'
      ? { ...value, nodes: callHost(scope, at, `$lang.${as}`, value.nodes), type }
      : value;
  return [one(pair[0]), one(pair[1])];
}

function ordered(order: readonly Node[], word: string, at: number): readonly Node[] {
  return [wrap(at, `i32.${word}_s`, order, [constant(at, 'i32', 0)])];
}

function reportUnclear(scope: Scope, [{ at }]: Pair, { name }: Comparison): null {
  scope.problems.report(
    at,
    `${name} cannot tell whether these are numbers or texts`,
    'say what they are: (i32 $x) or (text $x)',
  );
  return null;
}
