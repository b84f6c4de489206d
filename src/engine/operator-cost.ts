import { ALL_OPERATORS, type Flow, OPERATOR_IDS, type Operator } from './metering/opcodes.ts';

/** What an operator may cost V8's single-pass compiler, in nanoseconds: measured once metered, and rounded up. */
interface Cost {
  /** By itself. */
  readonly flat: number;
  /** For each slot, a local or an operand, that the function has there. */
  readonly slot: number;
}

/** Notes where every slot is kept, so it counts for the memory too. */
const HOLDS: Cost = { flat: 250, slot: 40 };
/** Metering adds a check with a call to it. */
const CHECKS: Cost = { flat: 2_000, slot: 40 };
/** Moves slots to where the other ways to the same place expect them. */
const MERGES: Cost = { flat: 250, slot: 10 };
/** Metering adds a check by size. */
const SIZED: Cost = { flat: 2_000, slot: 10 };
/** Saves each slot that is in a register. */
const CALLS: Cost = { flat: 600, slot: 1 };
/** May go through all slots for the one that is to leave its register. */
const PLAIN: Cost = { flat: 20, slot: 1 };
/** Needs no register; a block has paid for its end. */
const FREE: Cost = { flat: 0, slot: 0 };
const FREE_NAMES: ReadonlySet<string> = new Set(['i32.const', 'drop', 'nop', 'end']);

const BY_FLOW: Readonly<Record<Flow, Cost>> = {
  plain: PLAIN,
  block: HOLDS,
  if: HOLDS,
  loop: CHECKS,
  growMemory: CHECKS,
  growTable: CHECKS,
  else: MERGES,
  leave: MERGES,
  bulkBytes: SIZED,
  bulkElements: SIZED,
  call: CALLS,
  end: FREE,
};

/** For each slot, by the operator's id. */
export const SLOT_COST: Uint16Array = listed('slot');

/** By itself, by the operator's id. */
export const FLAT_COST: Uint16Array = listed('flat');

export const MOST_COST: Cost = CHECKS;

/** For each slot, and each label of a `br_table`. */
export const LABEL_COST = 2;

function listed(part: keyof Cost): Uint16Array {
  const costs = new Uint16Array(OPERATOR_IDS);
  for (const operator of ALL_OPERATORS) costs[operator.id] = costOf(operator)[part];
  return costs;
}

function costOf({ name, flow }: Operator): Cost {
  return FREE_NAMES.has(name) ? FREE : BY_FLOW[flow];
}
