import type { Capability, GuestContext } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';

const pure = hostFunction<GuestContext>('pure');

/** Lines for whoever reads the run; how many and how long is for the engine to bound. */
export const debug: Capability<GuestContext> = defineCapability({
  name: 'debug',
  open: (context: GuestContext) => context,
  functions: {
    log: pure({
      summary: 'Writes a line to the debug output of the run.',
      params: { text: 'string' },
      result: 'none',
      run: ({ text }, context) => {
        context.log(text);
        return undefined;
      },
    }),
  },
});
