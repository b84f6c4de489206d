import { fromBytes } from '../byte-string.ts';
import type { List, Node, Text } from '../syntax.ts';
import { placesIn } from '../text-literal.ts';
import { text } from './build.ts';
import { converted, described } from './conversions.ts';
import { type Expression, giving, reportedWith, type Value } from './expression.ts';
import { callHost } from './host-calls.ts';
import { operand } from './operands.ts';
import { pushAll } from './pushes.ts';
import type { Form, Scope } from './scope.ts';
import { isNumeric } from './types.ts';
import { holdsCut, reportCut } from './whole-quotient.ts';

const PIECE = /\{\{|\}\}|\{(\$[^{}:\s]*)?(?::\.(\d{1,2}))?\}|[{}]/g;
const MAX_DIGITS = 20;
const HOLES = 'holes are {}, {$x} and {:.2}; a brace itself is {{ or }}';

interface Hole {
  /** Of a local, for a hole by name. */
  readonly name: string | null;
  readonly digits: string | null;
  readonly at: number;
}

export const format: Form = {
  name: 'format',
  usage: '(format "{} and {$x}, {:.2}" A B)',
  summary:
    'A text with holes: {} takes the next value, {$x} a local, {:.2} a number with so many digits behind the point; {{ and }} are braces.',
  example: {
    signature: '(name: string, part: i32, whole: i32) -> string',
    body: '(format "{$name}: {:.1} %" (/ (* 100.0 $part) $whole))',
  },
  elaborate(call, scope) {
    const [, template, ...args] = call.items;
    if (template?.kind !== 'text') return null;
    const { holes, sound } = holesOf(template, scope);
    if (!sound || !countFits(call, holes, args.length, scope))
      return reportedWith(call.at, [
        ...namedNodes(holes, scope),
        ...args.flatMap((node) => operand(scope, node, 'format').nodes),
      ]);
    return fill(call, holes, args, scope);
  },
};

/** The locals that stand in the holes. */
export function namesInTemplate(template: Text): readonly string[] {
  const written = fromBytes(template.bytes);
  return written.includes('{$') ? [...written.matchAll(PIECE)].flatMap(([, name]) => name ?? []) : [];
}

/** Texts one after the other, whatever they are made from. */
export function concatenate(scope: Scope, operands: readonly Value[], at: number): Expression {
  const pushed = operands.map((value) => ({
    ...value,
    nodes: converted(scope, value, 'text') ?? value.nodes,
    type: 'text' as const,
    literal: null,
  }));
  return giving(filled(scope, pushed, '{}'.repeat(operands.length), at), 'text');
}

function namedNodes(holes: readonly Hole[], scope: Scope): readonly Node[] {
  return holes.flatMap(({ name, at }) =>
    name === null ? [] : operand(scope, { kind: 'atom', text: name, at }, 'format').nodes,
  );
}

function fill(call: List, holes: readonly Hole[], args: readonly Node[], scope: Scope): Expression {
  let next = 0;
  const operands = holes.map(({ name, digits, at }) => {
    const node = name === null ? args[next++] : undefined;
    const named: Node = { kind: 'atom', text: name ?? '', at };
    return shown(scope, operand(scope, node ?? named, 'format'), digits !== null);
  });
  const [, template] = call.items;
  const written = template?.kind === 'text' ? fromBytes(template.bytes) : '';
  const normal = holes.some(({ name }) => name !== null) ? withoutNames(written) : written;
  return giving(filled(scope, operands, normal, call.at), 'text');
}

function withoutNames(template: string): string {
  return template.replace(PIECE, (piece: string, _name: string | undefined, digits: string | undefined) => {
    if (piece === '{{' || piece === '}}') return piece;
    return digits === undefined ? '{}' : `{:.${digits}}`;
  });
}

/** The operands are on the stack before the first is pushed, so that one that fails leaves none behind. */
function filled(scope: Scope, operands: readonly Value[], template: string, at: number): readonly Node[] {
  return [...pushAll(scope, operands, at), ...callHost(scope, at, '$lang.format', [text(at, template)])];
}

/** A value that a hole can show: digits are of numbers only. */
function shown(scope: Scope, value: Value, digits: boolean): Value {
  const { type } = value;
  if (digits && type === 'value')
    return { ...value, nodes: converted(scope, value, 'f64') ?? [], type: 'f64' };
  if (digits && !isNumeric(type) && type !== 'unknown' && type !== 'never' && type !== 'pending')
    scope.problems.report(
      value.at,
      `a hole with digits takes a number, got ${described(value)}`,
      'write {} for text, or (f64 ...) to read the number',
    );
  else if (digits && holdsCut(scope, value)) reportCut(scope, value, 'a hole with digits takes a fraction');
  else if (type === 'unknown' && !digits)
    scope.problems.report(
      value.at,
      'format cannot tell whether this i32 is a number or a pointer',
      'say what it is: (i32 $x) or (text $x)',
    );
  else if (type === 'bytes' || type === 'f32')
    scope.problems.report(
      value.at,
      `format takes no ${type}`,
      type === 'bytes' ? 'make it text: (text $x), or (hex.encode $x)' : 'make it f64: (f64 $x)',
    );
  return type === 'unknown' ? { ...value, type: 'i32' } : value;
}

/** All holes, or those that are sound where one is not. */
function holesOf(template: Text, scope: Scope): { readonly holes: readonly Hole[]; readonly sound: boolean } {
  const holes: Hole[] = [];
  let sound = true;
  let strays = 0;
  const placeOf = placesIn(template);
  const report = (at: number, message: string, hint: string): void => {
    sound = false;
    scope.problems.report(at, message, hint);
  };
  for (const match of fromBytes(template.bytes).matchAll(PIECE)) {
    const [piece, name, digits] = match;
    if (piece === '{{' || piece === '}}') continue;
    const at = placeOf(match.index);
    if (piece === '{' || piece === '}') {
      strays += 1;
      if (strays === 1) report(at, `a "${piece}" of this template belongs to no hole`, HOLES);
    } else if (Number(digits ?? 0) > MAX_DIGITS)
      report(at, `a hole has at most ${MAX_DIGITS} digits, got ${digits}`, `write {:.${MAX_DIGITS}}`);
    else holes.push({ name: name ?? null, digits: digits ?? null, at: name === undefined ? at : at + 1 });
  }
  return { holes, sound };
}

function countFits(call: List, holes: readonly Hole[], got: number, scope: Scope): boolean {
  const wanted = holes.filter(({ name }) => name === null).length;
  if (wanted === got) return true;
  const values = (count: number) => (count === 1 ? 'one value' : `${count} values`);
  scope.problems.report(
    call.at,
    `the template has holes for ${values(wanted)}, got ${values(got)}`,
    'write {} for each value; {$x} takes a local and no value',
  );
  return false;
}
