import { describe, expect, it } from 'vitest';
import { meter } from '../../src/engine/meter.ts';
import { WASMTIME_COSTS } from '../../src/engine/metering/costs.ts';
import { FUEL_CASES, WRAPPED_BY_START } from './fixtures/fuel-cases.ts';
import { callMetered, exported, fuelLeft, instance, metered, wasm } from './fixtures/wasm.ts';

const AMPLE = 10_000_000;

describe('meter', () => {
  it.each(FUEL_CASES)('counts fuel as Wasmtime does: $name', ({ wat, args, result, fuel }) => {
    expect(callMetered(wat, AMPLE, args)).toEqual({ fuel, result, trap: null });
  });

  it.each(FUEL_CASES)('ends within the same budgets as Wasmtime: $name', ({ wat, args, leastBudget }) => {
    expect(callMetered(wat, leastBudget, args).trap).toBeNull();
    expect(callMetered(wat, leastBudget - 1, args).trap).toBe('unreachable');
  });

  it.each([
    ['a loop of ten turns', 55],
    ['memory.fill of 100', 107],
    ['memory.copy of 100', 107],
    ['memory.init of 20', 27],
    ['table.grow of 100', 106],
  ])("agrees with the golden values of Wasmtime's own tests: %s", (name, golden) => {
    const wat = FUEL_CASES.find((entry) => entry.name === name)?.wat ?? '';
    expect(callMetered(wat, AMPLE).fuel + WRAPPED_BY_START).toBe(golden);
  });

  it('pays for what was executed before a trap', () => {
    const call = callMetered(
      '(module (func (export "run") (drop (i32.const 1)) (drop (i32.div_s (i32.const 1) (i32.const 0)))))',
      AMPLE,
    );
    expect(call).toEqual({ fuel: 5, result: undefined, trap: 'divide by zero' });
  });

  it('asks the import for more, and shows it exactly what is left', () => {
    const bytes = metered(
      wasm(`(module (func (export "run") (local $i i32) (local.set $i (i32.const 10))
        (loop $l (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))))`),
      { exportCounter: 'fuel', onEmpty: 'call', initialFuel: 20 },
    );
    const asked: bigint[] = [];
    const refuel = (left: bigint) => {
      asked.push(left);
      return 20n;
    };
    const exports = instance(bytes, { wattle: { refuel } });
    exported(exports, 'run')();
    // Entry and setting up cost 3, each turn 5: at the fifth header 23 are used, at the ninth 43.
    expect(asked).toEqual([-3n, 0n]);
    expect(43 + 20 - fuelLeft(exports)).toBe(53);
  });

  it('exports no counter and imports nothing unless told to', () => {
    const module = new WebAssembly.Module(metered(wasm('(module (func (export "run")))')));
    expect(WebAssembly.Module.exports(module)).toEqual([{ name: 'run', kind: 'function' }]);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  it.each([
    ['a branch for nothing', { operators: { br: 0 } }, 'br costs 1 to 65535, not 0'],
    ['calls for nothing, like all others', { operator: 0 }, 'br costs 1 to 65535, not 0'],
    [
      'a price below 0',
      { operators: { ...WASMTIME_COSTS.operators, 'i32.add': -1 } },
      'i32.add costs 0 to 65535, not -1',
    ],
    ['a free function entry', { functionEntry: 0 }, 'cost 1 to 65535, not 0'],
  ])('refuses a cost table with %s', (_, part, message) => {
    const costs = { ...WASMTIME_COSTS, ...part };
    expect(() => meter(wasm('(module)'), { costs })).toThrow(message);
  });

  it('follows another cost table', () => {
    const costs = { ...WASMTIME_COSTS, name: 'test', perByte: 3, operators: { 'i32.const': 7 } };
    const bytes = wasm(
      '(module (memory 1) (func (export "run") (param i32) (memory.fill (i32.const 0) (i32.const 0) (local.get 0))))',
    );
    const exports = instance(metered(bytes, { exportCounter: 'fuel', initialFuel: 1000, costs }));
    exported(exports, 'run')(10);
    expect(1000 - fuelLeft(exports)).toBe(1 + 2 * 7 + 1 + 1 + 30 + 1);
  });
});
