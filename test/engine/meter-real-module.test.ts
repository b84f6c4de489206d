import { describe, expect, it } from 'vitest';
import loadWabt from 'wabt';
import { verify } from '../../src/engine/verify.ts';
import { exported, instance, metered } from './fixtures/wasm.ts';

/** Loads wabt with its own module, 600 KB of compiled C++, changed on the way by `change`. */
async function loadWabtWith(
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
  more: WebAssembly.ImportObject,
): ReturnType<typeof loadWabt> {
  const { instantiate } = WebAssembly;
  const patched = async (bytes: ArrayBuffer, imports: WebAssembly.ImportObject) =>
    instantiate(change(new Uint8Array(bytes)), { ...imports, ...more });
  Object.assign(WebAssembly, { instantiate: patched });
  try {
    return await loadWabt();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}

describe('a large module of compiled C++', () => {
  it('is metered, proved, no more than twice as large, and works as before', async () => {
    let growth = 0;
    let refuels = 0;
    const wabt = await loadWabtWith(
      (bytes) => {
        const output = metered(bytes, { onEmpty: 'call' });
        growth = output.length / bytes.length;
        expect(verify(output)).toEqual({ ok: true });
        return output;
      },
      {
        wattle: {
          refuel: () => {
            refuels += 1;
            return 10_000n;
          },
        },
      },
    );
    expect(growth).toBeLessThan(2);
    const wat = '(module (func (export "run") (result i32) (i32.const 42)))';
    const { buffer } = wabt.parseWat('test.wat', wat).toBinary({});
    expect(exported(instance(Uint8Array.from(buffer)), 'run')()).toBe(42);
    expect(() => wabt.parseWat('test.wat', '(module (func i32.add))').validate()).toThrow(/type mismatch/);
    expect(refuels).toBeGreaterThan(5);
  });
});
