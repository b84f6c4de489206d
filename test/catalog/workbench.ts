import type { SessionContext } from '../../src/capabilities/capability.ts';
import { createHttp } from '../../src/capabilities/http.ts';
import { kv, sharedKv } from '../../src/capabilities/kv.ts';
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
    capabilities: createCapabilityHost([kv, ...sharedKv, http]),
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
