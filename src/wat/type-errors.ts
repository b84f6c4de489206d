import type { Advice } from './advice.ts';
import type { HostImport } from './types.ts';
import { describeImport } from './unknown-function.ts';

const MISMATCH = /^type mismatch (in|at end of) (.+), expected \[(.*)\] but got \[(.*)\]$/;
const PARTS: Readonly<Record<string, string>> = {
  '`if true` branch': 'the then branch',
  '`if false` branch': 'the else branch',
  function: 'the body',
  block: 'the block',
  loop: 'the loop',
};
const CONVERSIONS: Readonly<Record<string, string>> = {
  'i64 to i32': 'i32.wrap_i64',
  'f32 to i32': 'i32.trunc_sat_f32_s',
  'f64 to i32': 'i32.trunc_sat_f64_s',
  'i32 to i64': 'i64.extend_i32_s',
  'f32 to i64': 'i64.trunc_sat_f32_s',
  'f64 to i64': 'i64.trunc_sat_f64_s',
  'i32 to f32': 'f32.convert_i32_s',
  'i64 to f32': 'f32.convert_i64_s',
  'f64 to f32': 'f32.demote_f64',
  'i32 to f64': 'f64.convert_i32_s',
  'i64 to f64': 'f64.convert_i64_s',
  'f32 to f64': 'f64.promote_f32',
};
const FORMS_INSTEAD = 'the forms convert what they take and leave one value: (+ A B), (let $x A), (if A B C)';
const ENDING = 'end with (resv $p) to give a result, or with (i32.const 0)';

/**
 * Says in our words what wabt reports. `called` is the host function that is called at the place of the error, where
 * other instructions may stand too. What is not about types is passed on as it is.
 */
export function explainError(message: string, called: HostImport | undefined): Advice {
  const match = MISMATCH.exec(message);
  if (match === null) return { message, hint: FORMS_INSTEAD };
  const [, where, what = '', expected = '', got = ''] = match;
  const types = { expected: stack(expected), got: stack(got) };
  if (what === 'implicit return') return missingStatus(types.got);
  if (where === 'at end of') return leftOver(PARTS[what] ?? what, types.got);
  const part = PARTS[what];
  if (part !== undefined && what.startsWith('`')) return missingValue(part, types);
  const callee = what === 'call' ? called : undefined;
  const name = callee === undefined ? what : `call $${callee.capability}.${callee.name}`;
  return {
    message: `${name} needs ${shown(types.expected)} on the stack, got ${shown(types.got)}`,
    hint:
      orderHint(what, types) ??
      conversionHint(types) ??
      (callee === undefined ? operandHint(what, types) : describeImport(callee)),
  };
}

interface Types {
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

function stack(list: string): readonly string[] {
  return list === '' ? [] : list.split(', ');
}

function shown(types: readonly string[]): string {
  return types.length === 0 ? 'nothing' : `[${types.join(', ')}]`;
}

function missingStatus(got: readonly string[]): Advice {
  if (got.length === 0)
    return { message: 'the body ends without the i32 status it must leave', hint: ENDING };
  return { message: `the body must end with one i32, its status, but ends with ${shown(got)}`, hint: ENDING };
}

function leftOver(part: string, got: readonly string[]): Advice {
  const cut = got[0]?.startsWith('...') ?? false;
  const count = got.length === 1 ? 'one value' : `${cut ? 'more than ' : ''}${got.length} values`;
  const body = part === 'the body';
  return {
    message: `${part} ends with ${count} too many on the stack: ${shown(got)}`,
    hint: body
      ? 'remove values with (drop); a host call leaves two: bind the status first, then the result'
      : 'remove them with (drop), or declare (result ...) and use the value',
  };
}

function missingValue(part: string, { expected, got }: Types): Advice {
  return {
    message: `${part} must leave ${shown(expected)} on the stack, but leaves ${shown(got)}`,
    hint: 'an if with (result ...) needs (then ...) and (else ...), and both must leave the value',
  };
}

/** wabt marks with dots that more lies below: for a local.set of the wrong type, the usual cause is the order. */
function orderHint(what: string, { expected, got }: Types): string | null {
  const swapped = what === 'local.set' && got[0] === '... i32' && /^[if]64$/.test(expected[0] ?? '');
  return swapped ? 'a host call leaves its status on top of its result: bind the status first' : null;
}

/** For the first operand of the wrong type, counted from the top of the stack. */
function conversionHint({ expected, got }: Types): string | null {
  const size = Math.min(expected.length, got.length);
  for (let depth = 1; depth <= size; depth += 1) {
    const name = CONVERSIONS[`${got.at(-depth)} to ${expected.at(-depth)}`];
    if (name !== undefined) return `convert with (${name} ...)`;
  }
  return null;
}

function operandHint(what: string, { expected, got }: Types): string {
  if (got.length >= expected.length) return FORMS_INSTEAD;
  if (what === 'if')
    return 'write the condition: (if (condition) (then ...)); a name that is no local is taken as a label';
  const missing = expected.length - got.length;
  return missing === 1 ? 'one operand is missing' : `${missing} operands are missing`;
}
