import type { KeyValue, SessionContext } from '../../src/capabilities/capability.ts';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv } from '../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../src/capabilities/registry.ts';
import type { ProgramDefinition } from '../../src/catalog/port.ts';
import type { ProgramRunnerOptions } from '../../src/catalog/program-runner.ts';
import { createEngine, type EngineOptions, type ObservableEngine } from '../../src/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import { loadAssembler } from '../../src/wat/assemble.ts';
import { parseSignature } from '../../src/wat/signature.ts';

export interface Workbench extends ProgramRunnerOptions<SessionContext> {
  readonly engine: ObservableEngine;
}

/** The real language, engine and capabilities, as a runner wants them. Whoever opens it stops the engine. */
export async function openWorkbench(
  loopbackPorts: readonly number[] = [],
  options: Partial<EngineOptions> = {},
): Promise<Workbench> {
  const http = createHttp({ allow: ['127.0.0.1'], loopbackPorts, userAgent: 'wattle-test' });
  return {
    assembler: await loadAssembler(),
    engine: createEngine({
      pureCapabilities: new URL('../../src/capabilities/pure.ts', import.meta.url),
      now: () => performance.now(),
      workers: 1,
      ...options,
    }),
    capabilities: createCapabilityHost([kv, http]),
    limits: DEFAULT_LIMITS,
  };
}

/** A program of a body and a signature, with whatever else a test names. */
export function defineProgram(
  signature: string,
  body: string,
  rest: Partial<ProgramDefinition> = {},
): ProgramDefinition {
  const parsed = parseSignature(signature);
  if (!parsed.ok) throw new TypeError(parsed.diagnostic.message);
  return {
    name: 'sample',
    description: 'A sample.',
    signature: parsed.signature,
    grants: [],
    body,
    examples: [],
    ...rest,
  };
}

/** A session's key-value space in memory. `onGet` is told of each key that is asked for, before the answer. */
export function memorySpace(onGet: (key: string) => void = () => undefined): KeyValue {
  const values = new Map<string, string>();
  return {
    async get(key) {
      onGet(key);
      return values.get(key);
    },
    async set(key, value) {
      values.set(key, value);
      return true;
    },
    delete: async (key) => values.delete(key),
    list: async (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
}
