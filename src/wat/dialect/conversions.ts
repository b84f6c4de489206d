import { type Atom, form, type Node } from '../syntax.ts';
import { constant, text as textNode, wrap } from './build.ts';
import { exactF64, exactNumber, narrowed } from './checked-numbers.ts';
import { shownOf, type Value } from './expression.ts';
import { callHost } from './host-calls.ts';
import { decimal, rangeProblem, retyped, retypedInRange, roundedWhole } from './literals.ts';
import type { Scope } from './scope.ts';
import { elementOf, isList, isNumeric, isOpen, stackType, type Type, widens } from './types.ts';

/** What a place takes, for the message when something else comes. */
export interface Place {
  /** For example `http.get needs text for url`. */
  readonly needs: string;
  readonly hint?: string | null;
}

/** The value as another type where that loses nothing, else reported; `place` says what needed it. */
export function fitted(scope: Scope, value: Value, to: Type, place: Place): readonly Node[] {
  return converted(scope, value, to) ?? misfit(scope, value, to, place);
}

/** Reports a value that cannot be converted, and leaves it as it is. */
export function misfit(scope: Scope, value: Value, to: Type, place: Place): readonly Node[] {
  const tooLarge = value.literal === null ? null : sizeProblem(value.literal, to);
  const message = `${place.needs}, got ${described(value)}`;
  if (tooLarge === null) scope.problems.report(value.at, message, place.hint ?? castHint(value, to));
  else scope.problems.reportLast(value.at, `${message}${tooLarge}`, place.hint ?? sizeHint(value, to));
  return value.nodes;
}

function sizeHint({ literal }: Value, to: Type): string {
  if (literal !== null && to === 'f64') return `write ${literal.text}.0 if that one will do`;
  return to === 'i32'
    ? 'write one that fits; where the type is yours to choose, an i64 goes further'
    : 'write one that fits, or keep it as text';
}

/** A whole number is of no use where it does not fit. */
function sizeProblem(literal: Atom, to: Type): string | null {
  const nearest = to === 'f64' ? roundedWhole(literal) : null;
  if (nearest !== null) return `, but the nearest f64 is ${nearest}`;
  const range = to === 'i32' || to === 'i64' ? rangeProblem(literal.text, to) : null;
  return range === null ? null : `, but ${range}`;
}

/** The value as another type, or null where that would lose something or means nothing. */
export function converted(scope: Scope, value: Value, to: Type): readonly Node[] | null {
  const { type: from, nodes, literal } = value;
  if (isOpen(from) || isOpen(to)) return nodes;
  if (literal !== null && (isNumeric(to) || to === 'f32')) return retypedInRange(literal, to);
  if (from === to) return nodes;
  if (from === 'unknown')
    return widened(value.at, nodes, 'i32', to) ?? (stackType(to) === 'i32' ? nodes : null);
  if (to === 'unknown') return stackType(from) === 'i32' ? nodes : null;
  if (from === 'i32' && value.wider !== null && (to === 'i64' || to === 'f64'))
    return toNumber(scope, widest(value), to);
  if (isNumeric(to)) return toNumber(scope, value, to);
  if (to === 'text') return toText(scope, value);
  if (to === 'value') return toValue(scope, value);
  if (to === 'bytes' && from === 'value') return callHost(scope, value.at, '$lang.bytes', nodes);
  return to === 'bytes' && from === 'text' ? nodes : null;
}

/** Only what loses no digit: beyond 2^53 an f64 has not every whole number. */
function toNumber(scope: Scope, { nodes, type: from, at }: Value, to: Type): readonly Node[] | null {
  if (to === 'f64' && from === 'i64') return exactF64(scope, at, nodes);
  if (from !== 'value') return widened(at, nodes, from, to);
  return to === 'f64' ? exactNumber(scope, at, nodes) : read(scope, at, nodes, to);
}

function read(scope: Scope, at: number, nodes: readonly Node[], to: Type): readonly Node[] {
  return callHost(scope, at, `$json.${to}`, nodes, path(at));
}

/** Functions of `json` that read a value take a path into it, which is empty for the value itself. */
function path(at: number): readonly Node[] {
  return [textNode(at, '')];
}

const WIDENING: Readonly<Record<string, string>> = {
  'i32 i64': 'i64.extend_i32_s',
  'i32 f64': 'f64.convert_i32_s',
  'i64 f64': 'f64.convert_i64_s',
};

function widened(at: number, nodes: readonly Node[], from: Type, to: Type): readonly Node[] | null {
  if (from === 'i32' && to === 'bool') return [wrap(at, 'i32.ne', nodes, [constant(at, 'i32', 0)])];
  if (from === 'f32' && to === 'f64') return [wrap(at, 'f64.promote_f32', nodes)];
  if (!widens(from, to)) return null;
  const instruction = WIDENING[`${stackType(from)} ${stackType(to)}`];
  return instruction === undefined ? nodes : [wrap(at, instruction, nodes)];
}

/** A whole number that was reckoned with, in 64 bits, for a place where it need not fit into 32. */
export function widest(value: Value): Value {
  if (value.type !== 'i32' || value.wider === null) return value;
  return { ...value, nodes: value.wider(), type: 'i64', wider: null };
}

