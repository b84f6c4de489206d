import { ALL_OPERATORS, type Flow, OPERATOR_IDS, type Operator } from './metering/opcodes.ts';

/** Each of these notes where every slot is kept, so it counts for the memory too; so do the loops that metering adds. */
const HOLDS: ReadonlySet<Flow> = new Set(['block', 'loop', 'if', 'growMemory', 'growTable']);
/** Each of these moves slots to where the other ways to the same place expect them. */
const MERGES: ReadonlySet<Flow> = new Set(['else', 'leave', 'bulkBytes', 'bulkElements']);
/** They need no register, so that none has to be looked for among all slots; a block has paid for its end. */
const FREE: ReadonlySet<string> = new Set(['i32.const', 'drop', 'nop', 'end']);

export const MOST_SLOT_COST = 40;

/**
 * What an operator may cost V8's single-pass compiler for each slot, a local or an operand, that the function has
 * there: nanoseconds, measured and rounded up, by the operator's id. Calls save each slot that is in a register, and
 * any operator that needs a register may go through all slots for the one that is to leave it.
 */
export const SLOT_COST: Uint8Array = slotCosts();

/** For each label of a `br_table`. */
export const LABEL_COST = 2;

function slotCosts(): Uint8Array {
  const costs = new Uint8Array(OPERATOR_IDS);
  for (const operator of ALL_OPERATORS) costs[operator.id] = costOf(operator);
  return costs;
}

function costOf({ name, flow }: Operator): number {
  if (HOLDS.has(flow)) return MOST_SLOT_COST;
  if (MERGES.has(flow)) return 10;
  return FREE.has(name) ? 0 : 1;
}
