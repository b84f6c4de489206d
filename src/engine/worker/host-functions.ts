import type { HostImport } from '../../wat/types.ts';
import type { GuestCapability, GuestContext, GuestFunction } from '../guest-capability.ts';
import type { CallAnswer } from '../messages.ts';
import type { HostAnswer, HostCall } from '../port.ts';
import { STATUS } from '../status.ts';
import type { GuestMemory } from './guest-memory.ts';
import {
  ContractError,
  failedResult,
  type MarshalBounds,
  readArguments,
  type StackValue,
  writeResult,
} from './marshal.ts';
import { isStackOverflow } from './trap.ts';

/** Ends the run as a trap: a host function threw, or broke its contract. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure';
}

type Failure = Extract<HostAnswer, { readonly ok: false }>;

/** What the host functions of one run share. */
export interface HostBorder {
  readonly memory: GuestMemory;
  readonly bounds: MarshalBounds;
  readonly context: GuestContext;
  /** Called before each call of a pure function, whose time no fuel pays for. */
  beforePureCall(): void;
  /** Sends a call with effects to the main thread. */
  callHost(request: HostCall, bytesIn: number): Promise<CallAnswer>;
  /** Told of a call with effects that failed here: before it was sent, or once it was `answered`. */
  callFailed(name: string, failure: Failure, answered: boolean): void;
  /** Told of each answer that is no success, to explain a status that the program returns. */
  explain(name: string, failure: Failure): void;
}

type StackPair = [value: StackValue, status: number];

function fullName({ capability, name }: HostImport): string {
  return `${capability}.${name}`;
}

function fail(border: HostBorder, signature: HostImport, failure: Failure): StackPair {
  border.explain(fullName(signature), failure);
  return failedResult(signature.result, failure.status);
}

/** A host function that answers at once, in the worker. */
function pureImport(
  border: HostBorder,
  signature: HostImport,
  work: GuestFunction,
): WebAssembly.ImportedFunction {
  return (...raw: StackValue[]) => {
    border.beforePureCall();
    try {
      const read = readArguments(border.memory, signature, raw, border.bounds);
      if (!read.ok) return fail(border, signature, read);
      const answer = work(...read.values);
      if (answer instanceof Promise) throw new ContractError('a pure function must answer at once');
      if (!answer.ok) return fail(border, signature, answer);
      const written = writeResult(border.memory, signature.result, answer.value, border.bounds);
      return written.ok ? [written.value, STATUS.SUCCESS] : fail(border, signature, written);
    } catch (error) {
      throw asHostFailure(signature, error);
    }
  };
}

/** A host function of the main thread: the run waits for it without holding the thread. */
function suspendingImport(border: HostBorder, signature: HostImport): WebAssembly.Suspending {
  const { capability, name } = signature;
  const failHere = (failure: Failure, answered: boolean): StackPair => {
    border.callFailed(fullName(signature), failure, answered);
    return fail(border, signature, failure);
  };
  return new WebAssembly.Suspending(async (...raw: StackValue[]) => {
    const read = readArguments(border.memory, signature, raw, border.bounds);
    if (!read.ok) return failHere(read, false);
    const answer = await border.callHost({ capability, name, args: read.values }, read.bytes);
    if ('failed' in answer) throw new HostFailure(`${fullName(signature)} failed: ${answer.failed}`);
    if (!answer.ok) return fail(border, signature, answer);
    try {
      const written = writeResult(border.memory, signature.result, answer.value, border.bounds);
      return written.ok ? [written.value, STATUS.SUCCESS] : failHere(written, true);
    } catch (error) {
      throw asHostFailure(signature, error);
    }
  });
}

/** A stack overflow is the guest's own, wherever its last frame was. */
function asHostFailure(signature: HostImport, error: unknown): unknown {
  if (isStackOverflow(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new HostFailure(`${fullName(signature)} failed: ${message}`);
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
      imports[capability][name] = suspendingImport(border, signature);
      continue;
    }
    const functions = opened.get(capability) ?? capabilities.get(capability)?.open(border.context) ?? {};
    opened.set(capability, functions);
    const work = functions[name];
    if (work === undefined) return { ok: false, error: `no worker has the function ${fullName(signature)}` };
    imports[capability][name] = pureImport(border, signature, work);
  }
  return { ok: true, imports };
}
