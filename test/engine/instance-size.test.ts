import { describe, expect, it } from 'vitest';
import { heapBytesOf } from '../../src/engine/instance-size.ts';
import { wasm } from './fixtures/wasm.ts';

function heapBytes(fields: string): number {
  return heapBytesOf(wasm(`(module ${fields})`), { tableElements: 1_000 });
}

describe('heapBytesOf', () => {
  it('counts tables with the most elements that they can come to have', () => {
    expect(heapBytes('')).toBe(0);
    expect(heapBytes('(table 5 20 funcref)')).toBe(20 * 40);
    expect(heapBytes('(table 5 funcref) (table 0 2000 externref)')).toBe(2_000 * 40);
  });

  it('counts what is exported', () => {
    expect(heapBytes('(memory (export "a") 1) (func (export "b")) (func)')).toBe(2 * 256);
  });

  it('counts element segments and the functions in them, each once', () => {
    const segment = (functions: number) => `(func $f) (elem func ${'$f '.repeat(functions)})`;
    const more = heapBytes(segment(100)) - heapBytes(segment(50));
    expect(more).toBe(50 * 8);
    expect(heapBytes(segment(50))).toBeGreaterThanOrEqual(50 * 8 + 256);
  });
});
