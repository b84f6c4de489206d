import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WattleError } from '../../errors.ts';
import type { FromWorker, ToWorker, WorkerSettings } from '../messages.ts';
import type { RunJob, RunThread } from './run-job.ts';

/** Programs that a worker keeps, the least recently used being forgotten first. */
const KEPT_PROGRAMS = 512;
const HEAP_MB = 1_024;
/**
 * What the runs of a worker may keep in its heap together. What they keep is an estimate, and while it works a
 * function makes things that it does not keep, hence the distance.
 */
const HELD_BYTES = 384 * 2 ** 20;

const NO_ANSWER = 'its worker did not answer any more and was replaced';
const BYSTANDER = 'its worker was replaced, because another run on it could not be ended';

export interface WorkerThreadOptions {
  readonly pureCapabilities: URL;
  /** Called once when the thread can no longer be used, for whatever reason. */
  readonly onGone: (thread: WorkerThread) => void;
}

/** One worker thread with its runs. It starts loading at once; runs wait until it is ready. */
export class WorkerThread implements RunThread {
  readonly #worker: Worker;
  readonly #onGone: (thread: WorkerThread) => void;
  readonly #jobs = new Map<number, RunJob>();
  /** Hashes of the programs that the worker has, in order of use. */
  readonly #programs = new Set<string>();
  #ready = false;
  #gone = false;

  constructor({ pureCapabilities, onGone }: WorkerThreadOptions) {
    this.#onGone = onGone;
    const settings: WorkerSettings = { pureCapabilities: pureCapabilities.href, heldBytes: HELD_BYTES };
    this.#worker = new Worker(new URL('../worker/worker.ts', import.meta.url), {
      workerData: settings,
      // Neither the flags of the host process nor its environment are any business of the worker's.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: workerEnvironment(),
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#breakDown(error));
    this.#worker.on('exit', (code) => this.#breakDown(new Error(`it ended with code ${code}`)));
  }

  /** Number of runs that are on it or wait for it. */
  get load(): number {
    return this.#jobs.size;
  }

  add(job: RunJob): void {
    this.#jobs.set(job.id, job);
    if (this.#ready) this.#start(job);
    else job.holdClock();
  }

  /** Forgets a run that is over. */
  remove(job: RunJob): void {
    this.#jobs.delete(job.id);
  }

  post(message: ToWorker): void {
    if (!this.#gone) this.#worker.postMessage(message);
  }

  giveUp(): void {
    this.#leave((job) => job.onLost(job.ending ? NO_ANSWER : BYSTANDER));
    void this.#worker.terminate();
  }

  async close(): Promise<void> {
    this.#leave((job) => job.onLost('its worker was closed'));
    await this.#worker.terminate();
  }

  #start(job: RunJob): void {
    this.#send(job);
    job.startOn(this);
  }

  /** Sends the program ahead of the run unless the worker has it. */
  #send({ program }: RunJob): void {
    if (!this.#programs.delete(program.hash)) this.post({ type: 'module', ...program });
    this.#programs.add(program.hash);
    const [oldest] = this.#programs;
    if (this.#programs.size <= KEPT_PROGRAMS || oldest === undefined) return;
    this.#programs.delete(oldest);
    this.post({ type: 'forget', hash: oldest });
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready') {
      this.#ready = true;
      for (const job of this.#jobs.values()) this.#start(job);
      return;
    }
    const job = this.#jobs.get(message.run);
    if (job === undefined) return;
    if (message.type === 'call') void job.onCall(message);
    else if (message.type === 'failed') job.onFailedCall(message);
    else if (message.type === 'host-error') job.onHostError(message.error);
    else job.onDone(message.report);
  }

  #breakDown(error: Error): void {
    const started = this.#ready;
    this.#leave((job) => {
      if (started) job.onCrash(`trap: its worker broke down: ${error.message}`);
      else
        job.fail(
          new WattleError('INTERNAL', `no worker thread could start: ${error.message}`, { cause: error }),
        );
    });
  }

  #leave(tell: (job: RunJob) => void): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#onGone(this);
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const job of jobs) tell(job);
  }
}

/** Nothing but where compiled sources are kept, if they are: a thread loads in a fraction of the time. */
function workerEnvironment(): Record<string, string> {
  const cache = getCompileCacheDir();
  return cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) };
}
