import { ALL_OPERATORS, OPERATOR_IDS } from './opcodes.ts';

/** What each operator costs in fuel. */
export interface CostTable {
  /** Part of the cache key: a changed table gets a new name. */
  readonly name: string;
  /** 1 to 65535. */
  readonly functionEntry: number;
  /** The price of every operator that `operators` does not name: 0 to 65535, for branches and calls at least 1. */
  readonly operator: number;
  readonly operators: Readonly<Record<string, number>>;
  /** For each byte of `memory.copy`, `memory.fill` and `memory.init`, on top of the operator: 1 to 65535. */
  readonly perByte: number;
  /** For each element of `table.copy`, `table.fill`, `table.init` and `table.grow`, likewise. */
  readonly perElement: number;
  /** For each page of `memory.grow`, likewise. Growing past the maximum costs no more than the operator. */
  readonly perPage: number;
  /** A bulk operation whose constant size costs no more than this is not checked by itself. */
  readonly uncheckedBulk: number;
}

/** What Wasmtime 49 charges by default: a flat price and a price by size. */
export const WASMTIME_COSTS: CostTable = Object.freeze({
  name: 'wasmtime-49',
  functionEntry: 1,
  operator: 1,
  operators: Object.freeze({
    unreachable: 0,
    nop: 0,
    block: 0,
    loop: 0,
    else: 0,
    end: 0,
    return: 0,
    drop: 0,
  }),
  perByte: 1,
  perElement: 1,
  perPage: 1,
  uncheckedBulk: 128,
});

/** The flat price of each operator, by its id. */
export function operatorPrices(table: CostTable): Float64Array {
  const prices = new Float64Array(OPERATOR_IDS);
  for (const { id, name } of ALL_OPERATORS) prices[id] = table.operators[name] ?? table.operator;
  return prices;
}
