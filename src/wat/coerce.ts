import { formatType } from './signature.ts';
import type { ValueType, WireValue } from './types.ts';

export type CoerceOutcome =
  | { readonly ok: true; readonly value: WireValue }
  | { readonly ok: false; readonly message: string };

/** Ends the conversion; never leaves this file. */
class Misfit extends Error {}

const INTEGER = /^[+-]?\d+$/;
const SPECIAL_FLOATS = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/**
 * Turns loose input (JSON that a model wrote, text from a command line) into a value of `type`. Text holds
 * numbers, `true` and `false`, `null` for an empty option, and JSON for lists and structs; bytes are text
 * (its UTF-8), a list of numbers or `{"base64": "..."}`. The message says what was expected, where, and what came.
 */
export function coerce(value: unknown, type: ValueType): CoerceOutcome {
  try {
    return { ok: true, value: convert(value, type, '') };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, message: error.message };
  }
}

function convert(value: unknown, type: ValueType, path: string): WireValue {
  switch (type.kind) {
    case 'bool':
      return toBool(value) ?? misfit('bool (true or false)', value, path);
    case 'i32':
      return toI32(value, path);
    case 'i64':
      return toI64(value, path);
    case 'f64':
      return toF64(value) ?? misfit('f64', value, path);
    case 'string':
      return toText(value) ?? misfit('string', value, path);
    case 'bytes':
      return toBytes(value) ?? misfit('bytes (text, numbers 0 to 255, or {"base64": "..."})', value, path);
    case 'option':
      return isEmpty(value, type.of) ? null : convert(value, type.of, path);
    case 'list':
      return toList(value, type, path);
    case 'map':
      return toMap(value, type, path);
    case 'struct':
      return toStruct(value, type, path);
  }
}

function toBool(value: unknown): boolean | undefined {
  const plain = typeof value === 'string' ? value.trim() : value;
  if (plain === true || plain === 'true') return true;
  if (plain === false || plain === 'false') return false;
  return undefined;
}

function toI32(value: unknown, path: string): number {
  const integer = toInteger(value);
  if (integer === undefined || BigInt.asIntN(32, integer) !== integer)
    return misfit('i32 (an integer from -2147483648 to 2147483647)', value, path);
  return Number(integer);
}

function toI64(value: unknown, path: string): bigint {
  const integer = toInteger(value);
  if (integer === undefined || BigInt.asIntN(64, integer) !== integer)
    return misfit('i64 (an integer of 64 bits; from 2^53 on written as text)', value, path);
  return integer;
}

/** A number beyond 2^53 has already lost digits, so it must come as text or as a bigint. */
function toInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value !== 'string' || !INTEGER.test(value.trim())) return undefined;
  // BigInt does not take a leading plus; the length bounds the work that a long text could cause.
  const digits = value.trim().replace(/^\+/, '');
  return digits.length > 100 ? undefined : BigInt(digits);
}

function toF64(value: unknown): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const special = SPECIAL_FLOATS.get(text);
  if (special !== undefined) return special;
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? value : undefined;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return undefined;
}

function toBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return value.isWellFormed() ? new TextEncoder().encode(value) : undefined;
  if (Array.isArray(value)) return value.every(isByte) ? Uint8Array.from(value) : undefined;
  if (!isObject(value) || Object.keys(value).join() !== 'base64') return undefined;
  const { base64 } = value;
  if (typeof base64 !== 'string') return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? Uint8Array.from(bytes) : undefined;
}

function isByte(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

/** The text `null` is an empty option, unless the option holds text itself. */
function isEmpty(value: unknown, of: ValueType): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'string' && value.trim() === 'null' && of.kind !== 'string' && of.kind !== 'bytes';
}

function toList(
  value: unknown,
  type: ValueType & { kind: 'list' | 'option' | 'map' },
  path: string,
): WireValue {
  const items = typeof value === 'string' ? fromJson(value) : value;
  if (!Array.isArray(items)) return misfit(`${formatType(type)} (a JSON array)`, value, path);
  return items.map((item, index) => convert(item, type.of, `${path}[${index}]`));
}

function toMap(
  value: unknown,
  type: ValueType & { kind: 'list' | 'option' | 'map' },
  path: string,
): WireValue {
  const object = typeof value === 'string' ? fromJson(value) : value;
  if (!isObject(object)) return misfit(`${formatType(type)} (a JSON object)`, value, path);
  const entries = Object.entries(object).map(([name, item]): [string, WireValue] => {
    if (!name.isWellFormed()) throw new Misfit(`a name of ${formatType(type)} is not Unicode${within(path)}`);
    return [name, convert(item, type.of, path === '' ? name : `${path}.${name}`)];
  });
  return Object.fromEntries(entries);
}

function toStruct(value: unknown, type: ValueType & { kind: 'struct' }, path: string): WireValue {
  const object = typeof value === 'string' ? fromJson(value) : value;
  if (!isObject(object)) return misfit(`${formatType(type)} (a JSON object)`, value, path);
  const unknown = Object.keys(object).find((name) => !type.fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new Misfit(`${formatType(type)} has no field "${unknown}"${within(path)}`);
  const entries = type.fields.map((field): [string, WireValue] => {
    const item = Object.hasOwn(object, field.name) ? object[field.name] : undefined;
    return [field.name, convert(item, field.type, path === '' ? field.name : `${path}.${field.name}`)];
  });
  // fromEntries makes own properties, also of a field that is called __proto__.
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function misfit(expected: string, value: unknown, path: string): never {
  throw new Misfit(`expected ${expected}${within(path)}, got ${describe(value)}`);
}

function within(path: string): string {
  return path === '' ? '' : ` at ${path}`;
}

/** Shallow on purpose: what came may be nested too deep to print. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return `an object with the keys ${cut(Object.keys(value).join(', ')) || '(none)'}`;
  return cut(typeof value === 'string' ? JSON.stringify(value) : String(value));
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
