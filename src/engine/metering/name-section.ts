import type { BinaryReader } from './binary-reader.ts';
import { BinaryWriter } from './binary-writer.ts';
import type { ModuleFacts } from './module-facts.ts';

const FUNCTION_NAMES = 1;
/** Subsections whose outer index is a function: names of locals and of labels. */
const BY_FUNCTION: ReadonlySet<number> = new Set([2, 3]);

function skipNameMap(reader: BinaryReader): void {
  for (let left = reader.u32(); left > 0; left -= 1) {
    reader.skipNumber();
    reader.skip(reader.u32());
  }
}

function movedMap(reader: BinaryReader, facts: ModuleFacts, skipValue: () => void): BinaryWriter {
  const writer = new BinaryWriter(reader.end - reader.position + 16);
  const count = reader.u32();
  writer.u32(count);
  for (let left = count; left > 0; left -= 1) {
    writer.u32(facts.movedFunction(reader.u32()));
    const start = reader.position;
    skipValue();
    writer.copy(reader.bytes, start, reader.position);
  }
  return writer;
}

/** Copies the name section with its function indices moved. Throws a `Refusal` when it is malformed. */
export function nameSection(reader: BinaryReader, writer: BinaryWriter, facts: ModuleFacts): void {
  while (!reader.done) {
    const kind = reader.byte();
    const contents = reader.part(reader.u32());
    writer.byte(kind);
    if (kind === FUNCTION_NAMES) {
      writer.sized(movedMap(contents, facts, () => contents.skip(contents.u32())));
    } else if (BY_FUNCTION.has(kind)) {
      writer.sized(movedMap(contents, facts, () => skipNameMap(contents)));
    } else {
      writer.u32(contents.end - contents.position);
      writer.copy(contents.bytes, contents.position, contents.end);
    }
  }
}
