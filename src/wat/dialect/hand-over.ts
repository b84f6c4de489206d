import { formatType } from '../signature.ts';
import { form, type Node } from '../syntax.ts';
import type { ValueType } from '../types.ts';
import { text } from './build.ts';
import { converted, fitted } from './conversions.ts';
import type { Value } from './expression.ts';
import { rawCall } from './host-calls.ts';
import type { Scope } from './scope.ts';
import { isPointer, type Type, typeOfValue } from './types.ts';
import { holdsCut, reportCut } from './whole-quotient.ts';

const STORES: Readonly<Record<string, string>> = {
  bool: 'i32.store8',
  i32: 'i32.store',
  i64: 'i64.store',
  f64: 'f64.store',
};
/** Static room for one number. The program ends right after it is written. */
const ROOM = '\0\0\0\0';

/** Hands the value over as the result, in the form that the signature asks for, and ends the program. */
export function handOver(scope: Scope, value: Value, at: number): readonly Node[] {
  scope.result.give(value.type);
  const wanted = scope.result.wanted;
  if (wanted === null || isPointerTo(value.type, wanted)) return resv(scope, at, value.nodes);
  const type = typeOfValue(wanted);
  const place = { needs: `the result is ${formatType(wanted)}` };
  if (type === 'f64' && holdsCut(scope, value)) reportCut(scope, value, 'the result is f64, with a fraction');
  const store = STORES[type];
  if (store !== undefined) {
    const room = text(at, ROOM);
    return [form(at, store, room, fitted(scope, value, type, place)), ...resv(scope, at, [room])];
  }
  if (type === 'text' || type === 'bytes') return resv(scope, at, fitted(scope, value, type, place));
  return encoded(scope, value, wanted, at);
}

/** A number in the place of a result, or of one whose type is not known, which is then a pointer. */
export function asNumber(value: Value, wanted: ValueType | null): Value {
  const numeric = wanted !== null && STORES[wanted.kind] !== undefined;
  return numeric && value.type === 'unknown' ? { ...value, type: 'i32' } : value;
}

function isPointerTo(type: Type, wanted: ValueType): boolean {
  if (type === 'unknown' || type === 'never' || type === 'pending') return true;
  return isPointer(type) && type === typeOfValue(wanted);
}

/** The call leaves 0 and its status; return takes the status and, as any branch does, drops the rest. */
function resv(scope: Scope, at: number, pointer: readonly Node[]): readonly Node[] {
  return [form(at, 'return', rawCall(scope, at, '$core.resv', pointer))];
}

/** What has no form of its own in a program goes as a JSON value, which the host writes as the declared type. */
function encoded(scope: Scope, value: Value, wanted: ValueType, at: number): readonly Node[] {
  const name = formatType(wanted);
  const json = value.type === 'text' && !takesText(wanted) ? null : converted(scope, value, 'value');
  if (json === null) {
    scope.problems.report(value.at, `the result is ${name}, got ${value.type}`, resultHint(value.type));
    return resv(scope, at, value.nodes);
  }
  return [form(at, 'return', rawCall(scope, at, '$lang.answer', json, [text(at, name)]))];
}

function takesText(wanted: ValueType): boolean {
  return wanted.kind === 'option' && (wanted.of.kind === 'string' || takesText(wanted.of));
}

function resultHint(type: Type): string {
  return type === 'text'
    ? 'a text with JSON is read by (json.parse $x); (list ...) and (object ...) make values'
    : 'build it with (list ...) or (object ...)';
}
