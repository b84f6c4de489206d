import type { Capability, HostContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';

type Clock = () => number;

const read = hostFunction<Clock>('read');

/** The half of `time` that looks at a clock; the other is pure. `now` gives Unix milliseconds. */
export function createTimeNow(now: Clock): Capability<HostContext> {
  return defineCapability({
    name: 'time',
    open: () => now,
    functions: {
      now: read({
        summary: 'The time now, in milliseconds since 1970 (UTC).',
        params: {},
        result: 'f64',
        // A whole number: a finer clock would tell more of the machine than a program needs.
        run: (_, clock) => Math.floor(clock()),
      }),
    },
  });
}
