import { type ByteCursor, Unproven } from './byte-cursor.ts';
import type { Grown } from './counter-code.ts';
import { MISC_PREFIX, passImmediates } from './immediates.ts';

const MEMORY_GROW = 0x40;
/** `table.grow`, behind the prefix of its kind. */
const TABLE_GROW = 15;

/** Passes over the operation that was just paid by its size. */
export function passBulk(cursor: ByteCursor): void {
  const { at } = cursor;
  if (cursor.next() !== MISC_PREFIX) throw new Unproven('a charge by size for nothing', at);
  passImmediates(cursor, MISC_PREFIX);
}

/** Passes over the operator that grows what was just paid for. */
export function passGrowth(cursor: ByteCursor, grown: Grown): void {
  const { at } = cursor;
  const opcode = cursor.next();
  const operation = opcode === MISC_PREFIX ? cursor.unsigned() : null;
  const index = cursor.unsigned();
  const fits =
    grown === 'memory' ? opcode === MEMORY_GROW && index === 0 : operation === TABLE_GROW && index === grown;
  if (!fits) throw new Unproven('a charge for growth without growth', at);
}
