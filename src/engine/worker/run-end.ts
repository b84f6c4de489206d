import type { GuestFrame } from '../messages.ts';
import type { HostAnswer, Outcome } from '../port.ts';
import { type StatusName, statusName } from '../status.ts';
import { type GuestStack, guestFrames } from './guest-stack.ts';
import { HostFailure } from './host-functions.ts';
import { trapText } from './trap.ts';

/** How a run ended, without its bill. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly status: StatusName | null;
  readonly error: string | null;
  readonly frames: readonly GuestFrame[];
}

/** Thrown through the guest's frames to end its run. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
  readonly outcome: Outcome;

  constructor(outcome: Outcome, message: string) {
    super(message);
    this.outcome = outcome;
  }
}

/** The last answer that was no success, by the name of its function, and where it came to the guest. */
export interface Explanation {
  readonly name: string;
  readonly stack: GuestStack | null;
  readonly failure: Extract<HostAnswer, { readonly ok: false }>;
}

/** The end of a run whose program returned. ENOMEM as the final status counts as `out-of-memory`. */
export function endOfReturn(code: unknown, explanation: Explanation | null): RunEnd {
  const status = typeof code === 'number' ? statusName(code) : null;
  if (status === null) {
    const error = `the program returned ${String(code)}, which is no status`;
    return { outcome: 'status', status, error, frames: [] };
  }
  if (status === 'SUCCESS') return { outcome: 'ok', status, error: null, frames: [] };
  const outcome = status === 'ENOMEM' ? 'out-of-memory' : 'status';
  const error = `the program returned ${status}`;
  if (explanation?.failure.status !== status) return { outcome, status, error, frames: [] };
  const { name, failure, stack } = explanation;
  return { outcome, status, error: `${error}: ${name}: ${failure.message}`, frames: framesOf(stack) };
}

/** The end of a run that was cut off, by whatever came out of it, and by the call that it waits for. */
export function endOfError(error: unknown, waiting: GuestStack | null): RunEnd {
  const own = error instanceof Error ? guestFrames(error) : [];
  const frames = own.length > 0 ? own : framesOf(waiting);
  const end = (outcome: Outcome, text: string): RunEnd => ({ outcome, status: null, error: text, frames });
  if (error instanceof RunEnded) return end(error.outcome, error.message);
  if (error instanceof HostFailure) return end('trap', `trap: ${error.message}`);
  const trap = trapText(error);
  if (trap !== null) return end('trap', trap);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.LinkError) return end('invalid', message);
  if (error instanceof RangeError) return end('out-of-memory', `no memory for the program: ${message}`);
  return end('trap', `engine failure: ${message}`);
}

function framesOf(stack: GuestStack | null): readonly GuestFrame[] {
  return stack === null ? [] : guestFrames(stack);
}
