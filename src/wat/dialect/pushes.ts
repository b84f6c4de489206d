import { form, type Node } from '../syntax.ts';
import { toValue } from './conversions.ts';
import type { Value } from './expression.ts';
import { rawCall, tellHost } from './host-calls.ts';
import type { Scope } from './scope.ts';
import { isList, type Type } from './types.ts';

/** Gives the host the operands of a form: all are evaluated first, and then pushed from the last to the first. */
export function pushAll(scope: Scope, operands: readonly Value[], at: number): readonly Node[] {
  const held = operands.map((value) =>
    isList(value.type) ? { ...value, nodes: toValue(scope, value) ?? [], type: 'value' as const } : value,
  );
  const pushes = held.toReversed().flatMap(({ type }) => push(scope, type, at));
  return [...held.flatMap(({ nodes }) => nodes), ...pushes];
}

/** A number goes without a check, for nothing can be wrong with it. */
function push(scope: Scope, type: Type, at: number): readonly Node[] {
  if (type === 'text' || type === 'value') return tellHost(scope, at, `$lang.push_${type}`);
  const kind = type === 'i64' || type === 'f64' || type === 'bool' ? type : 'i32';
  return [rawCall(scope, at, `$lang.push_${kind}`), form(at, 'drop'), form(at, 'drop')];
}
