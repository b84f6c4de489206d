import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import { shapeProblem } from '../../src/engine/module-shape.ts';
import type { ModuleLimits } from '../../src/engine/port.ts';
import { moduleOf, wasm } from './fixtures/wasm.ts';
import { runOf, times } from './hostile/module-bytes.ts';

const problem = (bytes: Uint8Array, limits: Partial<ModuleLimits> = {}) =>
  shapeProblem(bytes, { ...DEFAULT_LIMITS, ...limits });

const MANY = wasm(`(module
  (import "a" "f" (func (param i32))) (import "a" "m" (memory 1 2)) (import "a" "g" (global i32))
  (import "a" "t" (table 1 2 funcref)) (import "a" "h" (func))
  (table 3 externref) (table 4 9 funcref)
  (func (param i32 i64 f32 f64) (local i32 i32 i64)) (func (local v128)) (func))`);

describe('shapeProblem', () => {
  it.each<[Partial<ModuleLimits>, string]>([
    [{ functions: 4 }, 'a module of 5 functions; at most 4 are allowed (functions)'],
    [{ locals: 6 }, 'a function with 7 locals; at most 6 are allowed (locals)'],
    [{ tables: 2 }, 'a module of 3 tables; at most 2 are allowed (tables)'],
    [
      { moduleBytes: MANY.length - 1 },
      `a module of ${MANY.length} bytes; at most ${MANY.length - 1} are allowed (moduleBytes)`,
    ],
  ])('names what came and what is allowed: %o', (limits, words) => {
    expect(problem(MANY, limits)).toBe(words);
  });

  it('lets pass what just fits', () => {
    expect(problem(MANY, { functions: 5, locals: 7, tables: 3, moduleBytes: MANY.length })).toBeNull();
    expect(problem(moduleOf(), { functions: 0, locals: 0, tables: 0, moduleBytes: 8 })).toBeNull();
  });

  it('counts the parameters of a function that has no other locals', () => {
    const bytes = wasm('(module (func (param i32 i32 i32)))');
    expect(problem(bytes, { locals: 2 })).toBe('a function with 3 locals; at most 2 are allowed (locals)');
  });

  it('counts locals that no memory could hold', () => {
    // Two groups of 2^32 - 1 locals in ten bytes.
    const group = [0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f];
    const bytes = moduleOf([1, [1, 0x60, 0, 0]], [3, [1, 0]], [10, [1, 14, 2, ...group, ...group, 0x0b]]);
    expect(problem(bytes)).toBe('a function with 8589934590 locals; at most 10000 are allowed (locals)');
  });

  it('refuses a function whose code is too long to optimise, one byte less being enough', () => {
    const most = 2 ** 18;
    // `i32.const 0` and `end` stand behind the code.
    // The nonsense among it shows that nobody read it before.
    const code = (bytes: number) => runOf(1, [0xff, ...times(bytes - 4, [0x01])]);
    expect(problem(code(most + 1))).toBe(
      `function 0 has ${most + 1} bytes of code; at most ${most} are allowed`,
    );
    expect(problem(code(most))).toBeNull();
  });

  it('refuses a type with many results, one less being enough', () => {
    const type = (results: number) => wasm(`(module (type (func (result ${'i32 '.repeat(results)}))))`);
    expect(problem(type(17))).toContain('a function type with 17 results; at most 16 are allowed (byte ');
    expect(problem(type(16))).toBeNull();
  });

  it.each<[string, Uint8Array]>([
    ['a header that is cut off', Uint8Array.of(0, 0x61, 0x73)],
    ['a section that passes the end', Uint8Array.of(...moduleOf(), 10, 5)],
    ['a vector that passes its section', moduleOf([1, [9, 0x60, 0, 0]])],
    ['types that are no functions', moduleOf([1, [1, 0x4e, 0]])],
    ['an imported tag', moduleOf([2, [1, 0, 0, 4, 0, 0]])],
    ['an import with an unknown type', moduleOf([2, [1, 1, 0x61, 1, 0x61, 9]])],
  ])('refuses %s with the offset', (_, bytes) => {
    expect(problem(bytes)).toMatch(/^the module cannot be metered: .+ \(byte \d+\)$/);
  });
});
