import type { BinaryReader } from './binary-reader.ts';
import { V128, valueType } from './value-types.ts';

/** Words of a frame for each unit of weight. */
const WORDS_PER_WEIGHT = 16;
/** A parameter lies in the frame, and may lie on the stack beside it twice: as it comes, and as it is handed on. */
const PARAMETER_WORDS = 3;
/** A function that calls none of the module needs no count up to this weight: nothing lies below it. */
export const UNCOUNTED_WEIGHT = 16;

/** Parameters of a function type. */
export interface Parameters {
  readonly count: number;
  /** Room that they take, in words of 8 bytes. */
  readonly words: number;
}

/** The locals of one function. */
export interface Frame {
  /** Parameters and locals. */
  readonly locals: number;
  /** Room that they may take on V8's stack, in words of 8 bytes. */
  readonly words: number;
  readonly groups: number;
  /** Range of the groups themselves. */
  readonly start: number;
  readonly end: number;
}

export function typeWords(type: number): number {
  return type === V128 ? 2 : 1;
}

/** Reads the groups of locals. */
export function readFrame(
  reader: BinaryReader,
  { count, words: given }: Parameters = { count: 0, words: 0 },
): Frame {
  const groups = reader.u32();
  const start = reader.position;
  let locals = count;
  let words = given * PARAMETER_WORDS;
  for (let left = groups; left > 0; left -= 1) {
    const size = reader.u32();
    locals += size;
    words += size * typeWords(valueType(reader));
  }
  return { locals, words, groups, start, end: reader.position };
}

/** How much a function's frame takes of the depth of calls: 1 for each started 16 words. */
export function frameWeight({ words }: Frame): number {
  return Math.max(1, Math.ceil(words / WORDS_PER_WEIGHT));
}
