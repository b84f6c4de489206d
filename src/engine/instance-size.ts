import { ModuleShape } from './module-shape.ts';
import type { ModuleLimits } from './port.ts';

/** What V8 takes in its heap, in bytes: measured 32 for an element of a table, and up to 200 for a function as a value. */
const COST = { tableElement: 40, segmentElement: 8, functionValue: 256 };

/**
 * What an instance can come to take in the heap of its worker, beside its memory: its tables at their largest,
 * its element segments, and the functions that are values, since they are exported or in a segment.
 */
export function heapBytesOf(
  bytes: Uint8Array,
  { tableElements }: Pick<ModuleLimits, 'tableElements'>,
): number {
  const { tableMaxima, elementBytes, exports, functions } = new ModuleShape(bytes);
  const elements = tableMaxima.reduce<number>(
    (sum, maximum) => sum + Math.min(maximum ?? tableElements, tableElements),
    0,
  );
  return (
    elements * COST.tableElement +
    elementBytes * COST.segmentElement +
    (exports + Math.min(elementBytes, functions)) * COST.functionValue
  );
}
