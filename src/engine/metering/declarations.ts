import { EXHAUSTED_FUNCTION, HOST_FUNCTION, HOST_MODULE } from '../host-module.ts';
import type { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { type Parameters, typeWords } from './frame.ts';
import type { ModuleFacts } from './module-facts.ts';
import { Refusal } from './refusal.ts';
import { HANDED_PARAMETERS, type Recursive } from './survey.ts';
import { cappedLimits, I32, I64, referenceType, valueType } from './value-types.ts';

const FUNCTION_TYPE = 0x60;
const FUNCTION = 0x00;
const TABLE = 0x01;
const MEMORY = 0x02;
const GLOBAL = 0x03;
/** What V8 allows at all. */
const MOST_PAGES = 65_536;
const MOST_ELEMENTS = 10_000_000;

function readTypeList(reader: BinaryReader): Parameters {
  const count = reader.u32();
  let words = 0;
  for (let left = count; left > 0; left -= 1) words += typeWords(valueType(reader));
  return { count, words };
}

export function typeSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  const start = reader?.position ?? 0;
  for (let left = count; reader !== null && left > 0; left -= 1) {
    const offset = reader.position;
    const form = reader.byte();
    if (form !== FUNCTION_TYPE) throw new Refusal(`GC (type form 0x${form.toString(16)})`, offset);
    facts.parameters.push(readTypeList(reader));
    readTypeList(reader);
  }
  // As many types as imports and twins: one for each of them.
  writer.u32(count + facts.addedImports + facts.recursive.length);
  if (reader !== null) writer.copy(reader.bytes, start, reader.end);
  if (facts.callsHost) writer.bytes(FUNCTION_TYPE, 1, I64, 1, I64);
  if (facts.exhausted !== null) writer.bytes(FUNCTION_TYPE, 0, 0);
  if (reader !== null) for (const twin of facts.recursive) twinType(reader.bytes, writer, twin);
}

/** The type of the function itself, with fuel and depth behind its parameters, and the fuel behind its results. */
function twinType(bytes: Uint8Array, writer: BinaryWriter, { params, results }: Recursive): void {
  writer.byte(FUNCTION_TYPE);
  writer.u32(params.count + HANDED_PARAMETERS);
  writer.copy(bytes, params.start, params.end);
  writer.bytes(I64, I32);
  writer.u32(results.count + 1);
  writer.copy(bytes, results.start, results.end);
  writer.byte(I64);
}

function tableType(reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  writer.byte(referenceType(reader));
  const cap = facts.settings.maximumTableElements;
  facts.tableMaxima.push(cappedLimits(reader, writer, { cap, most: MOST_ELEMENTS, what: 'table' }));
}

function memoryType(reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  facts.memories += 1;
  if (facts.memories > 1) throw new Refusal('multi-memory (a second memory)', reader.position);
  const cap = facts.settings.maximumPages;
  facts.memoryMaximum = cappedLimits(reader, writer, { cap, most: MOST_PAGES, what: 'memory' });
}

function importedType(kind: number, reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  switch (kind) {
    case FUNCTION:
      facts.importedFunctions += 1;
      writer.u32(reader.u32());
      return;
    case TABLE:
      tableType(reader, writer, facts);
      return;
    case MEMORY:
      memoryType(reader, writer, facts);
      return;
    case GLOBAL:
      facts.globals += 1;
      writer.bytes(valueType(reader), reader.byte());
      return;
    default:
      throw new Refusal('exceptions (an imported tag)', reader.position);
  }
}

export function importSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  writer.u32(count + facts.addedImports);
  for (let left = count; reader !== null && left > 0; left -= 1) {
    const start = reader.position;
    if (reader.name() === HOST_MODULE) throw new Refusal(`an import from module "${HOST_MODULE}"`, start);
    reader.skip(reader.u32());
    const kind = reader.byte();
    writer.copy(reader.bytes, start, reader.position);
    importedType(kind, reader, writer, facts);
  }
  if (facts.callsHost) addedImport(writer, HOST_FUNCTION, facts.refuelType);
  if (facts.exhausted !== null) addedImport(writer, EXHAUSTED_FUNCTION, facts.exhaustedType);
}

function addedImport(writer: BinaryWriter, name: string, type: number): void {
  writer.text(HOST_MODULE);
  writer.text(name);
  writer.byte(FUNCTION);
  writer.u32(type);
}

export function functionSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  writer.u32(count + facts.recursive.length + (facts.callsHost ? 1 : 0));
  for (let left = count; reader !== null && left > 0; left -= 1) {
    const type = reader.u32();
    facts.functionTypes.push(type);
    writer.u32(type);
  }
  for (const order of facts.recursive.keys()) writer.u32(facts.twinType + order);
  if (facts.callsHost) writer.u32(facts.refuelType);
}

export function tableSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  writer.u32(count);
  for (let left = count; reader !== null && left > 0; left -= 1) {
    if (reader.bytes[reader.position] === 0x40) {
      throw new Refusal('typed function references (a table with an initial value)', reader.position);
    }
    tableType(reader, writer, facts);
  }
}

export function memorySection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  writer.u32(count);
  for (let left = count; reader !== null && left > 0; left -= 1) memoryType(reader, writer, facts);
}
