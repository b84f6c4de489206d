import type { GuestFrame } from '../messages.ts';

/** Of the host function, of what it calls, and of the guest. */
const FRAMES = 4;
const WASM_FRAME = /wasm-function\[(\d+)\]:0x([0-9a-f]+)/g;

/** Where the guest stands; put into words only when it is read. */
export type GuestStack = Pick<Error, 'stack'>;

/** To be taken in a host function before it first waits: behind that, the guest is on no stack. */
export function guestStack(): GuestStack {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const taken = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return taken;
}

/** The frames of a guest in the words of V8, the innermost first. */
export function guestFrames({ stack = '' }: GuestStack): readonly GuestFrame[] {
  return [...stack.matchAll(WASM_FRAME)].map(([, index, offset]) => ({
    function: Number(index),
    offset: Number.parseInt(offset ?? '', 16),
  }));
}
