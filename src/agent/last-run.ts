import type { KeptRun, ProgramRun } from '../catalog/port.ts';
import { keepRun } from '../catalog/saved-program.ts';
import type { ProgramCall } from './program-run.ts';

/** The thread's newest program of the model that worked, while a turn goes on. */
export class LastRun {
  #value: KeptRun | null;

  constructor(before: KeptRun | null) {
    this.#value = before;
  }

  /** Null where there was none, or it is too large to be kept. */
  get value(): KeptRun | null {
    return this.#value;
  }

  /** A run that failed leaves the one before it in its place. */
  note({ program, args, title }: ProgramCall, run: ProgramRun): void {
    if (run.outcome === 'ok') this.#value = keepRun({ ...program, description: title }, args, run);
  }
}
