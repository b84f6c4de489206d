import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, MODULE_LIMIT_NAMES } from '../../src/engine/limits.ts';
import { WASMTIME_COSTS } from '../../src/engine/metering/costs.ts';
import type { PrepareRequest } from '../../src/engine/port.ts';
import { ProgramHasher } from '../../src/engine/program-hash.ts';
import type { HostImport } from '../../src/wat/types.ts';

const IMPORT: HostImport = {
  capability: 'kv',
  name: 'get',
  params: [{ name: 'key', type: 'string' }],
  result: 'string',
  effect: 'read',
  summary: 'Reads.',
};

const hasher = new ProgramHasher();

function programHash(request: Omit<PrepareRequest, 'build'>, costs = WASMTIME_COSTS): string {
  return hasher.hash(request, costs);
}

describe('the hash of a program', () => {
  const base = { source: '(i32.const 0)', imports: [IMPORT], limits: DEFAULT_LIMITS };
  const hash = programHash(base);

  it('is the same for the same program, whatever is said of its functions and of its runs', () => {
    const limits = { ...DEFAULT_LIMITS, fuel: 1 };
    const reworded = { ...base, imports: [{ ...IMPORT, summary: 'Looks up.' }], limits };
    expect(programHash(reworded)).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['source', { ...base, source: '(i32.const 1)' }],
    ['imports', { ...base, imports: [] }],
    [
      'the type of a parameter',
      { ...base, imports: [{ ...IMPORT, params: [{ name: 'key', type: 'bytes' as const }] }] },
    ],
    ['the effect of a function', { ...base, imports: [{ ...IMPORT, effect: 'pure' as const }] }],
  ])('differs by %s', (_, request) => {
    expect(programHash(request)).not.toBe(hash);
  });

  it.each(MODULE_LIMIT_NAMES)('differs by the limit %s', (name) => {
    const limits = { ...base.limits, [name]: base.limits[name] - 1 };
    expect(programHash({ ...base, limits })).not.toBe(hash);
  });

  it('P9: differs by the cost table, so that no module keeps old prices', () => {
    expect(programHash(base, { ...WASMTIME_COSTS, perByte: 2 })).not.toBe(hash);
  });
});
