import type { CodePlace, Diagnostic, HostImport } from '../wat/types.ts';
import type { FailureName, StatusName } from './status.ts';

/** How a run ended. `ok` is status SUCCESS; `status` is any other status that the program returned. */
export type Outcome =
  | 'ok'
  | 'status'
  | 'trap'
  | 'out-of-fuel'
  | 'out-of-memory'
  | 'deadline'
  | 'cancelled'
  | 'invalid';

export interface Limits {
  /** Wasmtime fuel units for the whole run. */
  readonly fuel: number;
  /** Fuel between two looks at stop, deadline and the other runs of the thread. */
  readonly slice: number;
  /** Wall clock of the whole run, waiting included but for a worker thread to come up, in milliseconds. */
  readonly deadlineMs: number;
  /** Pages of 64 KiB of linear memory. */
  readonly memoryPages: number;
  /** Elements of each table. */
  readonly tableElements: number;
  readonly tables: number;
  /** Functions of the module that are executed within each other; one with a large frame counts for more. */
  readonly callDepth: number;
  /** Calls of functions with effects; pure ones are paid for with fuel alone. */
  readonly hostCalls: number;
  /** Bytes that one host call may take in, and give back. */
  readonly hostCallBytes: number;
  /** Bytes that all calls with effects may take in and give back together. */
  readonly hostTrafficBytes: number;
  /** Size of the module before it is metered. */
  readonly moduleBytes: number;
  /** Functions of the module, imported ones included. */
  readonly functions: number;
  /** Locals of each function, parameters included. */
  readonly locals: number;
}

/** The limits that a module is made and checked for. What was made for one set of them is made anew for another. */
export type ModuleLimits = Pick<
  Limits,
  'memoryPages' | 'tableElements' | 'tables' | 'callDepth' | 'moduleBytes' | 'functions' | 'locals'
>;

/** A value as it crosses to a host function: `i64` is a bigint, `bytes` and `wire` are Uint8Array. */
export type HostValue = number | bigint | boolean | string | Uint8Array;

/** What a host function answers. The message is for logs and for the model; the guest sees only the status. */
export type HostAnswer =
  | { readonly ok: true; readonly value: HostValue | null }
  | { readonly ok: false; readonly status: FailureName; readonly message: string };

/** A call of a function with effects, as it reaches the main thread. */
export interface HostCall {
  readonly capability: string;
  readonly name: string;
  readonly args: readonly HostValue[];
}

/** One call with effects that a run made, in order. One that the run did not outlive has status EREMOTE. */
export interface HostCallRecord {
  /** `capability.name`. */
  readonly name: string;
  readonly status: StatusName;
  readonly message: string | null;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly durationMs: number;
}

export interface RunResult {
  readonly outcome: Outcome;
  /** The status that the program returned, or null when it did not get that far. */
  readonly status: StatusName | null;
  /** What the program handed to `core.resv`, in the wire format. */
  readonly result: Uint8Array | null;
  readonly fuel: number;
  /** Peak linear memory in bytes. */
  readonly memoryBytes: number;
  readonly durationMs: number;
  readonly hostCalls: readonly HostCallRecord[];
  /** What the program wrote with `debug.log`, a line each. */
  readonly debug: readonly string[];
  /** Why, in words, for every outcome but `ok`. */
  readonly error: string | null;
  /** Where in the code it ended; null for `ok`, and where nobody knows. */
  readonly place: CodePlace | null;
}

/** A program that was assembled, metered, verified and compiled; opaque to all but the engine. */
export interface CompiledProgram {
  /** Content hash of source, imports, meter version, cost table and baked-in limits. */
  readonly hash: string;
  readonly module: WebAssembly.Module;
  /** The metered module, to find the place where a run ended. */
  readonly code: Uint8Array;
  readonly heapBase: number;
  /** What each run takes in the heap of its worker from the beginning: tables and functions as values. */
  readonly heapBytes: number;
  /** The memory that a run is lent, in pages of 64 KiB; null when the program has none of its own. */
  readonly memory: { readonly initial: number; readonly maximum: number } | null;
  readonly imports: readonly HostImport[];
}

export type BuildOutcome =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly heapBase: number }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface PrepareRequest {
  /** The source text that the cache key is taken from. */
  readonly source: string;
  readonly imports: readonly HostImport[];
  readonly limits: ModuleLimits;
  /** Called on a cache miss only. */
  build(): BuildOutcome | Promise<BuildOutcome>;
}

export type PrepareOutcome =
  | { readonly ok: true; readonly program: CompiledProgram; readonly cached: boolean }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface RunRequest {
  readonly program: CompiledProgram;
  /** Each argument in the wire format. */
  readonly args: readonly Uint8Array[];
  /** Bytes of the result at the pointer given to `core.resv`: a fixed size, or u32 length + contents. */
  readonly resultSize: number | 'length-prefixed';
  /** Names of granted capabilities. Only their functions are linked, whatever the module imports. */
  readonly grants: readonly string[];
  readonly limits: Limits;
  /** Aborting ends the run as `cancelled`, wherever it is. */
  readonly signal: AbortSignal;
  /**
   * Answers the functions whose effect is not `pure`. One that throws ends the run as a trap; the cause
   * goes to the engine's `onHostError` alone.
   */
  onHostCall(call: HostCall): Promise<HostAnswer>;
}

/** Bytes in, result out. Nothing that a program does makes these reject. */
export interface Engine {
  prepare(request: PrepareRequest): Promise<PrepareOutcome>;
  run(request: RunRequest): Promise<RunResult>;
  /** Ends every run as `cancelled` and closes the workers. Idempotent. */
  stop(): Promise<void>;
}
