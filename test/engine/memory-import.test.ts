import { describe, expect, it } from 'vitest';
import { meter } from '../../src/engine/meter.ts';
import { importMemory, LENT_MEMORY, LENT_MODULE } from '../../src/engine/metering/memory-import.ts';
import { verify } from '../../src/engine/verify.ts';
import { wasm } from './fixtures/wasm.ts';

function metered(wat: string): Uint8Array<ArrayBuffer> {
  const outcome = meter(wasm(wat), { onEmpty: 'call', maximumPages: 16, exportCounter: 'fuel' });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.bytes;
}

const WITH_ALL = `(module
  (import "host" "twice" (func $twice (param i32) (result i32)))
  (memory (export "memory") 2 5)
  (data (i32.const 8) "\\2a")
  (func (export "run") (result i32)
    (drop (memory.grow (i32.const 9)))
    (call $twice (i32.add (i32.load8_u (i32.const 8)) (memory.size)))))`;

describe('importMemory', () => {
  it('makes the memory an import behind the others, and says its size', () => {
    const { bytes, memory } = importMemory(metered(WITH_ALL));
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
    expect(memory).toEqual({ initial: 2, maximum: 5 });
    expect(imports.at(-1)).toEqual({ module: LENT_MODULE, name: LENT_MEMORY, kind: 'memory' });
  });

  it('leaves what the module does as it was', () => {
    const { bytes } = importMemory(metered(WITH_ALL));
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 5 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      host: { twice: (value: number) => value * 2 },
      wattle: { refuel: () => 1_000n },
      [LENT_MODULE]: { [LENT_MEMORY]: memory },
    });
    const { run } = exports;
    expect(typeof run === 'function' && run()).toBe(88);
    expect(exports.memory).toBe(memory);
  });

  it('gives what the verifier can prove', () => {
    expect(verify(importMemory(metered(WITH_ALL)).bytes)).toEqual({ ok: true });
  });

  it.each([
    ['without a memory', '(module (func (export "run") (result i32) (i32.const 0)))'],
    ['that imports its memory', '(module (import "a" "b" (memory 1)) (func (export "run")))'],
  ])('leaves a module %s alone', (_name, wat) => {
    const bytes = metered(wat);
    expect(importMemory(bytes)).toEqual({ bytes, memory: null });
  });
});
