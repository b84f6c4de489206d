import { BinaryReader } from './binary-reader.ts';
import { BinaryWriter } from './binary-writer.ts';
import { writeRefuelBody } from './charge-code.ts';
import { functionSection, importSection, memorySection, tableSection, typeSection } from './declarations.ts';
import { type BodyForm, meterBody } from './function-body.ts';
import { dataSection, elementSection, exportSection, globalSection } from './initialisers.ts';
import type { ModuleFacts } from './module-facts.ts';
import { nameSection } from './name-section.ts';
import { Refusal } from './refusal.ts';

const HEADER_SIZE = 8;
const CUSTOM = 0;
const START = 8;
const TAG = 13;

type Rewrite = (reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts) => void;

function codeSection(reader: BinaryReader | null, writer: BinaryWriter, facts: ModuleFacts): void {
  const count = reader?.u32() ?? 0;
  const body = new BinaryWriter();
  writer.u32(count + facts.recursive.length + (facts.callsHost ? 1 : 0));
  const add = (source: BinaryReader, form: BodyForm) => {
    body.clear();
    meterBody(source, body, facts, form);
    writer.sized(body);
  };
  for (let place = 0; reader !== null && place < count; place += 1) {
    add(reader.part(reader.u32()), { place, twin: null });
  }
  for (const twin of facts.recursive) {
    if (reader !== null)
      add(new BinaryReader(reader.bytes, twin.start, twin.end), { place: twin.place, twin });
  }
  if (!facts.callsHost) return;
  body.clear();
  writeRefuelBody(body, facts.counter, facts.hostFunction);
  writer.sized(body);
}

function dataCountSection(reader: BinaryReader | null, writer: BinaryWriter): void {
  if (reader !== null) writer.u32(reader.u32());
}

interface KnownSection {
  readonly id: number;
  readonly rewrite: Rewrite;
  /** Whether it is written even when the module has none. */
  readonly needed: (facts: ModuleFacts) => boolean;
}

const never = () => false;
const always = () => true;
const forHostCalls = (facts: ModuleFacts) => facts.callsHost;

/** In the order in which they stand in a module. */
const SECTIONS: readonly KnownSection[] = [
  { id: 1, rewrite: typeSection, needed: forHostCalls },
  { id: 2, rewrite: importSection, needed: forHostCalls },
  { id: 3, rewrite: functionSection, needed: forHostCalls },
  { id: 4, rewrite: tableSection, needed: never },
  { id: 5, rewrite: memorySection, needed: never },
  { id: 6, rewrite: globalSection, needed: always },
  { id: 7, rewrite: exportSection, needed: (facts) => facts.settings.exportCounter !== null },
  { id: 9, rewrite: elementSection, needed: never },
  { id: 12, rewrite: dataCountSection, needed: never },
  { id: 10, rewrite: codeSection, needed: forHostCalls },
  { id: 11, rewrite: dataSection, needed: never },
];

/** Custom sections that point into the code, which moves. */
const CODE_OFFSETS = /^(metadata\.code\.|\.debug_|reloc\.|linking$|sourceMappingURL$|external_debug_info$)/;

function copyCustom(reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  const start = reader.position;
  const name = reader.name();
  if (CODE_OFFSETS.test(name)) return;
  const contents = new BinaryWriter(reader.end - start + 64);
  contents.copy(reader.bytes, start, reader.position);
  if (name !== 'name') {
    contents.copy(reader.bytes, reader.position, reader.end);
  } else if (!copyNames(reader, contents, facts)) {
    return;
  }
  writer.byte(CUSTOM);
  writer.sized(contents);
}

/** Answers false for a malformed name section, which every engine ignores: it is left out. */
function copyNames(reader: BinaryReader, contents: BinaryWriter, facts: ModuleFacts): boolean {
  try {
    nameSection(reader, contents, facts);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function refuseSection(id: number, offset: number): never {
  if (id === START) throw new Refusal('a start function', offset);
  if (id === TAG) throw new Refusal('exceptions (a tag section)', offset);
  throw new Refusal(`unknown section ${id}`, offset);
}

/** Rewrites a module section by section, in order, with the missing ones that are needed put in. */
export class ModuleRewriter {
  readonly #facts: ModuleFacts;
  readonly #writer: BinaryWriter;
  #next = 0;

  constructor(facts: ModuleFacts, capacity: number) {
    this.#facts = facts;
    this.#writer = new BinaryWriter(capacity);
  }

  rewrite(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const reader = new BinaryReader(bytes);
    this.#writer.copy(bytes, 0, HEADER_SIZE);
    reader.skip(HEADER_SIZE);
    while (!reader.done) {
      const offset = reader.position;
      const id = reader.byte();
      const contents = reader.part(reader.u32());
      if (id === CUSTOM) copyCustom(contents, this.#writer, this.#facts);
      else this.#known(id, contents, offset);
    }
    this.#missingBefore(SECTIONS.length);
    return this.#writer.toBytes();
  }

  #known(id: number, contents: BinaryReader, offset: number): void {
    const rank = SECTIONS.findIndex((section) => section.id === id);
    const section = SECTIONS[rank];
    if (section === undefined) refuseSection(id, offset);
    this.#missingBefore(rank);
    this.#write(section, contents);
    this.#next = rank + 1;
  }

  #missingBefore(rank: number): void {
    for (const section of SECTIONS.slice(this.#next, rank)) {
      if (section.needed(this.#facts)) this.#write(section, null);
    }
    this.#next = Math.max(this.#next, rank);
  }

  #write(section: KnownSection, reader: BinaryReader | null): void {
    const contents = new BinaryWriter(reader === null ? 64 : (reader.end - reader.position) * 2 + 64);
    section.rewrite(reader, contents, this.#facts);
    this.#writer.byte(section.id);
    this.#writer.sized(contents);
  }
}
