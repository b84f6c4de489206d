import type { CostTable } from './costs.ts';
import { BOUNDARY, Seams } from './seams.ts';

/** A loop of the function. */
export interface LoopForm {
  /** The first byte of its block type. */
  readonly blockType: number;
  /** Whether the call for more fuel stands behind it, so that V8 finds no call in it. */
  outlined: boolean;
}

/** Code that is put in, in most cases to take fuel. */
export interface Charge {
  /** Offset in the original bytes, before which the code is put. */
  readonly at: number;
  /**
   * `run` only takes; `beforeLoop` and `behindLoop` frame a loop; `call`, `twinCall` and `tailCall` hand on the
   * call depth; `return` hands back the fuel; the others check as well.
   */
  readonly kind:
    | 'run'
    | 'entry'
    | 'loop'
    | 'beforeLoop'
    | 'behindLoop'
    | 'call'
    | 'twinCall'
    | 'tailCall'
    | 'return'
    | 'bulk'
    | 'growMemory'
    | 'growTable';
  /** Fuel to be taken for the code that follows. */
  cost: number;
  /** Fuel for each unit of the size on the stack, where there is one. */
  readonly rate: number;
  /** The table that grows. */
  readonly table: number;
  /**
   * Where the fuel left is to be found: in the copy, only in the counter where another function may have changed
   * it since the last charge, or on the stack where a twin has just handed it back.
   */
  readonly source: 'copy' | 'counter' | 'stack';
  readonly loop: LoopForm | null;
}

export interface Prices {
  readonly table: CostTable;
  /** By operator id. */
  readonly operators: Float64Array;
}

/** A charge for a straight run of code. */
export interface Run extends Charge {
  readonly into: number;
  out: number;
  prompt: boolean;
  readonly dead: boolean;
}

/** The code that is put into one function, in the order of its places. */
export class ChargeList {
  readonly seams = new Seams();
  readonly #charges: Charge[] = [];
  readonly #runs: Run[] = [];

  run(
    kind: Charge['kind'],
    at: number,
    into: number,
    { rate = 0, table = 0, source = 'copy', loop = null, dead = false }: Partial<Run> = {},
  ): Run {
    const prompt = into === BOUNDARY && kind !== 'loop';
    const run = { at, kind, rate, table, source, loop, cost: 0, into, out: BOUNDARY, prompt, dead };
    this.#runs.push(run);
    this.#charges.push(run);
    return run;
  }

  /** Code that takes nothing. */
  frame(kind: Charge['kind'], at: number, loop: LoopForm | null): void {
    this.#charges.push({ at, kind, loop, cost: 0, rate: 0, table: 0, source: 'copy' });
  }

  /** The charges, once all are there. */
  settled(): readonly Charge[] {
    this.seams.settle(this.#runs);
    return this.#charges;
  }
}
