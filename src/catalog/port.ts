import type { HostAnswer, HostCall, HostCallRecord, Limits, RunResult } from '../engine/port.ts';
import type { RecordedCall as EngineRecordedCall } from '../engine/replay/recording.ts';
import type { Position } from '../wat/line-index.ts';
import type { Diagnostic, HostImport, Signature, WireValue } from '../wat/types.ts';

/** One host answer of an example: what the program calls next, and what it then gets. */
export interface RecordedCall extends EngineRecordedCall {
  readonly answer: HostAnswer;
}

/** An example of a catalog program, run by `wattle catalog check` against its recorded host answers. */
export interface Example {
  readonly args: readonly WireValue[];
  readonly result: WireValue;
  /** What a person would say to ask for this; the offline planner matches against it. */
  readonly says: string | null;
  /** The answers that the host gives in turn, so that the example needs no network. */
  readonly host: readonly RecordedCall[];
}

/** A WAT-plus function body with what it takes, gives and may touch. */
export interface ProgramDefinition {
  readonly name: string;
  readonly description: string;
  readonly signature: Signature;
  /** Capabilities whose functions with effects it may call; pure functions need no grant. */
  readonly grants: readonly string[];
  readonly body: string;
  readonly examples: readonly Example[];
}

/** A program that may not be usable yet, so that its mistakes are told. */
export interface ProgramDraft extends Pick<ProgramDefinition, 'body'> {
  /** Null where none could be read: the body is then only read, not assembled. */
  readonly signature: Signature | null;
  /** Null where none could be read: the body is then assembled as if it had all. */
  readonly grants: readonly string[] | null;
}

/** What capabilities are, seen from here: imports to assemble against and an answer for each call. */
export interface CapabilityHost<Context> {
  readonly names: readonly string[];
  imports(grants: readonly string[]): readonly HostImport[];
  /** Fresh state for one run, until `signal` aborts; answers the calls of functions with effects. */
  open(
    grants: readonly string[],
    context: Context,
    signal: AbortSignal,
  ): (call: HostCall) => Promise<HostAnswer>;
}

/** A `RunResult` with its result decoded, and its place as one of the body. */
export interface ProgramRun extends Omit<RunResult, 'result' | 'place'> {
  /** Null for every outcome but `ok`. */
  readonly result: WireValue;
  /** Where in the body it failed; null for `ok`, and where nobody knows. */
  readonly place: Position | null;
  /** The mistakes in the body, when that is why it is `invalid`; `error` renders them. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ProgramRequest<Context> {
  readonly program: ProgramDefinition;
  /** In the order of the signature. Wrong number or type ends as `invalid` with the expected signature. */
  readonly args: readonly unknown[];
  readonly context: Context;
  readonly signal: AbortSignal;
  readonly limits?: Partial<Limits>;
  /** Asked before each call with effects is made; an answer takes its place. */
  mayCall?(name: string): Extract<HostAnswer, { readonly ok: false }> | null;
  /** Told of each call with effects once it is answered. */
  onHostCall?(record: Pick<HostCallRecord, 'name' | 'status' | 'message'>): void;
}

/** Assembles and runs programs. Nothing that a program does makes it reject. */
export interface ProgramRunner<Context> {
  run(request: ProgramRequest<Context>): Promise<ProgramRun>;
  /** Compiles into the engine's cache; answers the mistakes, none when it compiled. */
  prepare(program: ProgramDraft): Promise<readonly Diagnostic[]>;
  /** The functions with effects that it calls; none for a program that does not compile. */
  effects(program: ProgramDefinition): Promise<readonly HostImport[]>;
}

/** The programs that can be used by name. */
export interface Catalog {
  list(): readonly ProgramDefinition[];
  get(name: string): ProgramDefinition | undefined;
}

/** What a program did once, in the wire format as base64. */
export interface KeptExample {
  readonly args: readonly string[];
  /** Null where the signature has no result. */
  readonly result: string | null;
}

/** A program that the model wrote and that worked, as text that can be stored. */
export interface KeptRun {
  /** What the step was called in the thread. */
  readonly title: string;
  readonly signature: string;
  readonly grants: readonly string[];
  readonly body: string;
  /** Null for a run that depended on anything but its arguments. */
  readonly example: KeptExample | null;
}

/** A kept run that a person gave a name: a program of one workspace. */
export interface SavedProgram extends Omit<KeptRun, 'title'> {
  readonly name: string;
  readonly description: string;
  /** A sha-256 of what it does: signature, grants and body. */
  readonly hash: string;
  /** `platform:id` of the person. */
  readonly savedBy: string;
  /** Unix milliseconds. */
  readonly savedAt: number;
}
