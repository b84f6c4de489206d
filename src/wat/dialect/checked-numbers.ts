import { form, type Node } from '../syntax.ts';
import { constant, get, isSimple, wrap } from './build.ts';
import { callHost, tellHost } from './host-calls.ts';
import type { Scope } from './scope.ts';
import type { Type } from './types.ts';

/** Up to there an f64 has every whole number. */
const EXACT = 2n ** 53n;

/** An i64 as an f64. It fails with EBOUND where that would lose digits. */
export function exactF64(scope: Scope, at: number, nodes: readonly Node[]): readonly Node[] {
  const { first, again } = twice(scope, at, nodes, 'i64');
  const large = wrap(
    at,
    'i64.gt_u',
    [wrap(at, 'i64.add', first, [constant(at, 'i64', String(EXACT))])],
    [constant(at, 'i64', String(2n * EXACT))],
  );
  const checked = form(at, 'if', large, form(at, 'then', tellHost(scope, at, '$lang.to_f64', again)));
  return [checked, wrap(at, 'f64.convert_i64_s', again)];
}

/** Numbers that become fewer bits: what has no place there, what says so, and how the others become that. */
interface Narrowing {
  /** Given what gives the number the first time, and again. */
  beyond(at: number, first: readonly Node[], again: readonly Node[]): Node;
  readonly host: string;
  readonly instruction: string;
}

const NARROWINGS: Readonly<Record<string, Narrowing>> = {
  'i64 i32': {
    beyond: (at, first, again) => wrap(at, 'i64.ne', [wrap(at, 'i64.extend32_s', first)], again),
    host: '$lang.i64_to_i32',
    instruction: 'i32.wrap_i64',
  },
  'f64 i32': {
    beyond: (at, first, again) => outside(at, [first, again], ['f64.gt', '-2147483649'], '2147483648'),
    host: '$lang.f64_to_i32',
    instruction: 'i32.trunc_sat_f64_s',
  },
  'f64 i64': {
    beyond: (at, first, again) =>
      outside(at, [first, again], ['f64.ge', '-9223372036854775808'], '9223372036854775808'),
    host: '$lang.f64_to_i64',
    instruction: 'i64.trunc_sat_f64_s',
  },
};

/** NaN is outside, too. */
function outside(
  at: number,
  [first, again]: readonly [readonly Node[], readonly Node[]],
  [comparison, least]: readonly [string, string],
  end: string,
): Node {
  const above = wrap(at, comparison, first, [constant(at, 'f64', least)]);
  const below = wrap(at, 'f64.lt', again, [constant(at, 'f64', end)]);
  return wrap(at, 'i32.eqz', [wrap(at, 'i32.and', [above], [below])]);
}

/** A number as one of fewer bits, its fraction cut off; EBOUND where it does not fit. Null for other types. */
export function narrowed(
  scope: Scope,
  at: number,
  nodes: readonly Node[],
  [from, to]: readonly [Type, Type],
) {
  if (from === 'f32') return narrowed(scope, at, [wrap(at, 'f64.promote_f32', nodes)], ['f64', to]);
  const narrowing = NARROWINGS[`${from} ${to}`];
  if (narrowing === undefined) return null;
  const { first, again } = twice(scope, at, nodes, from);
  const beyond = narrowing.beyond(at, first, again);
  const told = form(at, 'if', beyond, form(at, 'then', tellHost(scope, at, narrowing.host, again)));
  return [told, wrap(at, narrowing.instruction, again)];
}

/** A JSON number as an f64. It fails with EBOUND where that would lose digits. */
export function exactNumber(scope: Scope, at: number, nodes: readonly Node[]): readonly Node[] {
  return callHost(scope, at, '$lang.read_f64', nodes);
}

/** What gives a value, and gives it again. Nobody else needs its place until the value is used. */
function twice(scope: Scope, at: number, nodes: readonly Node[], type: Type) {
  if (isSimple(nodes)) return { first: nodes, again: nodes };
  const name = scope.temporaries.take(type);
  scope.temporaries.release(name);
  return { first: [form(at, 'local.tee', name, nodes)], again: [get(at, name)] };
}
