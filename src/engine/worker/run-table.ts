import type { StartRun, ToWorker } from '../messages.ts';
import { GuestRun, type WorkerServices } from './guest-run.ts';
import { type LoadedProgram, wantedImports } from './loaded-program.ts';

/** The programs and the runs of one worker, moved by the main thread's messages. */
export class RunTable {
  readonly #programs = new Map<string, LoadedProgram>();
  readonly #runs = new Map<number, GuestRun>();
  readonly #services: WorkerServices;

  constructor(services: WorkerServices) {
    this.#services = services;
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case 'module': {
        const { hash, module, heapBase, heapBytes, memory, imports } = message;
        const wanted = wantedImports(module, imports);
        this.#programs.set(hash, { module, heapBase, heapBytes, memory, wanted });
        return;
      }
      case 'forget':
        this.#programs.delete(message.hash);
        return;
      case 'start':
        void this.#run(message);
        return;
      case 'answer':
        this.#runs.get(message.run)?.answer(message.answer);
        return;
      case 'end':
        this.#runs.get(message.run)?.end(message.reason);
    }
  }

  async #run(start: StartRun): Promise<void> {
    const program = this.#programs.get(start.hash);
    if (program === undefined) throw new Error(`program ${start.hash} was not sent before its run`);
    const run = new GuestRun(start, program, this.#services);
    this.#runs.set(start.run, run);
    const report = await run.execute();
    this.#runs.delete(start.run);
    this.#services.post({ type: 'done', run: start.run, report });
  }
}
