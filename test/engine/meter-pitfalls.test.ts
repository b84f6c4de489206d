import { describe, expect, it } from 'vitest';
import { meter } from '../../src/engine/meter.ts';
import { WASMTIME_COSTS } from '../../src/engine/metering/costs.ts';
import { attempt, callMetered, exported, fuelLeft, instance, metered, wasm } from './fixtures/wasm.ts';

/*
 * Each pitfall is a test here, but for those that are not the meter's:
 *
 * P8   prices far from what operators cost: the prices are Wasmtime's; `npm run bench -- metering` shows what the
 *      added code costs on branches and calls
 * P9   a cache that keeps old prices: module-cache.test.ts
 * P10  a host function that throws loses the bill: engine-host-calls.test.ts; the counter's part is here
 * P11  guest, host, guest and so on: engine-host-calls.test.ts
 * P19  hosts that do much for little: host-traffic.test.ts and engine-limits.test.ts
 * P20  a worker that does not end: engine-scheduling.test.ts
 */

const AMPLE = 10_000_000;
const NO_HOST = { wattle: { refuel: () => 1_000_000n } };

/** Metered so that every function index of the module has moved. */
function moved(wat: string): Uint8Array<ArrayBuffer> {
  return metered(wasm(wat, { names: true }), { onEmpty: 'call' });
}

