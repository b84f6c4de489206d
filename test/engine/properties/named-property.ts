import fc from 'fast-check';
import { type MeterOptions, meter } from '../../../src/engine/meter.ts';
import { FuelCount, type FuelRules, WASMTIME_RULES, type WhenEmpty } from './fuel-rules.ts';
import { TooLong } from './interpreter.ts';
import { type Interpreted, interpret } from './observation.ts';
import type { Case } from './program-arbitrary.ts';

export interface Settings {
  readonly numRuns: number;
  /** The same seed tries the same cases; a failure's report names it. */
  readonly seed: number;
}

/**
 * Something that holds for all programs. Where it does not, `check` throws a report of the smallest case
 * that was found, or rejects with it; else it may answer how the cases were spread.
 */
export interface NamedProperty {
  readonly name: string;
  readonly check: (settings: Settings) => unknown;
}

export function holds<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  predicate: (value: T) => void,
): NamedProperty {
  const property = fc.property(arbitrary, predicate);
  return { name, check: (settings) => fc.assert(property, settings) };
}

/** Meters what must be meterable. */
export function meteredOf(bytes: Uint8Array<ArrayBuffer>, options: MeterOptions): Uint8Array<ArrayBuffer> {
  const outcome = meter(bytes, options);
  if (!outcome.ok) throw new Error(`not metered: ${outcome.reason} at ${outcome.offset}`);
  return outcome.bytes;
}

interface Terms {
  readonly rules?: FuelRules;
  readonly budget?: number;
  readonly whenEmpty?: WhenEmpty;
  /** How deep calls may be nested. */
  readonly depth?: number;
}

/** What the interpreter says of a case. One that takes it too long is left out. */
export function expected({ program, args }: Case, terms: Terms = {}): Interpreted {
  const { rules = WASMTIME_RULES, budget = Number.POSITIVE_INFINITY, whenEmpty, depth } = terms;
  try {
    return interpret(program, args, new FuelCount(rules, budget, whenEmpty), depth);
  } catch (error) {
    if (error instanceof TooLong) return fc.pre(false) as never;
    throw error;
  }
}
