import { Worker } from 'node:worker_threads';
import type { MutantReport, MutantTask } from './mutant-messages.ts';

/** A mutant takes a millisecond, and a task has a few dozen: one that takes this long does not end. */
const DEADLINE_MS = 5_000;
const WORKER = new URL('./mutant-worker.ts', import.meta.url);
/** Small, so that a program whose calls are not counted overflows it on little fuel. */
const STACK_MB = 1;
const NONE = { refused: 0, invalid: 0, ran: 0 };

/** Treats tampered modules on a thread of its own, so that one that does not end can be told and stopped. */
export class MutantRunner {
  readonly counts = { refused: 0, invalid: 0, ran: 0 };
  #worker: Worker | null = null;
  #tasks = 0;

  async run(task: Omit<MutantTask, 'id'>): Promise<MutantReport> {
    this.#tasks += 1;
    const id = this.#tasks;
    const worker = this.#worker ?? new Worker(WORKER, { resourceLimits: { stackSizeMb: STACK_MB } });
    this.#worker = worker;
    const report = await reportOf(worker, { ...task, id });
    if (report === null) {
      await this.close();
      const what = `one of ${task.mutants.length} did not end within ${DEADLINE_MS} ms`;
      return { id, counts: NONE, problem: { mutant: 0, what } };
    }
    this.counts.refused += report.counts.refused;
    this.counts.invalid += report.counts.invalid;
    this.counts.ran += report.counts.ran;
    return report;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}

/** Answers null when the time is up. Rejects with what the worker died of. */
function reportOf(worker: Worker, task: MutantTask): Promise<MutantReport | null> {
  const { promise, resolve, reject } = Promise.withResolvers<MutantReport | null>();
  const timer = setTimeout(() => resolve(null), DEADLINE_MS);
  const onMessage = (report: MutantReport) => resolve(report);
  worker.once('message', onMessage);
  worker.once('error', reject);
  worker.postMessage(task);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onMessage);
    worker.off('error', reject);
  });
}
