import { excerpt, type List, type Node } from '../syntax.ts';
import { constant, get, set, wrap } from './build.ts';
import { castHint, converted, described, misfit } from './conversions.ts';
import { type ExactOperator, exact } from './exact-arithmetic.ts';
import { type Expression, giving, literal, reported, type Value } from './expression.ts';
import { concatenate } from './format.ts';
import { literalOf, wholeNumber } from './literals.ts';
import { operand } from './operands.ts';
import type { Form, Scope } from './scope.ts';
import { twoPlaces } from './two-places.ts';
import { isNumeric, isOpen, join, stackType, type Type } from './types.ts';
import { isCut, reportCut } from './whole-quotient.ts';

type Combine = (scope: Scope, operands: readonly Value[], type: Type, at: number) => readonly Node[];

const SIGNED: Readonly<Record<string, string>> = { '/': 'div_s', '%': 'rem_s' };
const WORDS: Readonly<Record<string, string>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' };

function instruction(operator: string, type: Type): string {
  const name = type === 'f64' ? WORDS[operator] : (SIGNED[operator] ?? WORDS[operator]);
  return `${stackType(type)}.${name}`;
}

function chained(operator: string): Combine {
  return (scope, operands, type, at) =>
    operands
      .map((value) => asType(scope, value, type))
      .reduce((left, right) => [wrap(at, instruction(operator, type), left, right)]);
}

function exactly(operator: ExactOperator): Combine {
  return (scope, operands, type, at) =>
    exact(scope, { operator, operands, at }, type) ?? chained(operator)(scope, operands, type, at);
}

export const add: Form = operator(
  '+',
  '(+ A B ...)',
  'The sum. Of texts: one after the other.',
  '(+ $a $b 1)',
  exactly('+'),
);
export const multiply: Form = operator('*', '(* A B ...)', 'The product.', '(* $a $b 2)', exactly('*'));
export const divide: Form = operator(
  '/',
  '(/ A B ...)',
  'The quotient, divided again by each further operand. Of whole numbers it is cut to a whole one, and by 0 the program ends; where its fraction would be wanted (constants that do not come out, beside an f64, in a local that holds one, in a hole with digits, as an f64 result) that is refused, unless a cast says that it is meant.',
  '(/ (* $a 100) $b)',
  chained('/'),
);
export const subtract: Form = operator(
  '-',
  '(- A B ...) or (- A)',
  'A without all others, or the number with its sign turned.',
  '(- $a $b)',
  (scope, operands, type, at) => {
    const [only, second] = operands;
    const plain = exact(scope, { operator: '-', operands, at }, type);
    if (plain !== null) return plain;
    if (only === undefined || second !== undefined) return chained('-')(scope, operands, type, at);
    if (type === 'f64') return [wrap(at, 'f64.neg', asType(scope, only, type))];
    return [wrap(at, instruction('-', type), [constant(at, type, 0)], asType(scope, only, type))];
  },
);
export const remainder: Form = operator(
  '%',
  '(% A B)',
  'The remainder, with the sign of A.',
  '(% $a $b)',
  (scope, operands, type, at) => {
    if (type !== 'f64') return chained('%')(scope, operands, type, at);
    const [first = [], second = []] = operands.map((value) => asType(scope, value, type));
    const { before, names, after } = twoPlaces(scope, [first, second], type, at);
    const [a, b] = names;
    const whole = wrap(at, 'f64.trunc', [wrap(at, 'f64.div', a, b)]);
    after();
    return [...before, wrap(at, 'f64.sub', a, [wrap(at, 'f64.mul', [whole], b)])];
  },
);

/** How many operands an operator takes where that is not two or more. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  '%': [2, 2],
  '-': [1, 1000],
  abs: [1, 1],
};
const TWO_OR_MORE = [2, 1000] as const;

function operator(name: string, usage: string, summary: string, body: string, combine: Combine): Form {
  return {
    name,
    usage,
    summary,
    example: { signature: '(a: i32, b: i32) -> i32', body },
    elaborate: (call, scope) => elaborate(call, name, combine, scope),
  };
}

function elaborate(call: List, name: string, combine: Combine, scope: Scope): Expression | null {
  const nodes = call.items.slice(1);
  const [least, most] = COUNTS[name] ?? TWO_OR_MORE;
  if (nodes.length > most && most > 2) return tooMany(scope, call, `${name} takes at most ${most} operands`);
  if (nodes.length < least || nodes.length > most) return null;
  const operands = nodes.map((node) => operand(scope, node, name));
  const texts = operands.some(({ type }) => type === 'text');
  if (name === '+' && texts) return concatenate(scope, operands, call.at);
  const type = commonNumber(scope, operands, name);
  if (type === null) return reported(call.at);
  reportCuts(scope, operands);
  const [only] = operands;
  const known = folded(operands, name, call.at);
  if (known !== null && name === '/' && leavesRest(operands)) return cutQuotient(scope, call, known);
  if (known !== null) return known;
  if (name === '-' && operands.length === 1 && only?.literal != null)
    return negated(only, call.at) ?? giving(combine(scope, operands, type, call.at), type);
  const reckoned = combine(scope, operands, type, call.at);
  const wider = type === 'i32' ? () => combine(scope, operands, 'i64', call.at) : null;
  return { ...giving(reckoned, type), wider };
}

/** `(* 100.0 (/ $a $b))`: beside a fraction, the quotient is meant to have one. */
function reportCuts(scope: Scope, operands: readonly Value[]): void {
  if (!operands.some(({ type }) => type === 'f64')) return;
  for (const value of operands) if (isCut(value)) reportCut(scope, value, 'this is reckoned with fractions');
}

