import type { Contender, Library } from './contender.ts';
import { ANSWER } from './workloads.ts';

/** Runs programs right where they are called. */
export function inMainThread({ name, endless, load }: Library): Contender {
  return {
    name: `${name}, on the main thread`,
    endless: endless === 'thread' ? 'process' : endless,
    thread: 'main',
    fresh: true,
    open: async (workload) => {
      const program = await load(workload, () => ANSWER);
      return {
        run: async () => program.run(),
        close: async () => program.close(),
      };
    },
  };
}
