import type { List } from '../syntax.ts';
import { cast, castHint, described } from './conversions.ts';
import { type Expression, giving, reported, type Value } from './expression.ts';
import { castProblem } from './literals.ts';
import { operand } from './operands.ts';
import type { Form, Scope } from './scope.ts';
import type { Type } from './types.ts';

interface Cast {
  readonly type: Type;
  readonly says: string;
  readonly signature: string;
  readonly body: string;
}

const CASTS: readonly Cast[] = [
  {
    type: 'i32',
    says: 'As a whole number of 32 bits: of an f64 the fraction is cut off, text and JSON must hold a whole number. It fails with EBOUND where it does not fit; i32.wrap_i64 takes the lowest bits of an i64.',
    signature: '(text: string) -> i32',
    body: '(+ (i32 $text) 1)',
  },
  {
    type: 'i64',
    says: 'As a whole number of 64 bits: of an f64 the fraction is cut off, text and JSON must hold a whole number. It fails with EBOUND where it does not fit.',
    signature: '(n: i32) -> i64',
    body: '(* (i64 $n) 3000000000)',
  },
  {
    type: 'f64',
    says: 'As a number with a fraction, a whole number beyond 2^53 rounded to the nearest there is.',
    signature: '(a: i32, b: i32) -> f64',
    body: '(/ (f64 $a) $b)',
  },
  { type: 'bool', says: 'true unless it is 0.', signature: '(n: i32) -> bool', body: '(bool $n)' },
  {
    type: 'text',
    says: 'As text: a number in decimal, a JSON string its text, any other value as JSON.',
    signature: '(n: i32) -> string',
    body: '(text $n)',
  },
  {
    type: 'bytes',
    says: 'The bytes of a text, or those that a JSON array of numbers lists.',
    signature: '(text: string) -> bytes',
    body: '(bytes $text)',
  },
  {
    type: 'value',
    says: 'As a JSON value: a text becomes a JSON string; (json.parse ...) reads one.',
    signature: '(text: string) -> list<string>',
    body: '(list (value $text) "end")',
  },
];

export const casts: readonly Form[] = CASTS.map(({ type, says, signature, body }) => ({
  name: type,
  usage: `(${type} A)`,
  summary: says,
  example: { signature, body },
  elaborate: (call, scope) => elaborate(call, type, scope),
}));

function elaborate(call: List, type: Type, scope: Scope): Expression | null {
  const [, node, extra] = call.items;
  if (node === undefined || extra !== undefined) return null;
  const value = operand(scope, node, type);
  if (reportLoss(scope, value, type)) return reported(call.at);
  const nodes = cast(scope, value, type);
  if (nodes !== null) return giving(nodes, type);
  scope.problems.report(value.at, `${described(value)} cannot be made ${type}`, castHint(value, type));
  return reported(call.at);
}

/** What a running program gives fails where it does not fit. A number in the body that does not fit is a mistake. */
function reportLoss(scope: Scope, { literal, type: from, at }: Value, to: Type): boolean {
  if (literal === null || from === 'never' || (to !== 'i32' && to !== 'i64')) return false;
  const problem = castProblem(literal.text, to);
  if (problem === null) return false;
  const hint = from === to ? 'keep it as text: "..."' : `without the cast it is an ${from}`;
  scope.problems.report(at, `${literal.text} does not fit: ${problem}`, hint);
  return true;
}
