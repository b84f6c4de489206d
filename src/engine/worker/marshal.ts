import type { HostImport, HostType } from '../../wat/types.ts';
import { oversize } from '../host-values.ts';
import type { HostValue } from '../port.ts';
import { type FailureName, STATUS } from '../status.ts';
import type { GuestMemory } from './guest-memory.ts';

/** A value as it crosses on the stack. */
export type StackValue = number | bigint;

export interface MarshalBounds {
  /** Bytes that the arguments of one call, or its result, may have. */
  readonly bytes: number;
  /** Size of what a `wire` pointer leads to. */
  readonly resultSize: number | 'length-prefixed';
}

export interface MarshalFailure {
  readonly ok: false;
  readonly status: FailureName;
  readonly message: string;
}

export type ReadArguments =
  | { readonly ok: true; readonly values: readonly HostValue[]; readonly bytes: number }
  | MarshalFailure;

export type WrittenResult = { readonly ok: true; readonly value: StackValue } | MarshalFailure;

const LENGTH_BYTES = 4;
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A host function that broke its own signature: ends the run as a trap. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

function failure(status: FailureName, message: string): MarshalFailure {
  return { ok: false, status, message };
}

/** Decodes the arguments of a call, each checked against the guest's memory before it is read. */
export function readArguments(
  memory: GuestMemory,
  { params }: HostImport,
  raw: readonly StackValue[],
  bounds: MarshalBounds,
): ReadArguments {
  const values: HostValue[] = [];
  let bytes = 0;
  for (const [index, { name, type }] of params.entries()) {
    const read = readArgument(memory, type, raw[index] ?? 0, { ...bounds, bytes: bounds.bytes - bytes });
    if (!read.ok) return { ...read, message: `${name}: ${read.message}` };
    values.push(read.value);
    bytes += read.bytes;
  }
  return { ok: true, values, bytes };
}

type ReadArgument = { readonly ok: true; readonly value: HostValue; readonly bytes: number } | MarshalFailure;

function readArgument(
  memory: GuestMemory,
  type: HostType,
  raw: StackValue,
  bounds: MarshalBounds,
): ReadArgument {
  switch (type) {
    case 'i32':
    case 'i64':
    case 'f64':
    case 'value':
      return { ok: true, value: raw, bytes: 0 };
    case 'bool':
      return { ok: true, value: raw !== 0, bytes: 0 };
    case 'wire':
    case 'bytes':
    case 'string':
    case 'json':
      return readPointed(memory, type, Number(raw) >>> 0, bounds);
  }
}

/** A failed call leaves 0 in place of its pointer, and nothing lives there: taken as a pointer, it is a slip. */
function readPointed(
  memory: GuestMemory,
  type: 'wire' | 'bytes' | 'string' | 'json',
  pointer: number,
  bounds: MarshalBounds,
): ReadArgument {
  if (pointer === 0) return failure('EBOUND', '0 is no pointer; did an earlier call fail unchecked?');
  if (type === 'wire') return readWire(memory, pointer, bounds);
  const read = readPrefixed(memory, pointer, bounds);
  return read.ok && type !== 'bytes' ? decodeText(read) : read;
}

type ReadBytes =
  | { readonly ok: true; readonly value: Uint8Array<ArrayBuffer>; readonly bytes: number }
  | MarshalFailure;

function readWire(memory: GuestMemory, pointer: number, bounds: MarshalBounds): ReadBytes {
  if (bounds.resultSize !== 'length-prefixed') return readBytes(memory, pointer, bounds.resultSize, bounds);
  const length = memory.u32(pointer);
  if (length === null) return outside(memory, 'its length', pointer);
  return readBytes(memory, pointer, length + LENGTH_BYTES, bounds);
}

function readPrefixed(memory: GuestMemory, pointer: number, bounds: MarshalBounds): ReadBytes {
  const length = memory.u32(pointer);
  if (length === null) return outside(memory, 'its length', pointer);
  return readBytes(memory, pointer + LENGTH_BYTES, length, bounds);
}

function outside(memory: GuestMemory, what: string, address: number): MarshalFailure {
  return failure('EBOUND', `${what} at ${address} pass the end of memory at ${memory.size}`);
}

/** A copy of guest bytes. */
function readBytes(memory: GuestMemory, address: number, length: number, bounds: MarshalBounds): ReadBytes {
  const view = memory.view(address, length);
  if (view === null) return outside(memory, `${length} bytes`, address);
  if (length > bounds.bytes) {
    return failure(
      'EBOUND',
      `${length} bytes are more than the ${bounds.bytes} that a call may still take in`,
    );
  }
  return { ok: true, value: view.slice(), bytes: length };
}

function decodeText({ value, bytes }: { value: Uint8Array; bytes: number }): ReadArgument {
  try {
    return { ok: true, value: UTF_8.decode(value), bytes };
  } catch (error) {
    if (error instanceof TypeError) return failure('ETRFM', `the ${bytes} bytes are not UTF-8`);
    throw error;
  }
}

/** Puts a result into guest memory where it needs room, and answers what goes on the stack. */
export function writeResult(
  memory: GuestMemory,
  type: HostType | 'none',
  value: HostValue | null,
  bounds: MarshalBounds,
): WrittenResult {
  const tooLarge = oversize(value, bounds.bytes);
  if (tooLarge !== null) return tooLarge;
  if (type === 'none') return { ok: true, value: 0 };
  if (typeof value === 'number' && (type === 'i32' || type === 'value'))
    return { ok: true, value: value | 0 };
  if (typeof value === 'boolean' && type === 'bool') return { ok: true, value: Number(value) };
  if (typeof value === 'number' && type === 'f64') return { ok: true, value: oneNaN(value) };
  if (typeof value === 'bigint' && type === 'i64') return { ok: true, value: BigInt.asIntN(64, value) };
  if (typeof value === 'string' && (type === 'string' || type === 'json'))
    return writeBytes(memory, Buffer.from(value), true);
  if (value instanceof Uint8Array && type === 'bytes') return writeBytes(memory, value, true);
  if (value instanceof Uint8Array && type === 'wire') return writeBytes(memory, value, false);
  throw new ContractError(
    `it must give a result of type ${type}, and gave ${value === null ? 'none' : typeof value}`,
  );
}

/** The bits of a NaN that JavaScript computed depend on how its engine compiled that, and a program can see them. */
function oneNaN(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}

function writeBytes(memory: GuestMemory, bytes: Uint8Array, prefixed: boolean): WrittenResult {
  const prefix = prefixed ? LENGTH_BYTES : 0;
  const pointer = memory.allocate(prefix + bytes.length);
  const view = pointer === null ? null : memory.view(pointer, prefix + bytes.length);
  if (pointer === null || view === null) {
    return failure('ENOMEM', `no memory left for a result of ${bytes.length} bytes`);
  }
  if (prefixed) new DataView(view.buffer, pointer).setUint32(0, bytes.length, true);
  view.set(bytes, prefix);
  return { ok: true, value: pointer };
}

/** What a host function leaves on the stack when it did not succeed. */
export function failedResult(type: HostType | 'none', status: FailureName): [StackValue, number] {
  return [type === 'i64' ? 0n : 0, STATUS[status]];
}
