import { type ByteCursor, Unproven } from './byte-cursor.ts';

/**
 * What follows each opcode, a letter each: `.` nothing, `n` a number, `N` two numbers, `m` alignment
 * and offset, `l` those and a lane, `1` `4` `8` `V` that many (16) bytes, `b` a block type, `h` a heap
 * type, `t` a branch table, `v` a list of types, `!` not in the feature set.
 */
const PLAIN = [
  /* 00 */ '..bbb.!!!!!.nnt.',
  /* 10 */ 'nNnN!!!!!!..v!!!',
  /* 20 */ 'nnnnnnn!mmmmmmmm',
  /* 30 */ 'mmmmmmmmmmmmmmmn',
  /* 40 */ 'nnn48'.padEnd(16, '.'),
  /* 50 */ '.'.repeat(7 * 16),
  /* c0 */ '.....'.padEnd(16, '!'),
  /* d0 */ 'h.n'.padEnd(16, '!'),
  /* e0 */ '!'.repeat(2 * 16),
].join('');

const MISC = '........NnNnNnNnnn';

const VECTOR = [
  /* 00 */ 'mmmmmmmmmmmmVV..',
  /* 10 */ '.....11111111111',
  /* 20 */ '111'.padEnd(16, '.'),
  /* 30 */ '.'.repeat(2 * 16),
  /* 50 */ '....llllllllmm..',
  /* 60 */ '.'.repeat(10 * 16),
].join('');

export const MISC_PREFIX = 0xfc;
const VECTOR_PREFIX = 0xfd;
const EMPTY = 0x40;
const SINGLE_BYTE = 0x80;
const MEMORY_FLAG = 0x40;

/** Passes over the immediates of the opcode that was just read. */
export function passImmediates(cursor: ByteCursor, opcode: number): void {
  const start = cursor.at - 1;
  const shape = shapeOf(cursor, opcode);
  if (shape === '.') return;
  if (shape === 'n') cursor.signed();
  else if (shape === 'm') passMemoryArgument(cursor);
  else passRare(cursor, shape, start);
}

function shapeOf(cursor: ByteCursor, opcode: number): string | undefined {
  if (opcode === MISC_PREFIX) return MISC[cursor.unsigned()];
  if (opcode === VECTOR_PREFIX) return VECTOR[cursor.unsigned()];
  return PLAIN[opcode];
}

function passMemoryArgument(cursor: ByteCursor): void {
  const start = cursor.at;
  if (cursor.unsigned() >= MEMORY_FLAG) throw new Unproven('a second memory', start);
  cursor.unsigned();
}

export function passBlockType(cursor: ByteCursor): void {
  const first = cursor.bytes[cursor.at] ?? 0;
  if (first === EMPTY) cursor.move(1);
  else if (first > EMPTY && first < SINGLE_BYTE) cursor.type();
  else if (cursor.signed() < 0) throw new Unproven('a block type that is not known', cursor.at);
}

function passRare(cursor: ByteCursor, shape: string | undefined, start: number): void {
  switch (shape) {
    case 'N':
      cursor.signed();
      cursor.signed();
      return;
    case 'b':
      passBlockType(cursor);
      return;
    case 't':
      for (let left = cursor.unsigned(); left >= 0; left -= 1) cursor.unsigned();
      return;
    case 'v':
      for (let left = cursor.unsigned(); left > 0; left -= 1) cursor.type();
      return;
    case 'h':
      cursor.type();
      return;
    case 'l':
      passMemoryArgument(cursor);
      cursor.move(1);
      return;
    case 'V':
      cursor.move(16);
      return;
    case '1':
    case '4':
    case '8':
      cursor.move(Number(shape));
      return;
    default:
      throw new Unproven('an operator outside the feature set', start);
  }
}
