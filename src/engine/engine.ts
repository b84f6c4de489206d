import { availableParallelism } from 'node:os';
import { engineLimits } from './engine-limits.ts';
import { limitProblem, STACK_BYTES } from './limits.ts';
import { type CacheStats, ModuleCache } from './module-cache.ts';
import { neverBegan } from './never-began.ts';
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
import { factsOf, memoryOf, type ProgramFacts, programProblem } from './program-facts.ts';

export interface EngineOptions {
  /** The module that exports `pureCapabilities`; each worker imports it. */
  readonly pureCapabilities: URL;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  /** Worker threads at most: the cores but one, at least one, by default. */
  readonly workers?: number;
  /**
   * Linear memory of all runs together, in bytes. One that computes counts with the most that it may
   * grow to, one that waits for a host call with what it has and a share for its stack; what does not fit waits in order.
   */
  readonly memoryBytes?: number;
  /** How long a worker may take to end a run before it is replaced, in milliseconds. */
  readonly graceMs?: number;
  /** Compiled programs that are kept, and the bytes of their metered modules. */
  readonly cachePrograms?: number;
  readonly cacheBytes?: number;
  /** Told when runs begin to wait for memory, once until none waits any more. Must not throw. */
  readonly onMemoryShort?: (stats: EngineStats) => void;
  /** Told what a host function threw; the result says only that it failed. Must not throw itself. */
  readonly onHostError?: (name: string, error: unknown) => void;
}

export interface EngineStats {
  readonly cache: CacheStats;
  readonly workers: number;
  /** Runs under way, those that wait for memory included. */
  readonly runs: number;
  /** Runs that wait for memory, to begin or to go on. */
  readonly waiting: number;
  /** What the runs have taken of the total, in bytes. */
  readonly memoryBytes: number;
}

/** The engine with a look inside, for metrics and health. */
export interface ObservableEngine extends Engine {
  stats(): EngineStats;
}

/**
 * Runs metered programs on worker threads.
 *
 * @throws WattleError CONFIG_INVALID for limits that are out of their ranges.
 */
export function createEngine(options: EngineOptions): ObservableEngine {
  return new WorkerEngine(options);
}

class WorkerEngine implements ObservableEngine {
  readonly #now: () => number;
  readonly #graceMs: number;
  readonly #onHostError: (name: string, error: unknown) => void;
  readonly #cache: ModuleCache;
  readonly #pool: Pool;
  readonly #admission: Admission;
  /** The programs that were prepared here; no other is ever run. */
  readonly #programs = new WeakMap<CompiledProgram, ProgramFacts>();
  readonly #jobs = new Set<RunJob>();
  #runs = 0;
  #stopping: Promise<void> | null = null;

  constructor(options: EngineOptions) {
    this.#now = options.now;
    const limits = engineLimits(options, availableParallelism());
    this.#graceMs = limits.graceMs;
    this.#onHostError = options.onHostError ?? (() => undefined);
    this.#cache = new ModuleCache({ programs: limits.cachePrograms, bytes: limits.cacheBytes });
    this.#pool = new Pool({ workers: limits.workers, pureCapabilities: options.pureCapabilities });
    this.#admission = new Admission(limits.memoryBytes, () => options.onMemoryShort?.(this.stats()));
  }

  async prepare(request: PrepareRequest): Promise<PrepareOutcome> {
    const outcome = await this.#cache.prepare(request);
    if (outcome.ok && !this.#programs.has(outcome.program)) {
      this.#programs.set(outcome.program, factsOf(outcome.program, request.limits));
    }
    return outcome;
  }

  async run(request: RunRequest): Promise<RunResult> {
    const facts = this.#programs.get(request.program);
    if (facts === undefined) return neverBegan('invalid', 'the program was not prepared by this engine');
    const problem = limitProblem(request.limits) ?? programProblem(facts, request);
    if (problem !== null) return neverBegan('invalid', problem);
    if (this.#stopping !== null) return neverBegan('cancelled', 'the engine has stopped');
    return this.#run(request, facts);
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
      memoryBytes: this.#admission.used,
    };
  }

  async #stop(): Promise<void> {
    const results = [...this.#jobs].map((job) => job.result);
    for (const job of this.#jobs) job.end('cancelled');
    await Promise.allSettled(results);
    await this.#pool.close();
  }

  async #run(request: RunRequest, facts: ProgramFacts): Promise<RunResult> {
    this.#runs += 1;
    const room = this.#admission.room(memoryOf(facts), STACK_BYTES);
    const job = new RunJob({
      id: this.#runs,
      request,
      now: this.#now,
      room,
      onHostError: this.#onHostError,
      graceMs: this.#graceMs,
    });
    this.#jobs.add(job);
    room.claim(() => {
      if (!job.over) this.#pool.start(job);
    });
    try {
      return await job.result;
    } finally {
      this.#jobs.delete(job);
      room.leave();
    }
  }
}
