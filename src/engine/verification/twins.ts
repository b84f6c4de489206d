import { ByteCursor, Unproven } from './byte-cursor.ts';
import { DepthCode } from './depth-code.ts';
import type { ModuleOutline } from './module-outline.ts';

/** Parameters of a twin behind the function's own: the fuel, and the depth left. */
export const HANDED = 2;

/**
 * The functions that are handed fuel and depth as their last parameters, and hand back the fuel: those that begin
 * by taking from the depth there. Nothing but a call that hands it to them may name them.
 */
export function twinsOf(bytes: Uint8Array, outline: ModuleOutline): ReadonlySet<number> {
  const twins = new Set<number>();
  const { depth } = outline;
  if (depth === null) return twins;
  for (const body of outline.bodies) {
    const cursor = new ByteCursor(bytes, body.start);
    for (let left = cursor.unsigned(); left > 0; left -= 1) {
      cursor.unsigned();
      cursor.type();
    }
    const code = new DepthCode(cursor, { ...depth, depth: depth.global });
    if (body.parameterCount < HANDED || code.matchEntry(body.parameterCount - 1) === null) continue;
    if (outline.referenced.has(body.index)) throw new Unproven('a twin that others can call', body.start);
    twins.add(body.index);
  }
  return twins;
}
