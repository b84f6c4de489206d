import type { Account } from '../budget/port.ts';
import type { HostAnswer, HostValue } from '../engine/port.ts';
import type { FailureName } from '../engine/status.ts';
import type { HostImport } from '../wat/types.ts';

/** One host function's work. Arguments arrive decoded and of the types that the signature names. */
export type Implementation = (...args: never[]) => HostAnswer | Promise<HostAnswer>;

/**
 * A named group of host functions. `open` makes fresh state for one run and gives an implementation
 * for each function by name. Functions that are `pure` run in the worker beside the program with a
 * `GuestContext`; all others run on the main thread with a `HostContext`. Each capability here is wholly
 * one or the other; two of one name are the halves of what programs see as one.
 */
export interface Capability<Context> {
  readonly name: string;
  readonly imports: readonly HostImport[];
  /** By function: the statuses that it answers for reasons of its own. */
  readonly fails: Readonly<Record<string, readonly FailureName[]>>;
  open(context: Context): Readonly<Record<string, Implementation>>;
}

/** What a capability in the worker can reach: the run's own arguments, result and debug output. */
export interface GuestContext {
  /** Each argument in the wire format. */
  readonly args: readonly Uint8Array[];
  setResult(wire: Uint8Array): void;
  log(line: string): void;
  /**
   * Takes so many bytes of what all runs may keep on the host's side, until the run ends. False, and none
   * taken, when they are used up: the call then has to answer ENOMEM.
   */
  hold(bytes: number): boolean;
  /** What `make` gives, made once for the run, whichever capability asks first. */
  share<T>(make: (context: GuestContext) => T): T;
}

/** Who asks. Both are data from outside. */
export interface User {
  /** The platform's own id, which nobody else has there. */
  readonly id: string;
  /** A promise, which never rejects, where the platform is still asked for it. */
  readonly name: string | Promise<string>;
}

/** What a turn lends to the runs of its programs. */
export interface SessionContext {
  /** The conversation's own key-value space. */
  readonly kv: KeyValue;
  /** Spaces that conversations share; each is granted by a name of its own. */
  readonly shared: Readonly<Record<SharedScope, KeyValue>>;
  /** The workspace's name among those of all platforms; what is kept for one is never lent to another. */
  readonly workspace: string;
  /** Who wrote the message of this turn. */
  readonly user: User;
  /** The turn's calls of a model from its programs. */
  readonly modelCalls: Allowance;
  /** What those calls are paid from. */
  readonly account: Account;
}

export type SharedScope = 'channel' | 'user' | 'workspace';

/** So much of something and no more. */
export interface Allowance {
  /** Takes one; false when none is left. */
  take(): boolean;
}

/** What a capability on the main thread can reach for one run. */
export interface HostContext extends SessionContext {
  /** Aborted when the run is over, so that no request goes on without it. */
  readonly signal: AbortSignal;
}

/** A bounded key-value space of strings. What answers false because a quota would be passed changes nothing. */
export interface KeyValue {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<boolean>;
  /** Sets a key to what `change` makes of its value, in one step; `undefined` leaves it. False past the quota. */
  update(key: string, change: (value: string | undefined) => string | undefined): Promise<boolean>;
  /** False when there was no such key. */
  delete(key: string): Promise<boolean>;
  /** Keys in order. */
  list(prefix: string): Promise<readonly string[]>;
  /** Keys in order, with their values. */
  entries(prefix: string): Promise<readonly (readonly [key: string, value: string])[]>;
  /** The same, and removes them, with no other change of the space between the two. */
  take(prefix: string): Promise<readonly (readonly [key: string, value: string])[]>;
}

/** The answer of a call that did not succeed. */
export type Failure = Extract<HostAnswer, { readonly ok: false }>;

export function succeed(value: HostValue | null = null): HostAnswer {
  return { ok: true, value };
}

export function fail(status: FailureName, message: string): Failure {
  return { ok: false, status, message };
}

/** So many and no more, counted over everyone who is given it. */
export function createAllowance(count: number): Allowance {
  let left = count;
  return {
    take() {
      if (left === 0) return false;
      left -= 1;
      return true;
    },
  };
}
