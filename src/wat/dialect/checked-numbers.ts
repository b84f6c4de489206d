import { form, type Node } from '../syntax.ts';
import { constant, get, isSimple, set, wrap } from './build.ts';
import { callHost, tellHost } from './host-calls.ts';
import type { Scope } from './scope.ts';
import type { Type } from './types.ts';

/** Up to there an f64 has every whole number. */
const EXACT = 2n ** 53n;

/** An i64 as an f64. It fails with EBOUND where that would lose digits. */
export function exactF64(scope: Scope, at: number, nodes: readonly Node[]): readonly Node[] {
  const { before, again } = held(scope, at, nodes, 'i64');
  const large = wrap(
    at,
    'i64.gt_u',
    [wrap(at, 'i64.add', again, [constant(at, 'i64', String(EXACT))])],
    [constant(at, 'i64', String(2n * EXACT))],
  );
  const checked = form(at, 'if', large, form(at, 'then', tellHost(scope, at, '$lang.to_f64', again)));
  return [...before, checked, wrap(at, 'f64.convert_i64_s', again)];
}

/** Numbers that become fewer bits: what has a place there, what says that it has none, and how it becomes that. */
interface Narrowing {
  fits(at: number, again: readonly Node[]): Node;
  readonly host: string;
  readonly instruction: string;
}

const NARROWINGS: Readonly<Record<string, Narrowing>> = {
  'i64 i32': {
    fits: (at, again) => wrap(at, 'i64.eq', [wrap(at, 'i64.extend32_s', again)], again),
    host: '$lang.i64_to_i32',
    instruction: 'i32.wrap_i64',
  },
  'f64 i32': {
    fits: (at, again) => between(at, again, ['f64.gt', '-2147483649'], '2147483648'),
    host: '$lang.f64_to_i32',
    instruction: 'i32.trunc_sat_f64_s',
  },
  'f64 i64': {
    fits: (at, again) => between(at, again, ['f64.ge', '-9223372036854775808'], '9223372036854775808'),
    host: '$lang.f64_to_i64',
    instruction: 'i64.trunc_sat_f64_s',
  },
};

function between(
  at: number,
  again: readonly Node[],
  [comparison, least]: readonly [string, string],
  end: string,
): Node {
  const above = wrap(at, comparison, again, [constant(at, 'f64', least)]);
  return wrap(at, 'i32.and', [above], [wrap(at, 'f64.lt', again, [constant(at, 'f64', end)])]);
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
  const { before, again } = held(scope, at, nodes, from);
  const beyond = wrap(at, 'i32.eqz', [narrowing.fits(at, again)]);
  const told = form(at, 'if', beyond, form(at, 'then', tellHost(scope, at, narrowing.host, again)));
  return [...before, told, wrap(at, narrowing.instruction, again)];
}

/** A JSON number as an f64. It fails with EBOUND where that would lose digits. */
export function exactNumber(scope: Scope, at: number, nodes: readonly Node[]): readonly Node[] {
  return callHost(scope, at, '$lang.read_f64', nodes);
}

/** A value that can be read more than once. Nobody else needs its place until the value is used. */
function held(scope: Scope, at: number, nodes: readonly Node[], type: Type) {
  if (isSimple(nodes)) return { before: [], again: nodes };
  const name = scope.temporaries.take(type);
  scope.temporaries.release(name);
  return { before: [set(at, name, nodes)], again: [get(at, name)] };
}
