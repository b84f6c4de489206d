import type { Node } from '../syntax.ts';
import { toValue, widest } from './conversions.ts';
import type { Value } from './expression.ts';
import { tellHost } from './host-calls.ts';
import type { Scope } from './scope.ts';
import { isList, type Type } from './types.ts';

const PUSHED: ReadonlySet<Type> = new Set(['text', 'value', 'i64', 'f64', 'bool']);

/** Gives the host the operands of a form: all are evaluated first, and then pushed from the last to the first. */
export function pushAll(scope: Scope, operands: readonly Value[], at: number): readonly Node[] {
  const held = operands.map((value) =>
    isList(value.type)
      ? { ...value, nodes: toValue(scope, value) ?? [], type: 'value' as const }
      : widest(value),
  );
  const pushes = held.toReversed().flatMap(({ type }) => push(scope, type, at));
  return [...held.flatMap(({ nodes }) => nodes), ...pushes];
}

function push(scope: Scope, type: Type, at: number): readonly Node[] {
  return tellHost(scope, at, `$lang.push_${PUSHED.has(type) ? type : 'i32'}`);
}
