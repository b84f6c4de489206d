import type { HostImport } from '../wat/types.ts';
import type { MemoryShape } from './metering/memory-import.ts';
import type { HostAnswer, HostCall, Limits, Outcome } from './port.ts';
import type { FailureName, StatusName } from './status.ts';

/** Why the main thread ends a run. */
export type EndReason = 'deadline' | 'cancelled';

/** What a worker is started with. */
export interface WorkerSettings {
  /** The module that exports `pureCapabilities`. */
  readonly pureCapabilities: string;
  /** What all runs on it may keep in its heap. */
  readonly heldBytes: number;
}

/** How a host call is answered: by its host function, or, when that threw, by the end of the run. */
export type CallAnswer = HostAnswer | { readonly failed: true };

/** From the main thread to a worker. Runs and calls are named by numbers. */
export type ToWorker =
  | {
      readonly type: 'module';
      readonly hash: string;
      readonly module: WebAssembly.Module;
      readonly heapBase: number;
      readonly heapBytes: number;
      readonly memory: MemoryShape | null;
      readonly imports: readonly HostImport[];
    }
  | { readonly type: 'forget'; readonly hash: string }
  | ({ readonly type: 'start' } & StartRun)
  | { readonly type: 'answer'; readonly run: number; readonly answer: CallAnswer }
  | { readonly type: 'end'; readonly run: number; readonly reason: EndReason };

export interface StartRun {
  readonly run: number;
  readonly hash: string;
  readonly args: readonly Uint8Array[];
  readonly resultSize: number | 'length-prefixed';
  readonly limits: Limits;
  /** What is left of the deadline, in milliseconds. */
  readonly remainingMs: number;
}

/** A function that a guest was in, by its index in the metered module, and the byte of the module that it was at. */
export interface GuestFrame {
  readonly function: number;
  readonly offset: number;
}

/** What a worker knows of a run when it is over. */
export interface RunReport {
  readonly outcome: Outcome;
  readonly status: StatusName | null;
  readonly result: Uint8Array | null;
  readonly fuel: number;
  readonly memoryBytes: number;
  readonly debug: readonly string[];
  readonly error: string | null;
  /** Where it ended, the innermost first; none for a run that worked, or where that is not known. */
  readonly frames: readonly GuestFrame[];
}

/** From a worker to the main thread. */
export type FromWorker =
  | { readonly type: 'ready' }
  | ({ readonly type: 'call' } & CallMessage)
  | ({ readonly type: 'failed' } & FailedCall)
  | { readonly type: 'host-error'; readonly run: number; readonly error: HostError }
  | { readonly type: 'done'; readonly run: number; readonly report: RunReport };

/** A run waits for no more than one call at a time. */
export interface CallMessage {
  readonly run: number;
  readonly request: HostCall;
  readonly bytesIn: number;
  /** Linear memory of the run while it waits. */
  readonly memoryBytes: number;
}

/** What a host function in the worker threw, in words: an error itself may hold what cannot be sent. */
export interface HostError {
  /** `capability.name`. */
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
}

/** A call that came to nothing in the worker. */
export interface FailedCall {
  readonly run: number;
  /** `capability.name`. */
  readonly name: string;
  /** Whether the main thread answered it and the answer found no room, or it never got that far. */
  readonly answered: boolean;
  readonly status: FailureName;
  readonly message: string;
}
