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

function listPrices(table: CostTable): Float64Array {
  const prices = new Float64Array(OPERATOR_IDS);
  for (const { id, name } of ALL_OPERATORS) prices[id] = table.operators[name] ?? table.operator;
  return prices;
}

/** Listed once: that would be an eighth of the time in which a small module is metered. */
const WASMTIME_PRICES = listPrices(WASMTIME_COSTS);

/** The flat price of each operator, by its id; to be read only. */
export function operatorPrices(table: CostTable): Float64Array {
  return table === WASMTIME_COSTS ? WASMTIME_PRICES : listPrices(table);
}

const MOST_PRICE = 65_535;
/** What a cycle is made of: each turn or call must cost something. */
const JUMPS: readonly string[] = [
  ...['br', 'br_if', 'br_table'],
  ...['call', 'call_indirect', 'return_call', 'return_call_indirect'],
];

/**
 * Throws a `RangeError` for prices that are no use. With these bounds no sum of charges can pass 63 bits between
 * two checks, so fuel cannot be minted, and whatever goes on for ever takes fuel for ever.
 */
export function checkCosts({ name, functionEntry, operator, operators, ...rates }: CostTable): void {
  const { perByte, perElement, perPage } = rates;
  for (const price of [functionEntry, perByte, perElement, perPage]) {
    if (!isPrice(price, 1)) {
      throw new RangeError(
        `cost table ${name}: a function entry and a rate by size cost 1 to ${MOST_PRICE}, not ${price}`,
      );
    }
  }
  const moving = JUMPS.map((jump) => [jump, operators[jump] ?? operator] as const);
  for (const [what, price] of [...Object.entries(operators), ['an operator', operator] as const, ...moving]) {
    const least = JUMPS.includes(what) ? 1 : 0;
    if (!isPrice(price, least)) {
      throw new RangeError(`cost table ${name}: ${what} costs ${least} to ${MOST_PRICE}, not ${price}`);
    }
  }
}

function isPrice(price: number, least: number): boolean {
  return Number.isInteger(price) && price >= least && price <= MOST_PRICE;
}
