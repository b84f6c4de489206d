import { WattleError } from '../errors.ts';
import { formatType } from './signature.ts';
import type { ValueType, WireValue } from './types.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

/**
 * The wire format: little-endian, no tags, no names. bool 1 byte; i32 4; i64 and f64 8; string and bytes
 * u32 length + data; list and struct u32 byte length + contents; a map like a list of its entries, each its name as a
 * string and its value, no name twice; option u32 byte length + u8 0 or 1 + value.
 */
export function encode(value: WireValue, type: ValueType): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter();
  write(writer, value, type);
  return writer.finish();
}

/**
 * Reads exactly one value; a byte too many or too few is an error.
 * @throws WattleError WIRE_INVALID
 */
export function decode(bytes: Uint8Array, type: ValueType): WireValue {
  const reader = new WireReader(bytes);
  const value = read(reader, type);
  reader.end(formatType(type));
  return value;
}

/** Bytes of a value of this type: fixed, or a u32 length and so many bytes more. */
export function wireSize(type: ValueType): number | 'length-prefixed' {
  switch (type.kind) {
    case 'bool':
      return 1;
    case 'i32':
      return 4;
    case 'i64':
    case 'f64':
      return 8;
    default:
      return 'length-prefixed';
  }
}

function write(writer: WireWriter, value: WireValue, type: ValueType): void {
  switch (type.kind) {
    case 'list':
      if (!isList(value)) throw misfit(value, type);
      writer.prefixed(() => {
        for (const item of value) write(writer, item, type.of);
      });
      return;
    case 'option':
      writer.prefixed(() => {
        writer.u8(value === null ? 0 : 1);
        if (value !== null) write(writer, value, type.of);
      });
      return;
    case 'map':
      writeMap(writer, value, type);
      return;
    case 'struct':
      writeStruct(writer, value, type);
      return;
    default:
      writeSimple(writer, value, type);
  }
}

type Generic = ValueType & { kind: 'list' | 'option' | 'map' };

function writeMap(writer: WireWriter, value: WireValue, type: Generic): void {
  if (!isStruct(value)) throw misfit(value, type);
  writer.prefixed(() => {
    for (const [name, item] of Object.entries(value)) {
      if (!name.isWellFormed()) throw invalid(`a name of ${formatType(type)} is not Unicode`);
      writer.text(name);
      write(writer, item, type.of);
    }
  });
}

function writeStruct(writer: WireWriter, value: WireValue, type: ValueType & { kind: 'struct' }): void {
  if (!isStruct(value)) throw misfit(value, type);
  const unknown = Object.keys(value).find((name) => !type.fields.some((field) => field.name === name));
  if (unknown !== undefined) throw invalid(`${formatType(type)} has no field "${unknown}"`);
  writer.prefixed(() => {
    for (const field of type.fields) {
      const item = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
      if (item === undefined) throw invalid(`the field "${field.name}" of ${formatType(type)} is missing`);
      write(writer, item, field.type);
    }
  });
}

function writeSimple(writer: WireWriter, value: WireValue, type: ValueType): void {
  if (type.kind === 'bool' && typeof value === 'boolean') writer.u8(value ? 1 : 0);
  else if (type.kind === 'i32' && typeof value === 'number' && (value | 0) === value) writer.i32(value);
  else if (type.kind === 'i64' && typeof value === 'bigint' && BigInt.asIntN(64, value) === value)
    writer.i64(value);
  else if (type.kind === 'f64' && typeof value === 'number') writer.f64(value);
  else if (type.kind === 'string' && typeof value === 'string' && value.isWellFormed()) writer.text(value);
  else if (type.kind === 'bytes' && value instanceof Uint8Array) writer.bytes(value);
  else throw misfit(value, type);
}

function read(reader: WireReader, type: ValueType): WireValue {
  switch (type.kind) {
    case 'bool':
      return reader.bit('bool');
    case 'i32':
      return reader.i32();
    case 'i64':
      return reader.i64();
    case 'f64':
      return reader.f64();
    case 'string':
      return reader.text();
    case 'bytes':
      return reader.prefixed('bytes').slice();
    case 'list':
      return readList(reader, type);
    case 'option':
      return readOption(reader, type);
    case 'map':
      return readMap(reader, type);
    case 'struct':
      return readStruct(reader, type);
  }
}

function readList(reader: WireReader, type: Generic): WireValue {
  const contents = reader.within(formatType(type));
  const items: WireValue[] = [];
  while (!contents.atEnd()) items.push(read(contents, type.of));
  return items;
}

function readMap(reader: WireReader, type: Generic): WireValue {
  const contents = reader.within(formatType(type));
  const entries = new Map<string, WireValue>();
  while (!contents.atEnd()) {
    const name = contents.text();
    if (entries.has(name))
      throw invalid(`a ${formatType(type)} has the name ${JSON.stringify(name.slice(0, 80))} twice`);
    entries.set(name, read(contents, type.of));
  }
  return Object.fromEntries(entries);
}

function readOption(reader: WireReader, type: Generic): WireValue {
  const contents = reader.within(formatType(type));
  const value = contents.bit('the mark of an option') ? read(contents, type.of) : null;
  contents.end(formatType(type));
  return value;
}

function readStruct(reader: WireReader, type: ValueType & { kind: 'struct' }): WireValue {
  const contents = reader.within(formatType(type));
  const entries = type.fields.map((field): [string, WireValue] => [field.name, read(contents, field.type)]);
  contents.end(formatType(type));
  // fromEntries makes own properties, also of a field that is called __proto__.
  return Object.fromEntries(entries);
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}

function isStruct(value: WireValue): value is { readonly [name: string]: WireValue } {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Uint8Array);
}

function misfit(value: WireValue, type: ValueType): WattleError {
  const came = value === null ? 'null' : isList(value) ? 'a list' : `${typeof value} ${String(value)}`;
  return invalid(`expected ${formatType(type)}, got ${came.slice(0, 80)}`);
}

function invalid(message: string): WattleError {
  return new WattleError('WIRE_INVALID', message);
}
