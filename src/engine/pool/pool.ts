import type { RunJob } from './run-job.ts';
import { WorkerThread } from './worker-thread.ts';

export interface PoolOptions {
  /** The most worker threads at a time. */
  readonly workers: number;
  readonly pureCapabilities: URL;
}

/** The worker threads: started when runs need them, replaced when they break down. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #threads = new Set<WorkerThread>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#threads.size;
  }

  /** Puts a run on the thread with the fewest runs. */
  start(job: RunJob): void {
    const thread = this.#pick();
    thread.add(job);
    const remove = () => thread.remove(job);
    job.result.then(remove, remove);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => thread.close()));
  }

  #pick(): WorkerThread {
    let best: WorkerThread | null = null;
    for (const thread of this.#threads) {
      if (best === null || thread.load < best.load) best = thread;
    }
    if (best !== null && (best.load === 0 || this.#threads.size >= this.#options.workers)) return best;
    const { pureCapabilities } = this.#options;
    const thread = new WorkerThread({ pureCapabilities, onGone: (gone) => this.#threads.delete(gone) });
    this.#threads.add(thread);
    return thread;
  }
}
