import type { LocalType } from '../locals.ts';
import type { HostType, ValueType } from '../types.ts';

export type ElementType = 'bool' | 'i32' | 'i64' | 'f64';
export type ListType = `list<${ElementType}>`;

/**
 * What the dialect knows of a value. Text, bytes and lists are pointers, a `value` is a handle of a JSON value.
 * `unknown` is an i32 of plain WAT: it can be any of them. `pending` is a local that no binding has told of yet,
 * and `never` the value of what was reported or never comes out; both go anywhere.
 */
export type Type =
  | 'bool'
  | 'i32'
  | 'i64'
  | 'f64'
  | 'f32'
  | 'text'
  | 'bytes'
  | 'value'
  | ListType
  | 'unknown'
  | 'pending'
  | 'never';

/** From narrow to wide; each goes into the next without loss. */
const LADDER: readonly Type[] = ['bool', 'i32', 'i64', 'f64'];
const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = { bool: 1, i32: 4, i64: 8, f64: 8 };
const ELEMENTS: readonly ElementType[] = ['bool', 'i32', 'i64', 'f64'];

/** The type of WebAssembly that holds it. */
export function stackType(type: Type): LocalType {
  return type === 'i64' || type === 'f64' || type === 'f32' ? type : 'i32';
}

/** Says nothing about a value, so it is no mistake anywhere. */
export function isOpen(type: Type): boolean {
  return type === 'pending' || type === 'never';
}

/** bool, i32, i64 or f64. */
export function isNumeric(type: Type): boolean {
  return LADDER.includes(type);
}

export function isList(type: Type): type is ListType {
  return type.startsWith('list<');
}

/** An address in memory, where plain WAT may look. */
export function isPointer(type: Type): boolean {
  return type === 'text' || type === 'bytes' || isList(type);
}

export function elementOf(type: ListType): ElementType {
  return ELEMENTS.find((element) => type === `list<${element}>`) ?? 'i32';
}

export function bytesOf(element: ElementType): number {
  return ELEMENT_BYTES[element];
}

export function elementNamed(word: string): ElementType | null {
  return ELEMENTS.find((element) => element === word) ?? null;
}

/** Whether a number of one type goes into the other without loss. */
export function widens(from: Type, to: Type): boolean {
  const place = LADDER.indexOf(from);
  return place !== -1 && LADDER.indexOf(to) >= place;
}

/** The one type that both can be taken as without loss, or null. */
export function join(a: Type, b: Type): Type | null {
  if (a === b || isOpen(b)) return a;
  if (isOpen(a)) return b;
  if (widens(a, b)) return b;
  if (widens(b, a)) return a;
  if (a === 'unknown' || b === 'unknown') return joinUnknown(a === 'unknown' ? b : a);
  if (a === 'value' || b === 'value') return isJson(a) && isJson(b) ? 'value' : null;
  return [a, b].every((type) => type === 'text' || type === 'bytes') ? 'bytes' : null;
}

function joinUnknown(other: Type): Type | null {
  if (other === 'i64' || other === 'f64') return other;
  return other === 'f32' ? null : 'unknown';
}

function isJson(type: Type): boolean {
  return type !== 'bytes' && type !== 'f32';
}

/** What the parameters and results of host functions are to the author. */
export function typeOfHost(type: HostType): Type {
  if (type === 'string' || type === 'json') return 'text';
  return type === 'wire' ? 'unknown' : type;
}

/** How an argument or result of that type is held; what has no form of its own is a JSON value. */
export function typeOfValue(type: ValueType): Type {
  if (type.kind === 'string') return 'text';
  if (type.kind === 'list') {
    const element = elementNamed(type.of.kind);
    return element === null ? 'value' : `list<${element}>`;
  }
  if (type.kind === 'option' || type.kind === 'struct' || type.kind === 'map') return 'value';
  return type.kind;
}

/** The type in which a result is handed over that no signature declares; null when it is not known. */
export function resultOf(type: Type): ValueType | null {
  if (type === 'pending' || type === 'never' || type === 'unknown' || type === 'f32') return null;
  if (isList(type)) return { kind: 'list', of: { kind: elementOf(type) } };
  return type === 'text' || type === 'value' ? { kind: 'string' } : { kind: type };
}
