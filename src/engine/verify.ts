import { ByteCursor, Unproven } from './verification/byte-cursor.ts';
import { isRefuelBody } from './verification/counter-code.ts';
import { FunctionProof } from './verification/function-proof.ts';
import { type ModuleOutline, outlineOf } from './verification/module-outline.ts';
import { twinsOf } from './verification/twins.ts';

export type VerifyOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly offset: number };

export interface VerifyOptions {
  /** The depth that calls must be limited to; without it, they need not be. */
  readonly maximumCallDepth?: number;
}

/**
 * Proves that a valid, metered module cannot run for long without a check, and that its own code
 * cannot touch the counter. It knows nothing of how the module was metered. What it proves:
 *
 * 1. The last global, or the one before it, is the counter, a mutable i64 that the module defines. The code keeps a copy of
 *    it in one local of each function; copy and counter are named only in the sequences of
 *    `counter-code.ts`, which take a positive amount, load the counter, or check it.
 * 2. Each function begins with a check, each loop header is followed by one (or by a block and a loop
 *    whose header is), and each bulk operation is preceded by one that takes for its size, or has a
 *    constant size of at most 128; growing a table past its maximum, which does nothing, is free.
 *    Every cycle of a control-flow graph passes a loop header, and every recursion a function entry.
 *    Before it comes back there or calls, it has taken something, so that no check is passed for ever.
 * 3. Behind each call the copy is loaded again, so it equals the counter wherever other code stands.
 * 4. A check does not pass an empty counter: it traps, or calls the module's last function, which is
 *    exactly the one that asks `wattle.refuel`, there or behind the block that it leaves. Nothing else
 *    can name either of the two.
 * 5. Where an i32 stands behind the counter, it is the depth that calls have left, which only the sequences
 *    of `depth-code.ts` name. A function that calls others, or is large, begins by taking at least 1 and
 *    what its parameters and locals weigh, and ends the run when there is less. Right before each call it
 *    hands on what is left, and before each tail call what it got itself. So no more weight lies on the
 *    stack than the global held at first.
 * 6. A function whose last parameter is the depth that it begins to take from gets the caller's copy of the
 *    counter in the parameter before, and hands its own back behind its results, in every way out. Nothing but
 *    a call that keeps to this names it.
 *
 * Whatever does not have this form is refused, and so is any operator outside the feature set, which
 * would make the rest unreadable. Types are left to the engine's own validation.
 */
export function verify(bytes: Uint8Array, options: VerifyOptions = {}): VerifyOutcome {
  try {
    const outline = outlineOf(bytes);
    demandDepth(outline, options.maximumCallDepth);
    prove(bytes, outline);
    return { ok: true };
  } catch (error) {
    if (error instanceof Unproven) return { ok: false, reason: error.message, offset: error.offset };
    throw error;
  }
}

function demandDepth({ depth }: ModuleOutline, wanted: number | undefined): void {
  if (wanted === undefined || depth?.limit === wanted) return;
  throw new Unproven(`calls limited to ${depth?.limit ?? 'no'} depth, not ${wanted}`, 0);
}

function prove(bytes: Uint8Array, outline: ModuleOutline): void {
  const { hostFunction, importedFunctions, counter, depth, bodies, referenced } = outline;
  const refuel = hostFunction === null ? null : importedFunctions + bodies.length - 1;
  for (const index of [hostFunction, refuel]) {
    if (index !== null && referenced.has(index)) throw new Unproven('the counter can be filled', 0);
  }
  if (referenced.has(depth?.exhausted ?? -1)) throw new Unproven('the run can be ended from the code', 0);
  const context = { ...outline, refuel, twins: twinsOf(bytes, outline) };
  for (const [position, body] of bodies.entries()) {
    const cursor = new ByteCursor(bytes, body.start);
    if (hostFunction !== null && importedFunctions + position === refuel) {
      const exact = isRefuelBody(cursor, counter, hostFunction) && cursor.at === body.end;
      if (!exact) throw new Unproven('the last function does more than to ask the host for fuel', body.start);
    } else {
      new FunctionProof(cursor, body, context).prove();
    }
  }
}
