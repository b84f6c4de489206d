import type { GuestCapability } from '../../../src/engine/guest-capability.ts';
import { pureCapabilities as usual } from '../fixtures/pure-capabilities.ts';

/** What lies in the heap of this thread once the garbage is gone, in bytes. Needs `--expose-gc`. */
function settledHeap(): number {
  if (globalThis.gc === undefined) throw new Error('the process was started without --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const probe: GuestCapability = {
  name: 'probe',
  open: () => ({ heap: () => ({ ok: true, value: settledHeap() }) }),
};

/** The tests' functions, and one that lets a program ask how full the heap of its worker is. */
export const pureCapabilities: readonly GuestCapability[] = [...usual, probe];
