import { describe, expect, it } from 'vitest';
import { effortProblem } from '../../src/engine/compile-effort.ts';
import { wasm } from './fixtures/wasm.ts';
import { functionsOf, leb, runOf, times } from './hostile/module-bytes.ts';

const GET = [0x20, 0];
const BLOCK = [0x02, 0x40, ...GET, 0x0d, 0, 0x0b];
const IF = [...GET, 0x04, 0x40, 0x0b];
const LOOP = [0x03, 0x40, 0x0b];
const PUSH = [0x41, 0];
const DROP = [0x1a];
const TOO_LARGE = expect.stringContaining('the module is too large to compile');

describe('effortProblem', () => {
  it.each([
    ['blocks beside many locals', 2_000, times(500, BLOCK)],
    ['conditions beside many locals', 2_000, times(500, IF)],
    ['loops beside many locals', 2_000, times(500, LOOP)],
    ['blocks above many operands', 1, [...times(2_000, PUSH), ...times(501, BLOCK), ...times(2_000, DROP)]],
    ['blocks within each other', 2_000, [...times(500, [0x02, 0x40]), ...times(500, [0x0b])]],
  ])('refuses %s', (_, locals, code) => {
    expect(effortProblem(runOf(locals, code))).toEqual(TOO_LARGE);
  });

  it.each([
    ['as many blocks beside as many locals as it may', 2_000, times(499, BLOCK)],
    ['many locals alone', 10_000, []],
    ['many blocks alone', 10, times(20_000, BLOCK)],
    [
      'operands that are dropped before the next block',
      1,
      times(2_000, [...PUSH, ...PUSH, 0x6a, ...DROP, ...BLOCK]),
    ],
    [
      'what stands behind a jump',
      1,
      [0x02, 0x40, 0x0c, 0, ...times(3_000, DROP), 0x0b, ...times(2_000, BLOCK)],
    ],
  ])('lets pass %s', (_, locals, code) => {
    const bytes = runOf(locals, code);
    expect(WebAssembly.validate(bytes)).toBe(true);
    expect(effortProblem(bytes)).toBeNull();
  });

  it('refuses functions that are too much together, each being small enough', () => {
    const functions = (count: number, code: string) =>
      wasm(`(module ${`(func (local ${'i32 '.repeat(1_000)}) ${code})`.repeat(count)}
        (func (export "run") (result i32) (i32.const 0)))`);
    for (const [most, code] of [
      [20, '(loop)'.repeat(49)],
      [1_000, ''],
    ] as const) {
      expect(effortProblem(functions(most, code))).toBeNull();
      expect(effortProblem(functions(most + 1, code))).toEqual(TOO_LARGE);
    }
    expect(effortProblem(functions(1_001, ''))).toContain('more than 1000000');
  });

  it('counts the results of calls and of blocks, and what they take', () => {
    const five = '(type $t (func (result i32 i32 i32 i32 i32)))';
    const wide = (calls: string, drops: number) =>
      wasm(`(module ${five} (func $five (type $t) ${'(i32.const 1)'.repeat(5)}) (table funcref (elem $five))
        (func (export "run") (local i32) ${calls.repeat(400)}
          ${'(block (br_if 0 (local.get 0)))'.repeat(600)} ${'(drop)'.repeat(drops)}))`);
    for (const call of [
      '(call $five)',
      '(call_indirect (type $t) (i32.const 0))',
      '(block (type $t) (call $five))',
    ]) {
      expect(effortProblem(wide(call, 2_000))).toEqual(TOO_LARGE);
      expect(effortProblem(wide(`${call} ${'(drop)'.repeat(5)}`, 0))).toBeNull();
    }
  });

  it('takes six times as long for six times as many functions', () => {
    const nops = times(200, [0x01]);
    const time = (bytes: Uint8Array) => {
      const took = [1, 2, 3].map(() => {
        const start = performance.now();
        expect(effortProblem(bytes)).toBeNull();
        return performance.now() - start;
      });
      return Math.min(...took);
    };
    const [few, many] = [functionsOf(3_000, nops), functionsOf(18_000, nops)];
    expect(time(many) / time(few)).toBeLessThan(15);
  });

  it('finds no fault in what V8 itself takes for a large table of jumps', () => {
    const labels = Array.from({ length: 1_000 }, (_, label) => leb(label)).flat();
    const code = [
      ...times(1_000, [0x02, 0x40]),
      ...GET,
      0x0e,
      ...leb(999),
      ...labels,
      ...times(1_000, [0x0b]),
    ];
    expect(effortProblem(runOf(1, code))).toBeNull();
  });
});
