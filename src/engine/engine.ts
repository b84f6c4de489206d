import { availableParallelism } from 'node:os';
import { limitProblem, PAGE_BYTES } from './limits.ts';
import { type CacheStats, ModuleCache } from './module-cache.ts';
import { Admission } from './pool/admission.ts';
import { Pool } from './pool/pool.ts';
import { RunJob } from './pool/run-job.ts';
import type {
  CompiledProgram,
  Engine,
  PrepareOutcome,
  PrepareRequest,
  RunRequest,
  RunResult,
} from './port.ts';
import { programProblem } from './program-problem.ts';

export interface EngineOptions {
  /** The module that exports `pureCapabilities`; each worker imports it. */
  readonly pureCapabilities: URL;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  /** Worker threads at most: the cores but one, at least one, by default. */
  readonly workers?: number;
  /** Linear memory of all runs together, by their maxima, in bytes. */
  readonly memoryBytes?: number;
  /** How long a worker may take to end a run before it is replaced, in milliseconds. */
  readonly graceMs?: number;
  /** Compiled programs that are kept. */
  readonly cachePrograms?: number;
  readonly cacheBytes?: number;
}

export interface EngineStats {
  readonly cache: CacheStats;
  readonly workers: number;
  /** Runs under way, those that wait for memory included. */
  readonly runs: number;
  /** Runs that wait for memory. */
  readonly waiting: number;
}

/** The engine with a look inside, for metrics and health. */
export interface ObservableEngine extends Engine {
  stats(): EngineStats;
}

const DEFAULTS = {
  memoryBytes: 4 * 2 ** 30,
  graceMs: 1_000,
  cachePrograms: 1_000,
  cacheBytes: 64 * 2 ** 20,
};

/** Runs metered programs on worker threads. */
export function createEngine(options: EngineOptions): ObservableEngine {
  return new WorkerEngine(options);
}

class WorkerEngine implements ObservableEngine {
  readonly #now: () => number;
  readonly #graceMs: number;
  readonly #cache: ModuleCache;
  readonly #pool: Pool;
  readonly #admission: Admission;
  /** The pages of each program that was prepared here; no other program is ever run. */
  readonly #pages = new WeakMap<CompiledProgram, number>();
  readonly #jobs = new Set<RunJob>();
  #runs = 0;
  #stopping: Promise<void> | null = null;

  constructor(options: EngineOptions) {
    this.#now = options.now;
    this.#graceMs = options.graceMs ?? DEFAULTS.graceMs;
    this.#cache = new ModuleCache({
      programs: options.cachePrograms ?? DEFAULTS.cachePrograms,
      bytes: options.cacheBytes ?? DEFAULTS.cacheBytes,
    });
    const workers = options.workers ?? Math.max(1, availableParallelism() - 1);
    this.#pool = new Pool({ workers, pureCapabilities: options.pureCapabilities });
    this.#admission = new Admission(options.memoryBytes ?? DEFAULTS.memoryBytes);
  }

  async prepare(request: PrepareRequest): Promise<PrepareOutcome> {
    const outcome = await this.#cache.prepare(request);
    if (outcome.ok) this.#pages.set(outcome.program, request.memoryPages);
    return outcome;
  }

  async run(request: RunRequest): Promise<RunResult> {
    const problem = this.#problem(request);
    if (problem !== null) return neverBegan('invalid', problem);
    if (this.#stopping !== null) return neverBegan('cancelled', 'the engine has stopped');
    this.#runs += 1;
    const job = new RunJob({ id: this.#runs, request, now: this.#now, graceMs: this.#graceMs });
    this.#jobs.add(job);
    const weight = (this.#pages.get(request.program) ?? 0) * PAGE_BYTES;
    const leave = this.#admission.enter(weight, () => {
      if (!job.over) this.#pool.start(job);
    });
    try {
      return await job.result;
    } finally {
      this.#jobs.delete(job);
      leave();
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  stats(): EngineStats {
    return {
      cache: this.#cache.stats,
      workers: this.#pool.size,
      runs: this.#jobs.size,
      waiting: this.#admission.waiting,
    };
  }

  async #stop(): Promise<void> {
    const results = [...this.#jobs].map((job) => job.result);
    for (const job of this.#jobs) job.end('cancelled');
    await Promise.allSettled(results);
    await this.#pool.close();
  }

  #problem({ program, limits, grants }: RunRequest): string | null {
    const outOfRange = limitProblem(limits);
    if (outOfRange !== null) return outOfRange;
    const pages = this.#pages.get(program);
    if (pages === undefined) return 'the program was not prepared by this engine';
    if (pages > limits.memoryPages) {
      return `the program was prepared for ${pages} pages of memory; the run allows ${limits.memoryPages}`;
    }
    return programProblem(program, grants);
  }
}

function neverBegan(outcome: 'invalid' | 'cancelled', error: string): RunResult {
  return {
    outcome,
    status: null,
    result: null,
    fuel: 0,
    memoryBytes: 0,
    durationMs: 0,
    hostCalls: [],
    debug: [],
    error,
  };
}
