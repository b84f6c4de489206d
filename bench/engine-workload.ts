import { core } from '../src/capabilities/core.ts';
import { createEngine, type ObservableEngine } from '../src/engine/engine.ts';
import { DEFAULT_LIMITS } from '../src/engine/limits.ts';
import type { CompiledProgram, HostAnswer, HostCall, RunRequest, RunResult } from '../src/engine/port.ts';
import { type Assembler, loadAssembler } from '../src/wat/assemble.ts';
import type { HostImport } from '../src/wat/types.ts';

/** The smallest program: it returns success. */
export const TRIVIAL = '(i32.const 0)';

/** A program that asks the main thread once, and returns the status of the answer. */
export const ONE_CALL = `(local $status i32)
(call $bench.ask)
(local.set $status)
(drop)
(local.get $status)`;

/** Endless, and each turn costs fuel. */
export const ENDLESS = '(loop $again (br $again)) (unreachable)';

/** What the workloads ask of the main thread. */
const IMPORTS: readonly HostImport[] = [
  ...core.imports,
  { capability: 'bench', name: 'ask', params: [], result: 'i32', effect: 'read', summary: '' },
];

const MEMORY = { initialPages: 1, maximumPages: DEFAULT_LIMITS.memoryPages };

export interface EngineWorkload {
  readonly engine: ObservableEngine;
  /** Assembles and compiles a body, which is cached after that. */
  prepare(body: string): Promise<CompiledProgram>;
  /** One run from `engine.run()` to its result; `given` replaces what is asked for. */
  run(program: CompiledProgram, given?: Partial<RunRequest>): Promise<RunResult>;
}

export interface WorkloadOptions {
  readonly workers?: number;
  readonly memoryBytes?: number;
}

/** Opens an engine as the program itself does. The caller stops it. */
export async function openWorkload(options: WorkloadOptions = {}): Promise<EngineWorkload> {
  const assembler = await loadAssembler();
  const engine = createEngine({
    pureCapabilities: new URL('../src/capabilities/pure.ts', import.meta.url),
    now: () => performance.now(),
    ...options,
  });
  const { signal } = new AbortController();
  return {
    engine,
    prepare: (body) => prepare(engine, assembler, body),
    run: (program, given) =>
      engine.run({
        program,
        args: [],
        resultSize: 0,
        grants: ['core', 'bench'],
        limits: DEFAULT_LIMITS,
        signal,
        onHostCall: answerAtOnce,
        ...given,
      }),
  };
}

async function prepare(
  engine: ObservableEngine,
  assembler: Assembler,
  body: string,
): Promise<CompiledProgram> {
  const outcome = await engine.prepare({
    source: body,
    imports: IMPORTS,
    limits: DEFAULT_LIMITS,
    build: () => assembler.assemble(body, { imports: IMPORTS, memory: MEMORY }),
  });
  if (outcome.ok) return outcome.program;
  throw new Error(outcome.diagnostics.map(({ line, message }) => `${line}: ${message}`).join('\n'));
}

async function answerAtOnce(_call: HostCall): Promise<HostAnswer> {
  return { ok: true, value: 0 };
}