function tooMany(scope: Scope, { at, items }: List, message: string): Expression {
  const hint = 'add them up in steps, or put them into a list: (array.sum (list ...))';
  scope.problems.report(at, `${message}, got ${items.length - 1}`, hint);
  return reported(at);
}

/** Whole numbers that stand in the body are reckoned with here, and so in no number of bits. */
function folded(operands: readonly Value[], name: string, at: number): Expression | null {
  const numbers = operands.flatMap(({ literal: atom }) => (atom === null ? [] : (wholeNumber(atom) ?? [])));
  const reckon = EXACT[name];
  const [first, second] = numbers;
  if (reckon === undefined || first === undefined || numbers.length < operands.length) return null;
  if (numbers.includes(0n, 1) && (name === '/' || name === '%')) return null;
  return literalOf(second === undefined ? -first : numbers.reduce(reckon), at);
}

/** Whether a quotient of numbers that stand in the body has a remainder. */
function leavesRest(operands: readonly Value[]): boolean {
  const [first = 0n, ...rest] = operands.map(({ literal: atom }) => (atom && wholeNumber(atom)) ?? 0n);
  return first % rest.reduce((product, one) => product * one, 1n) !== 0n;
}

/** `(* $c (/ 9 5))`: nobody who writes out both means the 1 that it is. */
function cutQuotient(scope: Scope, { at, items }: List, { literal: cut }: Expression): Expression {
  const [, first, ...rest] = items.map(excerpt);
  const isNumber = items.slice(1).every(({ kind }) => kind === 'atom');
  const fraction = isNumber ? `(/ ${first}.0 ${rest.join(' ')})` : '(/ (f64 A) B)';
  scope.problems.report(
    at,
    `a quotient of whole numbers is cut to a whole one, here ${cut?.text ?? ''}`,
    `write ${fraction} for the fraction, or ${cut?.text ?? ''} if that is meant`,
  );
  return reported(at);
}

const EXACT: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/** `(- 5)` is the number -5. */
function negated({ literal: atom, type }: Value, at: number): Expression | null {
  if (atom === null || /^[+-]/.test(atom.text)) return null;
  const turned = { ...atom, text: `-${atom.text}` };
  return literal(turned, [constant(at, type, turned.text)], type);
}

/** The narrowest number type that holds all operands, or null when one is no number, which is reported. */
export function commonNumber(scope: Scope, operands: readonly Value[], name: string): Type | null {
  let common: Type = 'pending';
  let sound = true;
  for (const value of operands) {
    const type = numberType(value);
    if (type === null) reportNoNumber(scope, value, name);
    sound &&= type !== null;
    common = join(common, type ?? 'never') ?? 'f64';
  }
  if (!sound) return null;
  if (isOpen(common)) return 'i32';
  return common === 'bool' ? 'i32' : common;
}

/** A JSON value counts as f64, and an i32 of plain WAT as a number. */
function numberType({ type }: Value): Type | null {
  if (type === 'value') return 'f64';
  if (type === 'unknown') return 'i32';
  return isNumeric(type) || isOpen(type) ? type : null;
}

function reportNoNumber(scope: Scope, value: Value, name: string): void {
  const hint = value.type === 'text' ? `read the number: (i32 ...) or (f64 ...)` : castHint(value, 'i32');
  scope.problems.report(value.at, `${name} needs numbers, got ${described(value)}`, hint);
}

/** What `commonNumber` has allowed as the common type. */
export function asType(scope: Scope, value: Value, type: Type): readonly Node[] {
  return (
    converted(scope, value, type) ?? misfit(scope, value, type, { needs: `this is reckoned in ${type}` })
  );
}

function extreme(name: 'min' | 'max'): Combine {
  const comparison = name === 'min' ? 'lt_s' : 'gt_s';
  return (scope, operands, type, at) =>
    operands
      .map((value) => asType(scope, value, type))
      .reduce((left, right) => {
        if (type === 'f64') return [wrap(at, `f64.${name}`, left, right)];
        const { before, names, after } = twoPlaces(scope, [left, right], type, at);
        after();
        return [
          ...before,
          wrap(at, 'select', ...names, [wrap(at, `${stackType(type)}.${comparison}`, ...names)]),
        ];
      });
}

export const min: Form = operator('min', '(min A B ...)', 'The smallest.', '(min $a $b)', extreme('min'));
export const max: Form = operator('max', '(max A B ...)', 'The largest.', '(max $a $b)', extreme('max'));
export const abs: Form = operator(
  'abs',
  '(abs A)',
  'The number without its sign.',
  '(abs (- $a $b))',
  (scope, operands, type, at) => {
    const [value] = operands;
    if (value === undefined) return [];
    const nodes = asType(scope, value, type);
    if (type === 'f64') return [wrap(at, 'f64.abs', nodes)];
    const local = scope.temporaries.take(type);
    scope.temporaries.release(local);
    const negative = wrap(at, `${stackType(type)}.sub`, [constant(at, type, 0)], [get(at, local)]);
    const isNegative = wrap(at, `${stackType(type)}.lt_s`, [get(at, local)], [constant(at, type, 0)]);
    return [set(at, local, nodes), wrap(at, 'select', [negative], [get(at, local)], [isNegative])];
  },
);
