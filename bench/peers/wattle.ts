import { core } from '../../src/capabilities/core.ts';
import { createEngine, type ObservableEngine } from '../../src/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import type { CompiledProgram, HostAnswer, RunRequest, RunResult } from '../../src/engine/port.ts';
import { loadAssembler } from '../../src/wat/assemble.ts';
import type { HostImport } from '../../src/wat/types.ts';
import type { Contender, Session } from './contender.ts';
import { ANSWER, type Workload } from './workloads.ts';

const ASK: HostImport = {
  capability: 'bench',
  name: 'ask',
  params: [],
  result: 'i32',
  effect: 'read',
  summary: '',
};
const IMPORTS = [...core.imports, ASK];
const MEMORY = { initialPages: 1, maximumPages: DEFAULT_LIMITS.memoryPages };

/** The engine as the bot uses it, with its limits as they are by default. */
export const wattle: Contender = { name: 'Wattle', thread: 'own', fresh: true, endless: 'run', open };

async function open(workload: Workload): Promise<Session> {
  const engine = createEngine({
    pureCapabilities: new URL('../../src/capabilities/pure.ts', import.meta.url),
    now: () => performance.now(),
  });
  const request: RunRequest = {
    program: await prepare(engine, workload),
    args: [],
    resultSize: 4,
    grants: ['core', 'bench'],
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    onHostCall: answer,
  };
  return {
    run: async () => numberOf(await engine.run(request)),
    close: () => engine.stop(),
  };
}

async function answer(): Promise<HostAnswer> {
  return { ok: true, value: ANSWER };
}

async function prepare(engine: ObservableEngine, { body }: Workload): Promise<CompiledProgram> {
  const assembler = await loadAssembler();
  const outcome = await engine.prepare({
    source: body,
    imports: IMPORTS,
    limits: DEFAULT_LIMITS,
    build: () => assembler.assemble(body, { imports: IMPORTS, memory: MEMORY }),
  });
  if (outcome.ok) return outcome.program;
  throw new Error(outcome.diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
}

function numberOf({ result, error }: RunResult): number {
  if (result === null) throw new Error(error ?? 'the program gave no result');
  return new DataView(result.buffer, result.byteOffset, result.byteLength).getInt32(0, true);
}
