import type { BinaryReader } from './binary-reader.ts';
import type { BinaryWriter } from './binary-writer.ts';
import { Refusal } from './refusal.ts';

export const I32 = 0x7f;
export const I64 = 0x7e;
export const V128 = 0x7b;
export const EMPTY_BLOCK = 0x40;

const NUMBERS_AND_VECTORS: ReadonlySet<number> = new Set([I32, I64, 0x7d, 0x7c, V128]);
const REFERENCES: ReadonlySet<number> = new Set([0x70, 0x6f]);
const EXCEPTION_REFERENCES: ReadonlySet<number> = new Set([0x69, 0x74]);

function refuseType(code: number, offset: number): never {
  const feature = EXCEPTION_REFERENCES.has(code) ? 'exceptions' : 'GC';
  throw new Refusal(`${feature} (type 0x${code.toString(16)})`, offset);
}

export function referenceType(reader: BinaryReader): number {
  const offset = reader.position;
  const code = reader.byte();
  if (!REFERENCES.has(code)) refuseType(code, offset);
  return code;
}

export function valueType(reader: BinaryReader): number {
  const offset = reader.position;
  const code = reader.byte();
  if (!NUMBERS_AND_VECTORS.has(code) && !REFERENCES.has(code)) refuseType(code, offset);
  return code;
}

/** Empty, one value type, or the index of a function type. */
export function blockType(reader: BinaryReader): void {
  const offset = reader.position;
  const first = reader.bytes[offset] ?? 0;
  if (first === EMPTY_BLOCK) {
    reader.skip(1);
  } else if (first < 0x80 && first > EMPTY_BLOCK) {
    valueType(reader);
  } else if (reader.s33() < 0) {
    throw new Refusal('GC (a block type)', offset);
  }
}

export interface Limits {
  readonly minimum: number;
  readonly maximum: number | null;
}

/** The size of a memory or table; shared and 64-bit ones are refused. */
export function limits(reader: BinaryReader): Limits {
  const offset = reader.position;
  const flags = reader.byte();
  if (flags >= 0x04) throw new Refusal(`memory64 (limits 0x${flags.toString(16)})`, offset);
  if (flags >= 0x02) throw new Refusal('threads (shared memory)', offset);
  const minimum = reader.u32();
  return { minimum, maximum: flags === 1 ? reader.u32() : null };
}

/**
 * Reads limits and writes them with a maximum of no more than `cap`. Answers the maximum that there is
 * then, `most` being what the engine allows at all.
 */
export function cappedLimits(
  reader: BinaryReader,
  writer: BinaryWriter,
  bound: { readonly cap: number | null; readonly most: number; readonly what: string },
): number {
  const offset = reader.position;
  const { minimum, maximum } = limits(reader);
  const { cap, most, what } = bound;
  if (cap !== null && minimum > cap) {
    throw new Refusal(`a ${what} that starts with ${minimum}; at most ${cap} allowed`, offset);
  }
  const capped = cap === null ? maximum : Math.min(cap, maximum ?? cap);
  writer.byte(capped === null ? 0 : 1);
  writer.u32(minimum);
  if (capped !== null) writer.u32(capped);
  return Math.min(capped ?? most, most);
}
