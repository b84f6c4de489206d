import type { Contender } from '../../../bench/peers/contender.ts';
import type { Workload } from '../../../bench/peers/workloads.ts';

export const WORKLOAD: Workload = { name: 'six times seven', result: 42, body: '', plugin: '', script: '' };

/** A contender whose runs take what `run` takes. */
export function contender(
  name: string,
  run: () => Promise<number>,
  given: Partial<Contender> = {},
): Contender {
  return {
    name,
    thread: 'own',
    fresh: true,
    endless: 'run',
    open: async () => ({ run, close: async () => undefined }),
    ...given,
  };
}
