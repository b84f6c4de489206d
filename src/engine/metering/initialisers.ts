import type { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { readOperator, skipImmediate } from './instructions.ts';
import type { ModuleFacts } from './module-facts.ts';
import { Refusal } from './refusal.ts';
import { I32, I64, referenceType, valueType } from './value-types.ts';

const I32_CONST = 0x41;
const I64_CONST = 0x42;
const END = 0x0b;
const MUTABLE = 1;
const EXPORTED_FUNCTION = 0x00;
const EXPORTED_TAG = 0x04;
const EXPORTED_GLOBAL = 0x03;

const CONSTANT_OPERATORS: ReadonlySet<string> = new Set([
  'i32.const',
  'i64.const',
  'f32.const',
  'f64.const',
  'vector operator 12',
  'global.get',
  'ref.null',
  'ref.func',
]);

/** Copies a constant expression with its function index moved. */
function constantExpression(reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  const start = reader.position;
  const operator = readOperator(reader);
  if (!CONSTANT_OPERATORS.has(operator.name)) {
    throw new Refusal(`extended constant expressions (${operator.name})`, start);
  }
  if (operator.name === 'ref.func') {
    writer.copy(reader.bytes, start, reader.position);
    writer.u32(facts.movedFunction(reader.u32()));
  } else {
    skipImmediate(reader, operator);
    writer.copy(reader.bytes, start, reader.position);
  }
  const next = reader.position;
  const end = readOperator(reader);
  if (end.name !== 'end') throw new Refusal(`extended constant expressions (${end.name})`, next);
  writer.byte(END);
}

export function globalSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  const depth = facts.settings.maximumCallDepth;
  writer.u32(count + (depth === null ? 1 : 2));
  for (let left = count; reader !== null && left > 0; left -= 1) {
    facts.globals += 1;
    writer.bytes(valueType(reader), reader.byte());
    constantExpression(reader, writer, facts);
  }
  writer.bytes(I64, MUTABLE, I64_CONST);
  writer.signed(facts.settings.initialFuel);
  writer.byte(END);
  if (depth === null) return;
  writer.bytes(I32, MUTABLE, I32_CONST);
  writer.signed(depth);
  writer.byte(END);
}

export function exportSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  const added = facts.settings.exportCounter;
  writer.u32(added === null ? count : count + 1);
  for (let left = count; reader !== null && left > 0; left -= 1) {
    const start = reader.position;
    if (reader.name() === added) throw new Refusal(`an export of the counter's name "${added}"`, start);
    const kind = reader.byte();
    if (kind >= EXPORTED_TAG) throw new Refusal('exceptions (an exported tag)', start);
    writer.copy(reader.bytes, start, reader.position);
    const index = reader.u32();
    writer.u32(kind === EXPORTED_FUNCTION ? facts.movedFunction(index) : index);
  }
  if (added === null) return;
  writer.text(added);
  writer.byte(EXPORTED_GLOBAL);
  writer.u32(facts.counter);
}

/** The three bits that say how an element segment is written. */
interface SegmentForm {
  readonly active: boolean;
  /** Bit 1: the table is named, or the segment is declarative. */
  readonly explicit: boolean;
  readonly expressions: boolean;
}

function segmentForm(reader: BinaryReader): SegmentForm & { readonly flags: number } {
  const offset = reader.position;
  const flags = reader.u32();
  if (flags > 7) throw new Refusal(`element segment of form ${flags}`, offset);
  return { flags, active: (flags & 1) === 0, explicit: (flags & 2) !== 0, expressions: (flags & 4) !== 0 };
}

function elementSegment(reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  const { flags, active, explicit, expressions } = segmentForm(reader);
  writer.u32(flags);
  if (active && explicit) writer.u32(reader.u32());
  if (active) constantExpression(reader, writer, facts);
  if (!active || explicit) writer.byte(expressions ? referenceType(reader) : reader.byte());
  const count = reader.u32();
  writer.u32(count);
  for (let left = count; left > 0; left -= 1) {
    if (expressions) constantExpression(reader, writer, facts);
    else writer.u32(facts.movedFunction(reader.u32()));
  }
}

export function elementSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  writer.u32(count);
  for (let left = count; reader !== null && left > 0; left -= 1) elementSegment(reader, writer, facts);
}

/** Data segments are only read, to refuse offsets outside the feature set. */
export function dataSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  writer.u32(count);
  for (let left = count; reader !== null && left > 0; left -= 1) {
    const offset = reader.position;
    const flags = reader.u32();
    if (flags > 2) throw new Refusal(`data segment of form ${flags}`, offset);
    writer.u32(flags);
    if (flags === 2) writer.u32(memoryZero(reader));
    if (flags !== 1) constantExpression(reader, writer, facts);
    const start = reader.position;
    reader.skip(reader.u32());
    writer.copy(reader.bytes, start, reader.position);
  }
}

function memoryZero(reader: BinaryReader): number {
  const offset = reader.position;
  const memory = reader.u32();
  if (memory !== 0) throw new Refusal('multi-memory (a memory other than 0)', offset);
  return memory;
}
