import { importedName } from '../../wat/import-name.ts';
import type { HostImport } from '../../wat/types.ts';
import type { GuestCapability, GuestContext, GuestFunction } from '../guest-capability.ts';
import type { CallAnswer } from '../messages.ts';
import type { HostAnswer, HostCall } from '../port.ts';
import { STATUS } from '../status.ts';
import type { GuestMemory } from './guest-memory.ts';
import { type GuestStack, guestStack } from './guest-stack.ts';
import {
  ContractError,
  failedResult,
  type MarshalBounds,
  readArguments,
  type StackValue,
  type WrittenResult,
  writeResult,
} from './marshal.ts';
import { isStackOverflow } from './trap.ts';

/** Ends the run with the status of a call that failed, as if the program had returned it. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly status: number;

  constructor(status: number) {
    super(`a call failed with status ${status}`);
    this.status = status;
  }
}

/** Ends the run as a trap: a host function threw, or broke its contract, or was called too often. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
}

type Failure = Extract<HostAnswer, { readonly ok: false }>;

/** What the host functions of one run share. */
export interface HostBorder {
  readonly memory: GuestMemory;
  readonly bounds: MarshalBounds;
  readonly context: GuestContext;
  /**
   * Called before each call, whose time no fuel pays for. Answers what to wait for when others have to
   * be let in first; throws when the run has to end.
   */
  beforeCall(): Promise<void> | null;
  /** Sends a call with effects to the main thread. */
  callHost(request: HostCall, bytesIn: number): Promise<CallAnswer>;
  /** Told of a call with effects that failed here: before it was sent, or once it was `answered`. */
  callFailed(name: string, failure: Failure, answered: boolean): void;
  /** Told what a function of the worker threw, which the program must not see. */
  hostError(name: string, error: unknown): void;
  /** Told where the guest stands, before each call that it waits for or that fails. */
  standsAt(stack: GuestStack): void;
  /** Told of each answer that is no success, to explain a status that the program returns. */
  explain(name: string, failure: Failure): void;
}

type StackPair = [value: StackValue, status: number];

function fullName({ capability, name }: HostImport): string {
  return `${capability}.${name}`;
}

/** As authors write it: `(bool X)` calls `json.bool`, which the body does not say. */
function writtenName(signature: HostImport): string {
  return /^\((\w+)/.exec(signature.form ?? '')?.[1] ?? fullName(signature);
}

function fail(border: HostBorder, signature: HostImport, failure: Failure): StackPair {
  border.explain(writtenName(signature), failure);
  return failedResult(signature.result, failure.status);
}

/**
 * A host function that answers in the worker. The run is suspended only for a promise, so a call costs
 * about 100 ns more than one of a plain import, and is a place where the run can be stopped.
 */
function pureImport(border: HostBorder, signature: HostImport, work: GuestFunction): WebAssembly.Suspending {
  const answer = (raw: readonly StackValue[]): WrittenResult => {
    try {
      const read = readArguments(border.memory, signature, raw, border.bounds);
      if (!read.ok) return read;
      const answered = work(...read.values);
      if (answered instanceof Promise) throw new ContractError('a pure function must answer at once');
      return answered.ok
        ? writeResult(border.memory, signature.result, answered.value, border.bounds)
        : answered;
    } catch (error) {
      throw asHostFailure(border, signature, error);
    }
  };
  const leave = leaving(signature);
  const finish = (answered: WrittenResult) =>
    leave(answered.ok ? [answered.value, STATUS.SUCCESS] : fail(border, signature, answered));
  const call = (...raw: StackValue[]) => {
    const turn = border.beforeCall();
    const answered = turn === null ? answer(raw) : null;
    if (answered?.ok !== true) border.standsAt(guestStack());
    return answered === null ? turn?.then(() => finish(answer(raw))) : finish(answered);
  };
  return new WebAssembly.Suspending(call);
}

/** What goes on the stack: both values, or the result alone of a function whose failure ends the program. */
function leaving({ ends }: HostImport): (pair: StackPair) => StackPair | StackValue {
  if (!ends) return (pair) => pair;
  return ([value, status]) => {
    if (status !== STATUS.SUCCESS) throw new CallFailed(status);
    return value;
  };
}

/** A host function of the main thread: the run waits for it without holding the thread. */
function suspendingImport(border: HostBorder, signature: HostImport): WebAssembly.Suspending {
  const { capability, name } = signature;
  const failHere = (failure: Failure, answered: boolean): StackPair => {
    border.callFailed(fullName(signature), failure, answered);
    return fail(border, signature, failure);
  };
  const answer = async (raw: readonly StackValue[]): Promise<StackPair> => {
    const turn = border.beforeCall();
    if (turn !== null) await turn;
    const read = readArguments(border.memory, signature, raw, border.bounds);
    if (!read.ok) {
      border.standsAt(guestStack());
      return failHere(read, false);
    }
    const answered = await border.callHost({ capability, name, args: read.values }, read.bytes);
    if ('failed' in answered) throw failureOf(signature);
    if (!answered.ok) return fail(border, signature, answered);
    try {
      const written = writeResult(border.memory, signature.result, answered.value, border.bounds);
      return written.ok ? [written.value, STATUS.SUCCESS] : failHere(written, true);
    } catch (error) {
      throw asHostFailure(border, signature, error);
    }
  };
  const leave = leaving(signature);
  const call = async (...raw: StackValue[]) => {
    const answered = answer(raw);
    // While the main thread is at it.
    border.standsAt(guestStack());
    return leave(await answered);
  };
  return new WebAssembly.Suspending(call);
}

/** A stack overflow is the guest's own, wherever its last frame was. */
function asHostFailure(border: HostBorder, signature: HostImport, error: unknown): unknown {
  if (isStackOverflow(error)) return error;
  border.hostError(fullName(signature), error);
  return failureOf(signature);
}

/** What the host threw may tell of paths and secrets: the program and its reader learn only that it did. */
function failureOf(signature: HostImport): HostFailure {
  return new HostFailure(`${fullName(signature)} failed inside the host`);
}

export type HostFunctions =
  | { readonly ok: true; readonly imports: Record<string, Record<string, WebAssembly.ImportValue>> }
  | { readonly ok: false; readonly error: string };

/** Makes the import object of one run. `wanted` has been checked against the grants. */
export function createHostFunctions(
  wanted: readonly HostImport[],
  capabilities: ReadonlyMap<string, GuestCapability>,
  border: HostBorder,
): HostFunctions {
  const opened = new Map<string, Readonly<Record<string, GuestFunction>>>();
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const signature of wanted) {
    const { capability, name, effect } = signature;
    imports[capability] ??= {};
    if (effect !== 'pure') {
      imports[capability][importedName(signature)] = suspendingImport(border, signature);
      continue;
    }
    const functions = opened.get(capability) ?? capabilities.get(capability)?.open(border.context) ?? {};
    opened.set(capability, functions);
    const work = functions[name];
    if (work === undefined) return { ok: false, error: `no worker has the function ${fullName(signature)}` };
    imports[capability][importedName(signature)] = pureImport(border, signature, work);
  }
  return { ok: true, imports };
}
