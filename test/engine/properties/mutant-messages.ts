import type { Value } from './program.ts';

/** Modules that were tampered with, and what to do with each. */
export interface MutantTask {
  readonly id: number;
  readonly mutants: readonly Uint8Array<ArrayBuffer>[];
  /** `plain` is metered first; `metered` must be proved; `unproved` is only looked at, and not run. */
  readonly kind: 'plain' | 'metered' | 'unproved';
  readonly budget: number;
  /** What calls are limited to, and must not pass however the module was changed. */
  readonly depth?: number;
  readonly call: string;
  readonly args: readonly Value[];
}

export interface Counts {
  readonly refused: number;
  readonly invalid: number;
  readonly ran: number;
}

export interface MutantReport {
  readonly id: number;
  /** How far they came. */
  readonly counts: Counts;
  /** What must not happen, with the place of the mutant that did it. */
  readonly problem: { readonly mutant: number; readonly what: string } | null;
}
