import { type CostTable, operatorPrices, WASMTIME_COSTS } from './metering/costs.ts';
import { type MeterSettings, ModuleFacts } from './metering/module-facts.ts';
import { Refusal } from './metering/refusal.ts';
import { ModuleRewriter } from './metering/sections.ts';

/** Part of the cache key: changes whenever the same module is metered differently. */
export const METER_VERSION = 2;

export interface MeterOptions {
  /** The name under which the counter, a mutable i64 global that holds the fuel left, is exported. */
  readonly exportCounter?: string;
  /** An empty counter traps (`unreachable`), or calls the import `wattle.refuel (i64 left) -> (i64 left)`. */
  readonly onEmpty?: 'trap' | 'call';
  /** What the counter holds at first: a whole number, 0 by default. */
  readonly initialFuel?: number;
  /** The memory's maximum is brought down to this many pages of 64 KiB. */
  readonly maximumPages?: number;
  /** The maximum of each table is brought down to this many elements. */
  readonly maximumTableElements?: number;
  readonly costs?: CostTable;
}

export type MeterOutcome =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly ok: false;
      /** What the module uses that is not in the feature set, by name. */
      readonly reason: string;
      /** Where, in the bytes that were given. */
      readonly offset: number;
    };

const MOST_PRICE = 65_535;
/** What a cycle is made of: each turn or call must cost something. */
const JUMPS: readonly string[] = [
  ...['br', 'br_if', 'br_table'],
  ...['call', 'call_indirect', 'return_call', 'return_call_indirect'],
];

/**
 * Puts fuel metering into any core module of the feature set: MVP, sign extension, saturating
 * conversions, multi-value, mutable globals, bulk memory, reference types, SIMD and tail calls.
 * The module does what it did before; each straight run of code is paid before it is executed, with
 * what is sure to follow it where that saves a charge. A check that the counter is above zero stands at
 * each function entry, each loop header and before each bulk operation that is not small, so a budget
 * of N allows N - 1 at a check.
 */
export function meter(bytes: Uint8Array<ArrayBuffer>, options: MeterOptions = {}): MeterOutcome {
  const costs = options.costs ?? WASMTIME_COSTS;
  checkCosts(costs);
  const invalid = validationError(bytes);
  if (invalid !== null) return invalid;
  const facts = new ModuleFacts(settingsOf(options), { table: costs, operators: operatorPrices(costs) });
  try {
    return { ok: true, bytes: new ModuleRewriter(facts, bytes.length * 2 + 256).rewrite(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message, offset: error.offset };
    throw error;
  }
}

function settingsOf(options: MeterOptions): MeterSettings {
  return {
    exportCounter: options.exportCounter ?? null,
    onEmpty: options.onEmpty ?? 'trap',
    initialFuel: options.initialFuel ?? 0,
    maximumPages: options.maximumPages ?? null,
    maximumTableElements: options.maximumTableElements ?? null,
  };
}

/**
 * With these bounds no sum of charges can pass 63 bits between two checks, so fuel cannot be minted, and
 * whatever goes on for ever takes fuel for ever.
 */
function checkCosts({ name, functionEntry, operator, operators, ...rates }: CostTable): void {
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

function validationError(bytes: Uint8Array<ArrayBuffer>): MeterOutcome | null {
  if (WebAssembly.validate(bytes)) return null;
  try {
    new WebAssembly.Module(bytes);
    return null;
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    const message = error.message.replace(/^WebAssembly\.Module\(\): /, '').replace(/ @\+\d+$/, '');
    const offset = Number(/@\+(\d+)$/.exec(error.message)?.[1] ?? 0);
    return { ok: false, reason: `not a valid module: ${message}`, offset };
  }
}
