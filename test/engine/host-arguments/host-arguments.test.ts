import { performance } from 'node:perf_hooks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/capabilities/http.ts';
import { kv, sharedKv } from '../../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../../src/capabilities/registry.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/limits.ts';
import type { RunResult } from '../../../src/engine/port.ts';
import { STATUS } from '../../../src/engine/status.ts';
import type { HostImport } from '../../../src/wat/types.ts';
import { hostContext } from '../../capabilities/session-context.ts';
import { wasm } from '../fixtures/wasm.ts';
import { extremeCalls, HEAP_BASE, PAGES } from './extreme-arguments.ts';

/** No host may be reached, so that nothing leaves the process. */
const http = createHttp({ allow: [], loopbackPorts: [], userAgent: 'test' });
const registry = createCapabilityHost([kv, ...sharedKv, http]);
const functions = registry.imports(registry.names);

const hostErrors: string[] = [];
const engine = createEngine({
  pureCapabilities: new URL('../../../src/capabilities/pure.ts', import.meta.url),
  now: () => performance.now(),
  workers: 1,
  onHostError: (name, error) => hostErrors.push(`${name}: ${error instanceof Error ? error.stack : error}`),
});
afterAll(() => engine.stop());
beforeEach(() => {
  hostErrors.length = 0;
});

async function run(wat: string): Promise<RunResult> {
  const limits = {
    ...DEFAULT_LIMITS,
    memoryPages: PAGES,
    hostCalls: 10_000,
    hostTrafficBytes: 1_024 * 2 ** 20,
  };
  const prepared = await engine.prepare({
    source: wat,
    imports: functions,
    limits,
    build: () => ({ ok: true, bytes: wasm(wat), heapBase: HEAP_BASE }),
  });
  if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
  const { signal } = new AbortController();
  return engine.run({
    program: prepared.program,
    args: [Uint8Array.of(1, 0, 0, 0)],
    resultSize: 'length-prefixed',
    grants: registry.names,
    limits,
    signal,
    onHostCall: registry.open(registry.names, hostContext(), signal),
  });
}

const titled = functions.map((item): [string, HostImport] => [`${item.capability}.${item.name}`, item]);

describe('a host function that is called with extreme arguments', () => {
  it.each(titled)('answers each call with a status: %s', async (_, signature) => {
    const { wat, rows, sound } = extremeCalls(signature);
    const { outcome, error, result } = await run(wat);
    expect({ outcome, error, hostErrors }).toEqual({ outcome: 'ok', error: null, hostErrors: [] });
    const bytes = Buffer.from(result ?? []);
    const statuses = Array.from({ length: rows }, (_, row) => bytes.readInt32LE(4 + row * 4));
    expect(statuses.filter((status) => !Object.values<number>(STATUS).includes(status))).toEqual([]);
    const taken = statuses.filter((status, row) => sound[row] === false && status === STATUS.SUCCESS);
    expect(taken).toEqual([]);
  });
});
