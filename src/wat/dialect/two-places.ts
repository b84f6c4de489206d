import { form, type Node } from '../syntax.ts';
import { get, isSimple } from './build.ts';
import type { Scope } from './scope.ts';
import type { Type } from './types.ts';

interface TwoPlaces {
  /** Instructions that put the operands where they can be read twice. */
  readonly before: readonly Node[];
  readonly names: readonly [readonly Node[], readonly Node[]];
  after(): void;
}

/** Two numbers to be read more than once: both are reckoned before either has its place, which the other may need. */
export function twoPlaces(
  scope: Scope,
  [a, b]: readonly [readonly Node[], readonly Node[]],
  type: Type,
  at: number,
): TwoPlaces {
  if (isSimple(a) && isSimple(b)) return { before: [], names: [a, b], after: () => undefined };
  const [first, second] = [scope.temporaries.take(type), scope.temporaries.take(type)];
  return {
    before: [...a, ...b, form(at, 'local.set', second), form(at, 'local.set', first)],
    names: [[get(at, first)], [get(at, second)]],
    after: () => scope.temporaries.release(first, second),
  };
}