describe('pitfalls that other meters fell into', () => {
  it('P1: charges each arm of an if by itself', () => {
    const wat = `(module (func (export "run") (param i32)
      (if (local.get 0) (then (drop (i32.const 1))) (else ${'(drop (i32.const 1))'.repeat(40)}))))`;
    expect(callMetered(wat, AMPLE, [1]).fuel).toBe(1 + 2 + 1);
    expect(callMetered(wat, AMPLE, [0]).fuel).toBe(1 + 2 + 40);
  });

  it('P2: has charged a block before it traps', () => {
    const wat = `(module (func (export "run") (block ${'(drop (i32.const 1))'.repeat(40)} (unreachable))))`;
    expect(callMetered(wat, AMPLE)).toEqual({ fuel: 41, result: undefined, trap: 'unreachable' });
  });

  it('P3: goes past the budget by no more than the code up to the next check', () => {
    const wat = `(module (func $work ${'(drop (i32.const 1))'.repeat(40)})
      (func (export "run") (loop (call $work) (br 0))))`;
    const call = callMetered(wat, 1_000);
    expect(call.trap).toBe('unreachable');
    expect(call.fuel).toBeGreaterThanOrEqual(1_000);
    expect(call.fuel).toBeLessThan(1_000 + 43);
  });

  it('P4: charges memory.grow and table.grow by size', () => {
    const wat = (grow: string) =>
      `(module (memory 1 2000) (table 1 2000 funcref) (func (export "run") (param i32) (drop ${grow})))`;
    expect(callMetered(wat('(memory.grow (local.get 0))'), AMPLE, [1_000]).fuel).toBe(1_003);
    expect(callMetered(wat('(table.grow (ref.null func) (local.get 0))'), AMPLE, [1_000]).fuel).toBe(1_004);
  });

  it.each([
    ['memory.fill', '(memory.fill (i32.const 0) (i32.const 1) (local.get 0))'],
    ['memory.copy', '(memory.copy (i32.const 0) (i32.const 1) (local.get 0))'],
    ['memory.init', '(memory.init $d (i32.const 0) (i32.const 0) (local.get 0))'],
    ['table.fill', '(table.fill (i32.const 0) (ref.null func) (local.get 0))'],
    ['table.copy', '(table.copy (i32.const 0) (i32.const 1) (local.get 0))'],
    ['table.init', '(table.init $e (i32.const 0) (i32.const 0) (local.get 0))'],
  ])('P5: charges %s by size, before it is executed', (_, operation) => {
    const wat = `(module (memory 1) (table 300 funcref) (func $f) (elem $e func ${'$f '.repeat(250)})
      (data $d "${'x'.repeat(250)}") (func (export "run") (param i32) ${operation}))`;
    expect(callMetered(wat, AMPLE, [250]).fuel).toBe(1 + 4 + 250);
    expect(callMetered(wat, 255, [250]).trap).toBe('unreachable');
  });

  it.each([
    ['memory.fill', '(memory.fill (i32.const 0) (i32.const 1) (i32.const -1))'],
    ['table.fill', '(table.fill (i32.const 0) (ref.null func) (i32.const -1))'],
  ])('P6: a huge size of %s empties the counter instead of filling it', (_, operation) => {
    const wat = `(module (memory 1) (table 1 funcref) (func (export "run") ${operation}))`;
    const call = callMetered(wat, AMPLE);
    expect(call.trap).toBe('unreachable');
    expect(call.fuel).toBe(1 + 4 + 0xffff_ffff);
  });

  it('P6: adds up more than 32 bits within one straight run', () => {
    const operators = 70_000;
    const price = 65_535;
    const costs = { ...WASMTIME_COSTS, name: 'dear', operator: price, operators: { drop: 0, end: 0 } };
    const wat = `(module (func (export "run") ${'(drop (i32.const 1))'.repeat(operators)}))`;
    const budget = 2 ** 40;
    const bytes = metered(wasm(wat), { exportCounter: 'fuel', initialFuel: budget, costs });
    const exports = instance(bytes);
    exported(exports, 'run')();
    expect(budget - fuelLeft(exports)).toBe(1 + operators * price);
  });

  it('P7: does not split an overlapping copy', () => {
    const wat = `(module (memory (export "memory") 1) (data (i32.const 0) "abcdefghij")
      (func (export "run") (param i32) (memory.copy (i32.const 2) (i32.const 0) (local.get 0))))`;
    const contents = (bytes: Uint8Array<ArrayBuffer>) => {
      const exports = instance(bytes, NO_HOST);
      exported(exports, 'run')(1_000);
      const { memory } = exports;
      if (!(memory instanceof WebAssembly.Memory)) throw new Error('no memory');
      return Buffer.from(memory.buffer, 0, 12).toString('latin1');
    };
    expect(contents(moved(wat))).toBe('ababcdefghij');
    expect(contents(wasm(wat))).toBe('ababcdefghij');
  });

  it('P10: keeps the counter right when a host function throws', () => {
    const wat = `(module (import "h" "f" (func $throws))
      (func (export "run") (drop (i32.const 1)) (call $throws) (drop (i32.const 2))))`;
    const form = { exportCounter: 'fuel', initialFuel: AMPLE, onEmpty: 'call' } as const;
    const throws = () => {
      throw new Error('from the host');
    };
    const exports = instance(metered(wasm(wat), form), { ...NO_HOST, h: { f: throws } });
    expect(() => exported(exports, 'run')()).toThrow('from the host');
    expect(AMPLE - fuelLeft(exports)).toBe(1 + 1 + 1);
  });

  it('P12: meters a function with 40,000 locals and refuses one whose added locals do not fit', () => {
    const wat = (locals: number) => `(module (func (export "run") (local ${'i32 '.repeat(locals)})))`;
    expect(callMetered(wat(40_000), AMPLE).fuel).toBe(1);
    expect(meter(wasm(wat(49_999)))).toMatchObject({ ok: false, reason: 'a function with 49999 locals' });
  });

  it('P13: refuses a start function, which would run before there is fuel', () => {
    expect(meter(wasm('(module (func $f) (start $f))'))).toMatchObject({ reason: 'a start function' });
  });

  it('P14: moves every function index', () => {
    const bytes = moved(`(module
      (type $t (func (result i32)))
      (import "h" "f" (func $imported (result i32)))
      (table $all 20 funcref) (table $other 4 funcref)
      (func $one (type $t) (i32.const 1)) (func $two (type $t) (i32.const 2))
      (func $three (type $t) (i32.const 3)) (func $four (type $t) (i32.const 4))
      (elem (i32.const 0) $one)
      (elem $passive func $two)
      (elem (table $other) (i32.const 0) func $three)
      (elem declare func $four)
      (elem (i32.const 1) funcref (ref.func $two) (ref.null func))
      (elem $expressions funcref (ref.func $three))
      (elem (table $other) (i32.const 1) funcref (ref.func $four))
      (elem declare funcref (ref.func $imported))
      (global $g funcref (ref.func $one))
      (func (export "tail") (result i32) (return_call $three))
      (func (export "call") (result i32) (i32.add (call $four) (call $imported)))
      (func (export "all") (result i32)
        (table.init $all $passive (i32.const 4) (i32.const 0) (i32.const 1))
        (table.init $all $expressions (i32.const 5) (i32.const 0) (i32.const 1))
        (table.set $all (i32.const 6) (global.get $g))
        (table.set $all (i32.const 7) (ref.func $four))
        (table.set $all (i32.const 8) (ref.func $imported))
        (i32.const 0)
        (i32.add (call_indirect $all (type $t) (i32.const 0)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $all (type $t) (i32.const 1)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $other (type $t) (i32.const 0)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $other (type $t) (i32.const 1)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $all (type $t) (i32.const 4)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $all (type $t) (i32.const 5)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $all (type $t) (i32.const 6)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $all (type $t) (i32.const 7)))
        (i32.mul (i32.const 10)) (i32.add (call_indirect $all (type $t) (i32.const 8)))))`);
    const exports = instance(bytes, { ...NO_HOST, h: { f: () => 9 } });
    expect(exported(exports, 'tail')()).toBe(3);
    expect(exported(exports, 'call')()).toBe(13);
    expect(exported(exports, 'all')()).toBe(123_423_149);
  });

  it('P14: moves the indices of the name section too', () => {
    const bytes = moved(`(module (import "h" "f" (func $imported))
      (func $boom (unreachable)) (func (export "run") (local $x i32) (call $boom)))`);
    const { run } = instance(bytes, { ...NO_HOST, h: { f: () => undefined } });
    if (typeof run !== 'function') throw new Error('no run');
    const stack = String(attemptStack(() => run()));
    expect(stack).toMatch(/at wasm:\/\/.*boom|at .*boom \(wasm/);
  });

  it('P15: charges a branch to a loop header by br_table once', () => {
    const wat = `(module (func (export "run") (param i32)
      (loop $l (block $out (br_table $l $out (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))))`;
    // From 1: two turns; each takes five operators of price 1.
    expect(callMetered(wat, AMPLE, [1]).fuel).toBe(1 + 2 * 5);
  });

  it('P16: leaves the guest no way to name the counter or the refuel function', () => {
    const nextGlobal = '(module (global i32 (i32.const 0)) (func (result i64) (global.get 1)))';
    expect(meter(wasm(nextGlobal))).toMatchObject({ reason: expect.stringMatching(/^not a valid module/) });
    const nextFunction = '(module (func $f) (func (call 2)))';
    expect(meter(wasm(nextFunction), { onEmpty: 'call' })).toMatchObject({
      reason: expect.stringMatching(/^not a valid module/),
    });
    const imports = '(module (import "wattle" "other" (func)))';
    expect(meter(wasm(imports))).toMatchObject({ reason: 'an import from module "wattle"' });
  });

  it('P17: grows code in proportion to its size', () => {
    const body = '(if (local.get 0) (then (local.set 0 (i32.add (local.get 0) (i32.const 7)))))';
    const size = (blocks: number) =>
      metered(wasm(`(module (func (export "run") (param i32) ${body.repeat(blocks)}))`)).length;
    expect(size(4_000) / size(2_000)).toBeCloseTo(2, 1);
  });

  it('P17: grows code of calls in proportion too, with fuel and depth both counted', () => {
    const size = (calls: number) => {
      const wat = `(module (func $f) (func (export "run") ${'(call $f)'.repeat(calls)}))`;
      return metered(wasm(wat), { onEmpty: 'call', maximumCallDepth: 100 }).length;
    };
    expect(size(4_000) / size(2_000)).toBeCloseTo(2, 1);
  });

  it('P18: counts the depth of indirect calls, and gives it back before tail calls', () => {
    const indirect = `(module (type $t (func)) (table funcref (elem $f))
      (func $f (export "run") (call_indirect (type $t) (i32.const 0))))`;
    const tail = `(module (func $leaf) (func $f (export "run") (param i32)
      (call $leaf) (if (local.get 0) (then (return_call $f (i32.sub (local.get 0) (i32.const 1)))))))`;
    const tailIndirect = `(module (type $t (func (param i32))) (table funcref (elem $f)) (func $leaf)
      (func $f (export "run") (type $t) (call $leaf)
        (if (local.get 0) (then
          (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))))`;
    const call = (wat: string, argument: number) => {
      const form = { initialFuel: AMPLE, maximumCallDepth: 10 };
      return attempt(() => exported(instance(metered(wasm(wat), form)), 'run')(argument)).trap;
    };
    expect(call(indirect, 0)).toBe('unreachable');
    expect(call(tail, 1_000)).toBeNull();
    expect(call(tailIndirect, 1_000)).toBeNull();
  });

  it('P18: stops recursion through indirect calls and tail calls', () => {
    const indirect = `(module (type $t (func)) (table funcref (elem $f))
      (func $f (export "run") (call_indirect (type $t) (i32.const 0))))`;
    const tail = '(module (func $f (export "run") (return_call $f)))';
    const tailIndirect = `(module (type $t (func)) (table funcref (elem $f))
      (func $f (export "run") (return_call_indirect (type $t) (i32.const 0))))`;
    expect(callMetered(indirect, 1_000).trap).toBe('unreachable');
    expect(callMetered(indirect, AMPLE).trap).toMatch(/call stack/);
    expect(callMetered(tail, AMPLE).trap).toBe('unreachable');
    expect(callMetered(tailIndirect, AMPLE).trap).toBe('unreachable');
  });
});

function attemptStack(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error.stack;
    throw error;
  }
  return undefined;
}
