import type { Workload } from './workloads.ts';

/** One way of running untrusted code, as it is compared. */
export interface Contender {
  readonly name: string;
  /** Where guest code runs; on the main thread, an endless program stops the whole process for as long. */
  readonly thread: 'own' | 'main';
  /** Whether a run can see nothing of the runs before it. */
  readonly fresh: boolean;
  /** What is lost when a run does not end by itself: the run alone, the thread with all its runs, or the process. */
  readonly endless: 'run' | 'thread' | 'process';
  /** Loads and compiles what can be kept between runs. */
  open(workload: Workload): Promise<Session>;
}

/** A contender that is ready to run one workload. */
export interface Session {
  /** One run, from the call to its result. May be called again before the last one has ended. */
  run(): Promise<number>;
  close(): Promise<void>;
}

/** A program loaded into the thread of the caller. */
export interface LoadedProgram {
  run(): number | Promise<number>;
  close(): void;
}

/** Loads a workload into this thread; `ask` is the host function. */
export type LoadProgram = (workload: Workload, ask: () => number) => Promise<LoadedProgram>;

/** A library that starts no threads, with fresh state for each run. */
export interface Library {
  readonly name: string;
  readonly endless: 'run' | 'thread';
  readonly load: LoadProgram;
}

/** The wall clock of one run, the same for all that have one. */
export const DEADLINE_MS = 30_000;
