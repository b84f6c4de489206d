import { form, type Node } from '../syntax.ts';
import { constant, text } from './build.ts';
import { rawCall } from './host-calls.ts';
import type { Scope } from './scope.ts';
import { isPointer, type Type } from './types.ts';

/** What stands for a value that never came: 0, the empty text or list, null. */
export function zero(at: number, type: Type, scope: Scope): readonly Node[] {
  if (type === 'value') return [rawCall(scope, at, '$json.null'), form(at, 'drop')];
  return [isPointer(type) ? text(at, '') : constant(at, type, 0)];
}
