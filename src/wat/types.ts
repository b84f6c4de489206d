/** How a value crosses between guest and host. Pointers lead to length-prefixed bytes in guest memory. */
export type HostType =
  /** A plain number on the stack; booleans are 0 and 1. */
  | 'i32'
  | 'i64'
  | 'f64'
  /** A pointer to u32 byte length + UTF-8. */
  | 'string'
  /** A pointer to u32 byte length + raw bytes. */
  | 'bytes'
  /** A number that names an object that the host keeps for the length of one run. */
  | 'handle'
  /** A pointer to a value already in the wire format; only `core` uses it. */
  | 'wire';

/** What calling a host function can do to the world: nothing, look, change our state, reach outside. */
export type Effect = 'pure' | 'read' | 'write' | 'external';

export interface HostParam {
  readonly name: string;
  readonly type: HostType;
}

/**
 * One host function. In WAT it is `$capability.name`, imported from module `capability`; it takes its
 * parameters and leaves two values: the result (0 where there is none) and above it the i32 status.
 */
export interface HostImport {
  readonly capability: string;
  readonly name: string;
  readonly params: readonly HostParam[];
  readonly result: HostType | 'none';
  readonly effect: Effect;
  /** One line for the prompt and the docs. */
  readonly summary: string;
}

/** A type of the wire format. */
export type ValueType =
  | { readonly kind: 'bool' | 'i32' | 'i64' | 'f64' | 'string' | 'bytes' }
  | { readonly kind: 'list' | 'option'; readonly of: ValueType }
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

/** A value of the wire format on the host side; i64 is a bigint, bytes a Uint8Array, option null when empty. */
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

export interface AssembleOptions {
  /** The functions that the granted capabilities offer; the body can call no others. */
  readonly imports: readonly HostImport[];
  readonly memory: { readonly initialPages: number; readonly maximumPages: number };
}

/** What `assemble` gives: a whole module, or every mistake found. */
export type AssembleOutcome =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** The assembled module as text, for people. */
      readonly wat: string;
      /** The first guest address after the static data, 8-byte aligned. */
      readonly heapBase: number;
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
