/** Work in lanes: one at a time in a lane, first come first served, lanes side by side up to a bound. */
export interface Queue {
  /** Settles as the work does. Nothing is ever dropped. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export interface QueueOptions {
  /** How many lanes may be at work at once. */
  readonly maxRunning: number;
}

export function createQueue({ maxRunning }: QueueOptions): Queue {
  return new LaneQueue(maxRunning);
}

type Job = () => Promise<void>;

class LaneQueue implements Queue {
  readonly #maxRunning: number;
  /** What waits in each lane that has work; a lane whose job runs is here too, maybe with nothing waiting. */
  readonly #lanes = new Map<string, Job[]>();
  /** The lanes whose next job may start, in turn, so that a busy thread does not starve the others. */
  readonly #ready: string[] = [];
  #running = 0;
  #idleWaiters: (() => void)[] = [];

  constructor(maxRunning: number) {
    this.#maxRunning = maxRunning;
  }

  run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const job = () => work().then(resolve, reject);
    const waiting = this.#lanes.get(lane);
    if (waiting === undefined) {
      this.#lanes.set(lane, [job]);
      this.#ready.push(lane);
    } else {
      waiting.push(job);
    }
    this.#startReady();
    return promise;
  }

  idle(): Promise<void> {
    if (this.#lanes.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  #startReady(): void {
    while (this.#running < this.#maxRunning) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      const job = this.#lanes.get(lane)?.shift();
      if (job !== undefined) void this.#start(lane, job);
    }
  }

  async #start(lane: string, job: Job): Promise<void> {
    this.#running += 1;
    await job();
    this.#running -= 1;
    this.#release(lane);
    this.#startReady();
    if (this.#lanes.size > 0) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  #release(lane: string): void {
    if (this.#lanes.get(lane)?.length === 0) this.#lanes.delete(lane);
    else this.#ready.push(lane);
  }
}
