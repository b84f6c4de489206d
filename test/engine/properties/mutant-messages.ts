import type { Value } from './program.ts';

/** A module that was tampered with, and what to do with it. */
export interface MutantTask {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `plain` is metered first; `metered` must be proved; `unproved` is only looked at, and not run. */
  readonly kind: 'plain' | 'metered' | 'unproved';
  readonly budget: number;
  readonly call: string;
  readonly args: readonly Value[];
}

export interface MutantReport {
  readonly id: number;
  /** How far it came. */
  readonly verdict: 'refused' | 'invalid' | 'ran';
  /** What must not happen. */
  readonly problem: string | null;
}
