import { describe, expect, it } from 'vitest';
import { FUEL_CASES } from './fixtures/fuel-cases.ts';
import {
  attempt,
  callMetered,
  exported,
  fuelLeft,
  instance,
  metered,
  moduleOf,
  wasm,
} from './fixtures/wasm.ts';

const SLICE = 7;
const HOST = { wattle: { refuel: () => BigInt(SLICE) } };

/** Calls `run` with fuel in small slices, and counts what was used. */
function callInSlices(bytes: Uint8Array<ArrayBuffer>, argument: number) {
  let given = 0;
  const refuel = (left: bigint) => {
    given += SLICE - Number(left);
    return BigInt(SLICE);
  };
  const exports = instance(metered(bytes, { onEmpty: 'call', exportCounter: 'fuel' }), {
    wattle: { refuel },
  });
  const result: unknown = exported(exports, 'run')(argument);
  return { result, fuel: given - fuelLeft(exports) };
}

describe('a metered module', () => {
  it.each(FUEL_CASES)('gives what the plain one gives: $name', ({ wat, args = [] }) => {
    const plain = attempt(() => exported(instance(wasm(wat)), 'run')(...args));
    const bytes = metered(wasm(wat), { onEmpty: 'call' });
    expect(attempt(() => exported(instance(bytes, HOST), 'run')(...args))).toEqual(plain);
  });

  it('keeps wide branch tables, unreachable code and typed blocks', () => {
    const labels = Array.from({ length: 2_000 }, (_, index) => index % 3).join(' ');
    const wat = `(module (func (export "run") (param i32) (result i32)
      (block $a (block $b (block $c
        (br_table ${labels} (local.get 0))
        (drop (i32.add)) (unreachable))
        (return (i32.const 10)))
        (return (i32.const 20)))
      (local.get 0)
      (block (param i32) (result i32) (i32.const 1) (i32.add) (br 0) (i32.mul))))`;
    const plain = exported(instance(wasm(wat)), 'run');
    const run = exported(instance(metered(wasm(wat), { onEmpty: 'call' }), HOST), 'run');
    for (const index of [0, 1, 2, 1_999, 5_000]) expect(run(index)).toBe(plain(index));
  });

  it.each([
    [
      'branches out of a loop, by one label or many',
      `(module (func (export "run") (param i32) (result i32) (local $i i32)
        (block $a (block $b (block $c
          (loop $l
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $l (i32.lt_u (local.get $i) (local.get 0)))
            (block $in (br_if $c (i32.and (local.get $i) (i32.const 4))) (br_if $in (local.get 0)) (br $l))
            (br_table $l $a $b $c (i32.and (local.get $i) (i32.const 3)))))
          (return (i32.const 10)))
          (return (i32.const 20)))
        (local.get $i)))`,
    ],
    [
      'a loop with a result, left by falling through and by return',
      `(module (func (export "run") (param i32) (result i32)
        (loop $l (result i32)
          (if (i32.eq (local.get 0) (i32.const 3)) (then (return (i32.const 30))))
          (br_if $l (i32.gt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 2))) (i32.const 0)))
          (local.get 0))))`,
    ],
    [
      'a loop that takes what is on the stack',
      `(module (func (export "run") (param i32) (result i32)
        (local.get 0)
        (loop $l (param i32) (result i32)
          i32.const 1 i32.sub local.tee 0
          (br_if $l (i32.gt_s (local.get 0) (i32.const 0))))))`,
    ],
    [
      'loops within loops, and a reference to a function in one',
      `(module (func $f) (elem declare func $f) (func (export "run") (param i32) (result i32)
        (local $i i32) (local $j i32) (local $sum i32)
        (loop $outer
          (local.set $j (i32.const 0))
          (block $done (loop $inner
            (br_if $done (i32.ge_u (local.get $j) (local.get $i)))
            (local.set $sum (i32.add (local.get $sum) (ref.is_null (ref.func $f))))
            (if (i32.and (local.get $j) (i32.const 1))
              (then (local.set $sum (i32.add (local.get $sum) (local.get $j))))
              (else (br_if $done (i32.gt_u (local.get $sum) (i32.const 50)))))
            (local.set $j (i32.add (local.get $j) (i32.const 1)))
            (br $inner)))
          (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get 0))))
        (local.get $sum)))`,
    ],
  ])('does the same for the same fuel, whether it traps or calls when empty: %s', (_, wat) => {
    const bytes = wasm(wat);
    for (let argument = 0; argument < 12; argument += 1) {
      const { result, fuel } = callMetered(wat, 10_000, [argument]);
      expect(callInSlices(bytes, argument)).toEqual({ result, fuel });
      expect(result).toBe(exported(instance(bytes), 'run')(argument));
    }
  });

  it('has paid for each turn of a loop that traps', () => {
    // Each turn costs 10; the 17th traps in its load, behind 5 of them.
    const wat = `(module (memory 1) (func (export "run") (param i32)
      (loop $l (br_if 1 (i32.eqz (local.get 0))) (drop (i32.load (local.get 0)))
        (local.set 0 (i32.mul (local.get 0) (i32.const 2))) (br $l))))`;
    const { fuel, trap } = callMetered(wat, 10_000, [1]);
    expect(trap).toBe('memory access out of bounds');
    expect(fuel).toBeGreaterThanOrEqual(1 + 16 * 10 + 3 + 2);
    expect(fuel).toBeLessThanOrEqual(1 + 17 * 10);
  });

  it('has its memory and tables bounded', () => {
    const wat = `(module (memory (export "memory") 1) (table $t (export "table") 1 300 funcref)
      (func (export "memory-grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "table-grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0))))`;
    const bytes = metered(wasm(wat), { initialFuel: 10_000, maximumPages: 3, maximumTableElements: 10 });
    const exports = instance(bytes);
    expect(exported(exports, 'memory-grow')(3)).toBe(-1);
    expect(exported(exports, 'memory-grow')(2)).toBe(1);
    expect(exported(exports, 'table-grow')(10)).toBe(-1);
    expect(exported(exports, 'table-grow')(9)).toBe(1);
  });

  it('keeps a lower bound of its own', () => {
    const wat = '(module (memory 1 2) (func (export "run") (result i32) (memory.grow (i32.const 2))))';
    const bytes = metered(wasm(wat), { initialFuel: 100, maximumPages: 5 });
    expect(exported(instance(bytes), 'run')()).toBe(-1);
  });

  it('bounds an imported memory', () => {
    const bytes = metered(wasm('(module (import "h" "m" (memory 1)))'), { maximumPages: 3 });
    const link = (maximum: number) =>
      attempt(() => instance(bytes, { h: { m: new WebAssembly.Memory({ initial: 1, maximum }) } })).trap;
    expect(link(3)).toBeNull();
    expect(link(4)).toMatch(/maximum/);
  });

  it('is made of a module without any section', () => {
    expect(WebAssembly.validate(metered(moduleOf()))).toBe(true);
    expect(WebAssembly.validate(metered(moduleOf(), { onEmpty: 'call', exportCounter: 'fuel' }))).toBe(true);
  });

  it('drops custom sections that point into the code, and keeps the others', () => {
    const custom = (name: string) => [0, [name.length, ...Buffer.from(name), 1, 2, 3]] as const;
    const bytes = metered(moduleOf(custom('producers'), custom('reloc.CODE'), custom('name')));
    const module = new WebAssembly.Module(bytes);
    const kept = (name: string) => WebAssembly.Module.customSections(module, name).length;
    expect([kept('producers'), kept('reloc.CODE'), kept('name')]).toEqual([1, 0, 0]);
  });
});
