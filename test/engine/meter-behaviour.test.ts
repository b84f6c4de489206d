import { describe, expect, it } from 'vitest';
import { FUEL_CASES } from './fixtures/fuel-cases.ts';
import { attempt, exported, instance, metered, moduleOf, wasm } from './fixtures/wasm.ts';

const HOST = { wattle: { refuel: () => 7n } };

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
