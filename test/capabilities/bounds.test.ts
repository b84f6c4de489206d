import { describe, expect, it } from 'vitest';
import { pureCapabilities } from '../../src/capabilities/pure.ts';
import { MAX_TEXT_BYTES } from '../../src/capabilities/text.ts';
import { MAX_ITEMS } from '../../src/capabilities/values.ts';
import type { HostValue } from '../../src/engine/port.ts';
import type { HostImport, HostParam } from '../../src/wat/types.ts';
import { openPure, type PureRun } from './open-capability.ts';

/**
 * A call takes at most about 0.4 s at its largest input, and most take some tens of ms. The tests allow many times
 * that, so that a busy machine passes and work that grows with the square of its input does not.
 */
const ALLOWED_MS = 5_000;

/** Texts of the largest size, on which readers and searches have most to do. */
const TEXTS: readonly string[] = ['x\n', '<a b="&amp;">', '[1,', '😀 A'].map((unit) =>
  unit.repeat(Math.floor(MAX_TEXT_BYTES / Buffer.byteLength(unit))),
);

/** The longest lists, as JSON: numbers, texts, tables. */
const LISTS: readonly string[] = [
  list(MAX_ITEMS, (index) => String((index * 7_919) % 100_003)),
  list(MAX_ITEMS, (index) => `"item number ${(index * 7_919) % 100_003}"`),
  list(15_000, (index) => `{"ab": "n${(index * 7_919) % 100_003}", "b": [1, 2]}`),
];

function list(length: number, item: (index: number) => string): string {
  return `[${Array.from({ length }, (_, index) => item(index)).join(',')}]`;
}

const functions = pureCapabilities
  .flatMap(({ imports }) => imports)
  .filter(({ hidden }) => hidden !== true)
  .map((signature) => ({ title: `${signature.capability}.${signature.name}`, signature }));

function argument({ type, default: given }: HostParam, large: HostValue, run: PureRun): HostValue {
  if (type === 'value') return typeof large === 'number' ? large : run.handle(['ab']);
  if (type === 'string' && typeof large === 'string') return large;
  if (type === 'bytes')
    return typeof large === 'string' ? new TextEncoder().encode(large) : new Uint8Array(2);
  if (given !== undefined && typeof given !== 'number') return given;
  if (type === 'i64') return 2n;
  if (type === 'bool') return true;
  return type === 'string' ? 'ab' : (given ?? 2);
}

/** Milliseconds of a call in which the first argument of the kind, the last, or all of them are large. */
function longest({ capability, name, params }: HostImport, large: (run: PureRun) => HostValue): number {
  const run = openPure();
  const value = large(run);
  let most = 0;
  for (const position of new Set([0, params.length - 1, params.length])) {
    const args = params.map((param, index) =>
      argument(param, index === position || position === params.length ? value : false, run),
    );
    const began = performance.now();
    run.call(`${capability}.${name}`, ...args);
    most = Math.max(most, performance.now() - began);
  }
  return most;
}

describe('the largest input', () => {
  it.each(functions.filter(({ signature }) => takes(signature, ['string', 'bytes'])))(
    '$title works through large texts in bounded time',
    ({ signature }) => {
      for (const text of TEXTS) expect(longest(signature, () => text)).toBeLessThan(ALLOWED_MS);
    },
  );

  it.each(functions.filter(({ signature }) => takes(signature, ['value'])))(
    '$title works through long lists in bounded time',
    ({ signature }) => {
      for (const text of LISTS) {
        expect(longest(signature, (run) => Number(run.get('json.parse', text)))).toBeLessThan(ALLOWED_MS);
      }
    },
  );
});

function takes({ params }: HostImport, types: readonly string[]): boolean {
  return params.some(({ type }) => types.includes(type));
}
