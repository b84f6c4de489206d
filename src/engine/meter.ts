import { type CostTable, checkCosts, operatorPrices, WASMTIME_COSTS } from './metering/costs.ts';
import { ModuleFacts } from './metering/module-facts.ts';
import { Refusal } from './metering/refusal.ts';
import { ModuleRewriter } from './metering/sections.ts';
import { checkedSettings } from './metering/settings.ts';
import { recursiveFunctions } from './metering/survey.ts';

/** Part of the cache key: changes whenever the same module is metered differently. */
export const METER_VERSION = 4;

export interface MeterOptions {
  /** The name under which the counter, a mutable i64 global that holds the fuel left, is exported. */
  readonly exportCounter?: string;
  /** An empty counter traps (`unreachable`), or calls the import `wattle.refuel (i64 left) -> (i64 left)`. */
  readonly onEmpty?: 'trap' | 'call';
  /** What the counter holds at first: a whole number from 0 to 2^53 - 1, 0 by default. */
  readonly initialFuel?: number;
  /** The memory's maximum is brought down to this many pages of 64 KiB: 0 to 65536. */
  readonly maximumPages?: number;
  /** The maximum of each table is brought down to this many elements: 0 to 2^32 - 1. */
  readonly maximumTableElements?: number;
  /**
   * How deep calls may be nested: 1 to 2^31 - 1; without it, calls are not counted. Each function that is being
   * executed takes 1, and 1 more for each further 16 words of 8 bytes that its parameters (three times) and locals
   * need. A function of usual size that calls no other of the module takes nothing. A call too deep traps at once,
   * before the callee takes any fuel: by `unreachable`, or by the import `wattle.exhausted () -> ()`, which must
   * throw. The depth is counted from the first call into an instance on, so an instance is to be called once.
   *
   * On V8's stacks for suspended runs (984 KB) at least 4,000 fit, in every tier of V8, so that this limit bites
   * before V8's own, whose depth depends on the tier; but not where a function holds dozens of operands while it
   * calls. `decisions/005` has the measurements; it recommends 2,000 as the default of a run and 4,000 as the most.
   */
  readonly maximumCallDepth?: number;
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

/**
 * Puts fuel metering into any core module of the feature set: MVP, sign extension, saturating
 * conversions, multi-value, mutable globals, bulk memory, reference types, SIMD and tail calls.
 * The module does what it did before; each straight run of code is paid before it is executed, with
 * what is sure to follow it where that saves a charge. A check that the counter is above zero stands at
 * each function entry, each loop header and before each bulk operation that is not small, so a budget
 * of N allows N - 1 at a check.
 */
export function meter(bytes: Uint8Array<ArrayBuffer>, options: MeterOptions = {}): MeterOutcome {
  const { costs = WASMTIME_COSTS, ...settings } = options;
  checkCosts(costs);
  const checked = checkedSettings(settings);
  const invalid = validationError(bytes);
  if (invalid !== null) return invalid;
  try {
    const recursive = checked.maximumCallDepth === null ? [] : recursiveFunctions(bytes);
    const facts = new ModuleFacts(checked, { table: costs, operators: operatorPrices(costs) }, recursive);
    return { ok: true, bytes: new ModuleRewriter(facts, bytes.length * 2 + 256).rewrite(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message, offset: error.offset };
    throw error;
  }
}

function validationError(bytes: Uint8Array<ArrayBuffer>): MeterOutcome | null {
  if (WebAssembly.validate(bytes)) return null;
  if (bytes.length === 0) return { ok: false, reason: 'not a valid module: it is empty', offset: 0 };
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