/** Null for what has no text of its own. */
export function toText(scope: Scope, given: Value): readonly Node[] | null {
  const value = widest(given);
  const { nodes, type, literal, at } = value;
  const digits = literal === null ? null : decimal(literal);
  if (digits !== null) return [textNode(at, digits)];
  if (type === 'text') return nodes;
  if (type === 'bool')
    return [
      ...nodes,
      form(at, 'if', form(at, 'result', 'i32'), then(at, 'then', 'true'), then(at, 'else', 'false')),
    ];
  if (type === 'i32' || type === 'i64' || type === 'f64')
    return callHost(scope, at, `$string.from_${type}`, nodes);
  const promoted = type === 'f32' ? widened(at, nodes, type, 'f64') : null;
  if (promoted !== null) return callHost(scope, at, '$string.from_f64', promoted);
  const json = toValue(scope, value);
  return json === null ? null : callHost(scope, at, '$json.text', json, path(at));
}

function then(at: number, part: 'then' | 'else', contents: string): Node {
  return form(at, part, textNode(at, contents));
}

/** Null for what is no JSON. */
export function toValue(scope: Scope, given: Value): readonly Node[] | null {
  const value = widest(given);
  const { nodes, type, literal, at } = value;
  if (type === 'value') return nodes;
  if (type === 'text') return callHost(scope, at, '$json.string', nodes);
  if (type === 'bool') return callHost(scope, at, '$json.boolean', nodes);
  if (isList(type)) return callHost(scope, at, '$lang.numbers', nodes, [textNode(at, type)]);
  if (type === 'i64' || (literal !== null && rangeProblem(literal.text, 'i32') !== null))
    return callHost(scope, at, '$lang.whole', converted(scope, value, 'i64') ?? nodes);
  const number = literal === null ? widened(at, nodes, type, 'f64') : retyped(literal, 'f64');
  return number === null ? null : callHost(scope, at, '$json.number', number);
}

/** A condition as an i32 that is 0 when it is false, or reported. */
export function conditionOf(scope: Scope, value: Value, parent: string): readonly Node[] {
  const { type, nodes, at } = value;
  if (type === 'value') return callHost(scope, at, '$json.bool', nodes, path(at));
  if (type === 'bool' || type === 'i32' || type === 'unknown' || isOpen(type)) return nodes;
  scope.problems.report(at, `${parent} needs a condition, got ${described(value)}`, conditionHint(value));
  return nodes;
}

function conditionHint(value: Value): string {
  const { type } = value;
  const shown = shownOf(value);
  if (type === 'text') return `compare it: (!= ${shown} "")`;
  return isNumeric(type) || type === 'f32'
    ? `compare it: (!= ${shown} 0)`
    : `ask for its length: (> (len ${shown}) 0)`;
}

export function described({ type, literal }: Value): string {
  return literal === null ? type : `the number ${literal.text}`;
}

/** How to get from what is there to what is wanted, or to say that a loss is meant. */
export function castHint(value: Value, to: Type): string {
  const { type: from } = value;
  const shown = shownOf(value);
  const castable = isNumeric(from) || from === 'text' || from === 'f32';
  if (to === 'bool') return from === 'text' ? `compare it: (= ${shown} "true")` : conditionHint(value);
  if (to === 'f32') return `convert it: (f32.demote_f64 (f64 ${shown}))`;
  if (isNumeric(to) && isList(from)) return `take an item: (at ${shown} 0) is ${elementOf(from)}`;
  if (isNumeric(to)) return `convert it: (${to} ${castable ? shown : `(text ${shown})`})`;
  if (isList(to)) return `fill one: (let $list (new ${elementOf(to)} 10)) and (put $list 0 NUMBER)`;
  if (from === 'bytes') return `make it text: (text ${shown}), or (base64.encode ${shown})`;
  return to === 'bytes' ? `make it text: (text ${shown})` : `as JSON it is (text (value ${shown}))`;
}

/** A cast: anything that can be turned into the type, also with loss of digits or of a fraction. */
export function cast(scope: Scope, value: Value, to: Type): readonly Node[] | null {
  const { type: from, nodes, at } = value;
  if (to === 'f64' && from === 'value') return read(scope, at, nodes, to);
  if (to === 'f64' && from === 'i64') return rounded(value);
  if (to === 'f64' && from === 'i32' && value.wider !== null) return widened(at, value.wider(), 'i64', to);
  const free = converted(scope, value, to);
  if (free !== null) return free;
  if (to === 'text' && from === 'bytes') return nodes;
  if (from === 'text')
    return to === 'i32' || to === 'i64' || to === 'f64'
      ? callHost(scope, at, `$string.to_${to}`, nodes)
      : null;
  if (!isNumeric(from) && from !== 'f32') return null;
  if (to === 'bool') return [wrap(at, `${stackType(from)}.ne`, nodes, [constant(at, from, 0)])];
  return narrowed(scope, at, nodes, [from, to]);
}

function rounded({ nodes, literal, at }: Value): readonly Node[] | null {
  return literal === null ? widened(at, nodes, 'i64', 'f64') : retyped(literal, 'f64');
}
