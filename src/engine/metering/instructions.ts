import type { BinaryReader } from './binary-reader.ts';
import { foreignFeature, MISC_OPERATORS, OPERATORS, type Operator, VECTOR_OPERATORS } from './opcodes.ts';
import { Refusal } from './refusal.ts';
import { blockType, referenceType, valueType } from './value-types.ts';

const MISC_PREFIX = 0xfc;
const VECTOR_PREFIX = 0xfd;
const MEMORY_INDEX_FLAG = 0x40;

/** The operator at the reader's position; the reader goes on to its immediates. */
export function readOperator(reader: BinaryReader): Operator {
  const offset = reader.position;
  const first = reader.byte();
  const plain = OPERATORS[first];
  if (plain !== undefined) return plain;
  if (first !== MISC_PREFIX && first !== VECTOR_PREFIX) throw new Refusal(foreignFeature(0, first), offset);
  const code = reader.u32();
  const operator = (first === MISC_PREFIX ? MISC_OPERATORS : VECTOR_OPERATORS)[code];
  if (operator === undefined) throw new Refusal(foreignFeature(first, code), offset);
  return operator;
}

function onlyMemory(reader: BinaryReader): void {
  const offset = reader.position;
  if (reader.u32() !== 0) throw new Refusal('multi-memory (a memory other than 0)', offset);
}

function memoryArgument(reader: BinaryReader): void {
  const offset = reader.position;
  if (reader.u32() >= MEMORY_INDEX_FLAG) throw new Refusal('multi-memory (a memory other than 0)', offset);
  reader.skipNumber();
}

function each(count: number, read: () => void): void {
  for (let index = 0; index < count; index += 1) read();
}

/** Passes over the immediates of an operator. */
export function skipImmediate(reader: BinaryReader, operator: Operator): void {
  switch (operator.immediate) {
    case 'none':
      return;
    case 'index':
    case 'label':
    case 'function':
    case 'i32':
    case 'i64':
      reader.skipNumber();
      return;
    case 'memarg':
      memoryArgument(reader);
      return;
    case 'blockType':
      blockType(reader);
      return;
    case 'twoIndices':
      reader.skipNumber();
      reader.skipNumber();
      return;
    case 'labels':
      each(reader.u32() + 1, () => reader.skipNumber());
      return;
    case 'memory':
      onlyMemory(reader);
      return;
    default:
      skipRareImmediate(reader, operator);
      return;
  }
}

function skipRareImmediate(reader: BinaryReader, operator: Operator): void {
  switch (operator.immediate) {
    case 'twoMemories':
      onlyMemory(reader);
      onlyMemory(reader);
      return;
    case 'indexMemory':
      reader.skipNumber();
      onlyMemory(reader);
      return;
    case 'memargLane':
      memoryArgument(reader);
      reader.skip(1);
      return;
    case 'lane':
      reader.skip(1);
      return;
    case 'f32':
      reader.skip(4);
      return;
    case 'f64':
      reader.skip(8);
      return;
    case 'v128':
      reader.skip(16);
      return;
    case 'valueTypes':
      each(reader.u32(), () => valueType(reader));
      return;
    case 'heapType':
      referenceType(reader);
      return;
    default:
      throw new Refusal(`operator ${operator.name}`, reader.position);
  }
}
