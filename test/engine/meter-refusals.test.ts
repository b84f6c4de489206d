import { describe, expect, it } from 'vitest';
import { type MeterOptions, meter } from '../../src/engine/meter.ts';
import { moduleOf, wasm } from './fixtures/wasm.ts';

const TYPE_VOID = [1, [1, 0x60, 0, 0]] as const;
const ONE_FUNCTION = [3, [1, 0]] as const;

function refusal(bytes: Uint8Array<ArrayBuffer>, options: MeterOptions = {}): string {
  const outcome = meter(bytes, options);
  return outcome.ok ? 'metered' : `${outcome.reason} @${outcome.offset}`;
}

function code(...body: readonly number[]): readonly [number, readonly number[]] {
  return [10, [1, body.length + 2, 0, ...body, 0x0b]];
}

describe('meter refuses by name and offset', () => {
  it('a module of no bytes', () => {
    expect(refusal(new Uint8Array())).toBe('not a valid module: it is empty @0');
  });

  it.each([
    ['shared memory', '(module (memory 1 2 shared))', 'threads (shared memory) @11'],
    [
      'atomic operators',
      '(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))',
      'threads (opcode 0xfe) @30',
    ],
    ['64-bit memory', '(module (memory i64 1))', 'memory64 (limits 0x4) @11'],
    ['a second memory', '(module (memory 1) (memory 1))', 'multi-memory (a second memory) @13'],
    ['a tag', '(module (tag (param i32)))', 'exceptions (a tag section) @15'],
    ['a start function', '(module (func $f) (start $f))', 'a start function @18'],
  ])('%s', (_, wat, expected) => {
    expect(refusal(wasm(wat, { everything: true }))).toBe(expected);
  });

  it('throw and try', () => {
    const bytes = wasm('(module (tag $t) (func (try (do nop) (catch $t))))', { everything: true });
    expect(refusal(bytes)).toMatch(/^exceptions/);
  });

  it('a structure type', () => {
    const bytes = moduleOf([1, [1, 0x5f, 1, 0x7f, 0]]);
    expect(refusal(bytes)).toBe('GC (type form 0x5f) @11');
  });

  it('a local of a GC type', () => {
    const bytes = moduleOf(TYPE_VOID, ONE_FUNCTION, [10, [1, 4, 1, 1, 0x6e, 0x0b]]);
    expect(refusal(bytes)).toBe('GC (type 0x6e) @24');
  });

  it('a block of a GC type', () => {
    const bytes = moduleOf(TYPE_VOID, ONE_FUNCTION, code(0x02, 0x6e, 0xd0, 0x6e, 0x0b, 0x1a));
    expect(refusal(bytes)).toBe('GC (type 0x6e) @24');
  });

  it('a call by reference', () => {
    const bytes = moduleOf(TYPE_VOID, ONE_FUNCTION, code(0xd0, 0x00, 0x14, 0x00));
    expect(refusal(bytes)).toBe('GC (type 0x0) @24');
  });

  it('relaxed SIMD', () => {
    const vector = [0xfd, 12, ...new Array<number>(16).fill(0)];
    const bytes = moduleOf(TYPE_VOID, ONE_FUNCTION, code(...vector, ...vector, 0xfd, 0x80, 2, 0x1a));
    expect(refusal(bytes)).toBe('relaxed SIMD (operator 0xfd 256) @59');
  });

  it('arithmetic in an initial value', () => {
    const bytes = moduleOf([6, [1, 0x7f, 0, 0x41, 1, 0x41, 1, 0x6a, 0x0b]]);
    expect(refusal(bytes)).toBe('extended constant expressions (i32.const) @15');
  });

  it('a module that is not valid, with the words of V8', () => {
    const bytes = moduleOf(TYPE_VOID, ONE_FUNCTION, code(0x6a));
    expect(refusal(bytes)).toMatch(/^not a valid module: .*i32\.add.* @23$/);
  });

  it('an unknown section, and an unknown opcode', () => {
    expect(refusal(moduleOf([17, []]))).toMatch(/^not a valid module: .*section/);
    expect(refusal(moduleOf(TYPE_VOID, ONE_FUNCTION, code(0x27)))).toMatch(/^not a valid module: .*0x27/);
  });

  it('bytes that are no module', () => {
    expect(refusal(Uint8Array.of(1, 2, 3))).toMatch(/^not a valid module/);
  });

  it('an import from the module of the added import', () => {
    const bytes = wasm('(module (import "wattle" "refuel" (func (param i64) (result i64))))');
    expect(refusal(bytes, { onEmpty: 'call' })).toBe('an import from module "wattle" @19');
  });

  it("an export of the counter's name", () => {
    const bytes = wasm('(module (func (export "fuel")))');
    expect(refusal(bytes, { exportCounter: 'fuel' })).toBe('an export of the counter\'s name "fuel" @21');
    expect(refusal(bytes, { exportCounter: 'other' })).toBe('metered');
  });

  it('a memory or table that is larger than allowed from the start', () => {
    const bytes = wasm('(module (memory 3))');
    expect(refusal(bytes, { maximumPages: 2 })).toBe('a memory that starts with 3; at most 2 allowed @11');
    const table = wasm('(module (table 30 funcref))');
    expect(refusal(table, { maximumTableElements: 20 })).toBe(
      'a table that starts with 30; at most 20 allowed @12',
    );
  });
});
