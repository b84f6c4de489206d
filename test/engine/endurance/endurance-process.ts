import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { createEngine, type EngineStats, type ObservableEngine } from '../../../src/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/limits.ts';
import type { RunResult } from '../../../src/engine/port.ts';
import type { HostImport } from '../../../src/wat/types.ts';
import { HEAP_BASE, HOST_IMPORTS } from '../fixtures/harness.ts';
import { PURE_IMPORTS } from '../fixtures/pure-capabilities.ts';
import { wasm } from '../fixtures/wasm.ts';
import { KINDS, type KindOfRun } from './kinds-of-runs.ts';

/** What can grow, at one moment, with all garbage gone. */
export interface Footprint {
  readonly mainHeap: number;
  readonly workerHeap: number;
  readonly residentBytes: number;
  readonly threads: number | null;
  /** Kinds of handles and requests that are open, each as often as it is. */
  readonly resources: readonly string[];
  readonly signalListeners: number;
  readonly workerListeners: number;
  readonly stats: EngineStats;
}

/** What the process prints at its end. */
export interface EnduranceReport {
  readonly before: Footprint;
  readonly after: Footprint;
  /** Runs that ended otherwise than they must. */
  readonly wrong: readonly string[];
  /** Worker threads that were ever started. */
  readonly workersStarted: number;
  readonly resourcesAtEnd: readonly string[];
}

const AT_ONCE = 50;
const KEPT_PROGRAMS = 100;
const GRANTS = ['core', 'debug', 'test', 'host', 'probe'];
const HEAP_IMPORT: HostImport = {
  capability: 'probe',
  name: 'heap',
  params: [],
  result: 'f64',
  effect: 'pure',
  summary: '',
};
const IMPORTS = [...PURE_IMPORTS, ...HOST_IMPORTS, HEAP_IMPORT];
/** Hands the heap of its worker to the host as its result. */
const ASK_HEAP = `(module (import "probe" "heap" (func $heap (result f64 i32)))
  (import "core" "resv" (func $resv (param i32) (result i32 i32))) (memory (export "memory") 1)
  (func (export "run") (result i32) (local $v f64)
    (call $heap) (drop) (local.set $v) (f64.store (i32.const 8) (local.get $v))
    (call $resv (i32.const 8)) (drop) (drop) (i32.const 0)))`;

class Endurance {
  readonly #engine: ObservableEngine;
  readonly #workers: Worker[] = [];
  /** All runs but the cancelled ones hang on it. */
  readonly #shared = new AbortController();
  readonly #wrong: string[] = [];
  #made = 0;

  constructor() {
    process.on('worker', (worker) => this.#workers.push(worker));
    this.#engine = createEngine({
      pureCapabilities: new URL('./probe-capabilities.ts', import.meta.url),
      now: () => performance.now(),
      workers: 1,
      cachePrograms: KEPT_PROGRAMS,
    });
  }

  async report(warmUp: number, runs: number): Promise<EnduranceReport> {
    await this.#runs(warmUp);
    const before = await this.#footprint();
    await this.#runs(runs);
    const after = await this.#footprint();
    await this.#engine.stop();
    await settled();
    const resourcesAtEnd = process.getActiveResourcesInfo();
    return { before, after, wrong: this.#wrong, workersStarted: this.#workers.length, resourcesAtEnd };
  }

  async #runs(count: number): Promise<void> {
    const end = this.#made + count;
    const lane = async () => {
      while (this.#made < end) {
        this.#made += 1;
        await this.#one(this.#made);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  }

  async #one(id: number): Promise<void> {
    const kind = KINDS[id % KINDS.length];
    if (kind === undefined) return;
    // Some programs are new each time, so that the cache and the worker have to forget others.
    const source = id % 7 === 0 ? `${kind.wat} ;; ${id}` : kind.wat;
    const { outcome, error } = await this.#run(source, kind);
    if (outcome !== kind.outcome) this.#wrong.push(`${outcome} (${error}) for ${kind.outcome}: ${kind.wat}`);
  }

  async #run(source: string, kind: Omit<KindOfRun, 'outcome'>, resultSize = 4): Promise<RunResult> {
    const limits = { ...DEFAULT_LIMITS, ...kind.limits };
    const prepared = await this.#engine.prepare({
      source,
      imports: IMPORTS,
      limits,
      build: () => ({ ok: true, bytes: wasm(kind.wat), heapBase: HEAP_BASE }),
    });
    if (!prepared.ok) throw new Error(prepared.diagnostics[0]?.message);
    const abort = new AbortController();
    return this.#engine.run({
      program: prepared.program,
      args: [],
      resultSize,
      grants: kind.grants ?? GRANTS,
      limits,
      signal: kind.aborted ? abort.signal : this.#shared.signal,
      onHostCall: async (call) => {
        if (kind.aborted) abort.abort();
        return kind.onHostCall?.(call) ?? { ok: true, value: 0 };
      },
    });
  }

  async #footprint(): Promise<Footprint> {
    const { result } = await this.#run(ASK_HEAP, { wat: ASK_HEAP }, 8);
    await settled();
    const { heapUsed, external, rss } = process.memoryUsage();
    const [worker] = this.#workers;
    const events = ['message', 'error', 'exit', 'messageerror'];
    return {
      mainHeap: heapUsed + external,
      workerHeap: Buffer.from(result ?? []).readDoubleLE(0),
      residentBytes: rss,
      threads: threadCount(),
      resources: process.getActiveResourcesInfo().toSorted(),
      signalListeners: getEventListeners(this.#shared.signal, 'abort').length,
      workerListeners: events.reduce((sum, event) => sum + (worker?.listenerCount(event) ?? 0), 0),
      stats: this.#engine.stats(),
    };
  }
}

/** Lets what is on its way arrive, and the garbage go. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
}

function threadCount(): number | null {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').length : null;
}

const [warmUp = 0, runs = 0] = process.argv.slice(2).map(Number);
process.stdout.write(JSON.stringify(await new Endurance().report(warmUp, runs)));
