import type { Position } from './line-index.ts';

/** How a value crosses between guest and host. Pointers lead to length-prefixed bytes in guest memory. */
export type HostType =
  /** A plain number on the stack. */
  | 'i32'
  | 'i64'
  | 'f64'
  /** An i32 on the stack: 0 is false, every other number true; a result is 0 or 1. */
  | 'bool'
  /** A pointer to u32 byte length + UTF-8. */
  | 'string'
  /** A pointer to u32 byte length + raw bytes. */
  | 'bytes'
  /** An i32 handle of a JSON value that the worker keeps for the length of one run. Only pure functions use it. */
  | 'value'
  /** A `string` that holds JSON text; only a result. The language turns it into a `value`. */
  | 'json'
  /** A pointer to a value already in the wire format; only `core` uses it. */
  | 'wire';

/** What calling a host function can do to the world: nothing, look at our state, change it, look outside, act outside. */
export type Effect = 'pure' | 'read' | 'write' | 'fetch' | 'external';

export interface HostParam {
  readonly name: string;
  readonly type: HostType;
  /** What the language passes when the last arguments are left out; a raw `call` passes all of them. */
  readonly default?: number | string | boolean;
}

/**
 * One host function. In WAT it is `$capability.name`, imported from module `capability`; it takes its
 * parameters and leaves two values: the result (0 where there is none) and above it the i32 status.
 * As `$capability.name!` it leaves its result alone, if it has one, and a failure ends the program with its status.
 */
export interface HostImport {
  readonly capability: string;
  readonly name: string;
  /** Whether it is the form with `!`. */
  readonly ends?: true;
  readonly params: readonly HostParam[];
  readonly result: HostType | 'none';
  /** What JSON value the result always is, where that is known. */
  readonly gives?: 'object';
  readonly effect: Effect;
  /** One line for the prompt and the docs. */
  readonly summary: string;
  /** Called by the language's own forms only; the prompt and the docs leave it out. */
  readonly hidden?: true;
  /** What only a grant adds to its capability, for messages. */
  readonly byGrant?: readonly string[];
  /** How the language itself says the same; the prompt then leaves the function out. */
  readonly form?: string;
}

/** A type of the wire format. */
export type ValueType =
  | { readonly kind: 'bool' | 'i32' | 'i64' | 'f64' | 'string' | 'bytes' }
  /** A map goes from texts to values of one type. */
  | { readonly kind: 'list' | 'option' | 'map'; readonly of: ValueType }
  | { readonly kind: 'struct'; readonly fields: readonly Param[] };

export interface Param {
  readonly name: string;
  readonly type: ValueType;
}

/** `(url: string, times: i32) -> string`, parsed. */
export interface Signature {
  readonly params: readonly Param[];
  readonly result: ValueType | null;
}

/**
 * A value of the wire format on the host side; i64 is a bigint, bytes a Uint8Array, a struct or map an
 * object, option null when empty.
 */
export type WireValue =
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | null
  | readonly WireValue[]
  | { readonly [name: string]: WireValue };

/** A mistake in a text that a person or a model wrote. Lines and columns count from 1, columns in characters. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string | null;
}

/** An instruction of a body, by its word and how many of them stand before it. Of calls, those of host functions count. */
export interface CodePlace {
  readonly instruction: string;
  readonly occurrence: number;
}

export interface AssembleOptions {
  /** The functions that the granted capabilities offer; the body can call no others. */
  readonly imports: readonly HostImport[];
  /** What the program takes and gives, for arguments by name and the result by type; null when not known. */
  readonly signature?: Signature | null;
  readonly memory: { readonly initialPages: number; readonly maximumPages: number };
}

/** What `assemble` gives: a whole module, or every mistake found. */
export interface AssembledBody {
  readonly ok: true;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The assembled module as text, for people; printed each time that it is read. */
  readonly wat: string;
  /** Where in the author's body an instruction comes from; null for one that it has not. */
  sourceOf(place: CodePlace): Position | null;
  /** The first guest address after the static data, 8-byte aligned. */
  readonly heapBase: number;
  /** The declared type of the result or, without a signature, the one that the body gives; null for none or an unknown one. */
  readonly result: ValueType | null;
}

export type AssembleOutcome =
  | AssembledBody
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
