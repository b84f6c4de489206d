import type { ValueType, WireValue } from '../wat/types.ts';
import { readBase64 } from './bytes-text.ts';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { toBool, toI32, toI64, toNumber } from './json-scalar.ts';
import type { Json } from './json-value.ts';
import { isFailure, typeOf } from './json-value.ts';
import { plainText } from './json-writer.ts';

export type WireOutcome =
  | { readonly ok: true; readonly value: WireValue }
  | { readonly ok: false; readonly message: string };

/** Ends the conversion; never leaves this file. */
class Misfit extends Error {}

/**
 * A value of the wire format as JSON: a struct is an object, an empty option null, bytes are base64, and an
 * i64 that a JSON number cannot hold is its digits.
 */
export function fromWire(value: WireValue, type: ValueType): Json | Failure {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : fail('ETRFM', `JSON has no number ${value}`);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (type.kind === 'option') return fromWire(value, type.of);
  if (isList(value)) return listFromWire(value, type);
  return type.kind === 'map' ? mapFromWire(value, type.of) : structFromWire(value, type);
}

/** JSON as a value of the wire format; the message says what was expected, where, and what came. */
export function toWire(value: Json, type: ValueType): WireOutcome {
  try {
    return { ok: true, value: convert(value, type, 'the value') };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, message: error.message };
  }
}

function listFromWire(items: readonly WireValue[], type: ValueType): Json | Failure {
  if (type.kind !== 'list') return fail('ETRFM', 'a list where none was declared');
  const list: Json[] = [];
  for (const item of items) {
    const json = fromWire(item, type.of);
    if (isFailure(json)) return json;
    list.push(json);
  }
  return list;
}

function mapFromWire(value: { readonly [name: string]: WireValue }, of: ValueType): Json | Failure {
  const object = new Map<string, Json>();
  for (const [name, item] of Object.entries(value)) {
    const json = fromWire(item, of);
    if (isFailure(json)) return json;
    object.set(name, json);
  }
  return object;
}

function structFromWire(value: { readonly [name: string]: WireValue }, type: ValueType): Json | Failure {
  if (type.kind !== 'struct') return fail('ETRFM', 'a struct where none was declared');
  const object = new Map<string, Json>();
  for (const { name, type: of } of type.fields) {
    const json = fromWire(value[name] ?? null, of);
    if (isFailure(json)) return json;
    object.set(name, json);
  }
  return object;
}

function convert(value: Json, type: ValueType, where: string): WireValue {
  switch (type.kind) {
    case 'bool':
      return scalar(toBool(value), where);
    case 'i32':
      return scalar(toI32(value), where);
    case 'i64':
      return scalar(toI64(value), where);
    case 'f64':
      return scalar(toNumber(value), where);
    case 'string':
      return scalar(plainText(value), where);
    case 'bytes':
      return bytesFrom(value, where);
    case 'option':
      return value === null ? null : convert(value, type.of, where);
    case 'list':
      if (!Array.isArray(value)) throw new Misfit(`${where} must be an array, got ${typeOf(value)}`);
      return value.map((item, index) => convert(item, type.of, `item ${index} of ${where}`));
    case 'map':
      if (!(value instanceof Map)) throw new Misfit(`${where} must be an object, got ${typeOf(value)}`);
      return mapOf(value, type.of, where);
    case 'struct':
      return structOf(value, type, where);
  }
}

function bytesFrom(value: Json, where: string): Uint8Array {
  const list = byteList(value);
  if (list !== null) return list;
  const bytes = typeof value === 'string' ? readBase64(value) : null;
  if (bytes instanceof Uint8Array) return bytes;
  const got = typeof value === 'string' ? 'another text' : typeOf(value);
  throw new Misfit(`${where} must be base64 text or numbers from 0 to 255, got ${got}`);
}

/** The bytes that an array lists, or null when it is none of bytes. */
export function byteList(value: Json): Uint8Array | null {
  if (!Array.isArray(value)) return null;
  const bytes = value.filter(isByte);
  return bytes.length === value.length ? Uint8Array.from(bytes) : null;
}

function isByte(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function mapOf(value: ReadonlyMap<string, Json>, of: ValueType, where: string): WireValue {
  const entries = [...value].map(([name, item]): [string, WireValue] => [
    name,
    convert(item, of, `"${name}" of ${where}`),
  ]);
  return Object.fromEntries(entries);
}

function structOf(value: Json, type: ValueType & { kind: 'struct' }, where: string): WireValue {
  if (!(value instanceof Map)) throw new Misfit(`${where} must be an object, got ${typeOf(value)}`);
  const entries = type.fields.map(({ name, type: of }): [string, WireValue] => {
    const member = value.get(name);
    if (member === undefined && of.kind !== 'option') throw new Misfit(`${where} has no member "${name}"`);
    return [name, convert(member ?? null, of, `"${name}" of ${where}`)];
  });
  return Object.fromEntries(entries);
}

function scalar<T extends WireValue>(value: T | Failure, where: string): T {
  if (typeof value === 'object' && value !== null && 'ok' in value && value.ok === false) {
    const { message } = value as Failure;
    throw new Misfit(`${where}: ${message}`);
  }
  return value as T;
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}
