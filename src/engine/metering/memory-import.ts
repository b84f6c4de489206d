import { BinaryReader } from './binary-reader.ts';
import { BinaryWriter } from './binary-writer.ts';
import { limits } from './value-types.ts';

/** Where a program's memory is imported from, so that its worker can lend it one. */
export const LENT_MODULE = 'wattle.lent';
export const LENT_MEMORY = 'memory';

/** The size of a memory in pages of 64 KiB. */
export interface MemoryShape {
  readonly initial: number;
  readonly maximum: number;
}

export interface MemoryImport {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The memory that the module now imports, behind its other imports; null when it defines none. */
  readonly memory: MemoryShape | null;
}

interface Section {
  readonly id: number;
  /** Of the whole section, its head included. */
  readonly start: number;
  readonly contents: BinaryReader;
}

const HEADER_SIZE = 8;
const IMPORT = 2;
const MEMORY = 5;
const MEMORY_KIND = 0x02;

/**
 * Makes the memory that a metered module defines one that it imports. Whatever names it stays as it is,
 * since a module has one memory at most. `bytes` must be what the meter gave: valid, and with a section of
 * imports and a maximum for the memory.
 */
export function importMemory(bytes: Uint8Array<ArrayBuffer>): MemoryImport {
  const sections = sectionsOf(bytes);
  const memory = definedMemory(sections);
  if (memory === null) return { bytes, memory };
  const writer = new BinaryWriter(bytes.length + 64);
  writer.copy(bytes, 0, HEADER_SIZE);
  for (const { id, start, contents } of sections) {
    if (id === IMPORT) writeImports(writer, contents, memory);
    else if (id !== MEMORY) writer.copy(bytes, start, contents.end);
  }
  return { bytes: writer.toBytes(), memory };
}

function sectionsOf(bytes: Uint8Array): readonly Section[] {
  const reader = new BinaryReader(bytes, HEADER_SIZE);
  const sections: Section[] = [];
  while (!reader.done) {
    const start = reader.position;
    const id = reader.byte();
    sections.push({ id, start, contents: reader.part(reader.u32()) });
  }
  return sections;
}

function definedMemory(sections: readonly Section[]): MemoryShape | null {
  const section = sections.find(({ id }) => id === MEMORY);
  if (section === undefined) return null;
  const { bytes, position, end } = section.contents;
  const reader = new BinaryReader(bytes, position, end);
  if (reader.u32() === 0) return null;
  const { minimum, maximum } = limits(reader);
  return maximum === null ? null : { initial: minimum, maximum };
}

function writeImports(writer: BinaryWriter, imports: BinaryReader, memory: MemoryShape): void {
  const contents = new BinaryWriter(imports.end - imports.position + 64);
  contents.u32(imports.u32() + 1);
  contents.copy(imports.bytes, imports.position, imports.end);
  contents.text(LENT_MODULE);
  contents.text(LENT_MEMORY);
  contents.bytes(MEMORY_KIND, 1);
  contents.u32(memory.initial);
  contents.u32(memory.maximum);
  writer.byte(IMPORT);
  writer.sized(contents);
}
