const INTEGER = /^[+-]?(0x[0-9a-fA-F]+(_[0-9a-fA-F]+)*|\d+(_\d+)*)$/;
const DECIMAL = /^[+-]?\d+(_\d+)*(\.(\d+(_\d+)*)?)?([eE][+-]?\d+(_\d+)*)?$/;
const HEXADECIMAL =
  /^[+-]?0x[0-9a-fA-F]+(_[0-9a-fA-F]+)*(\.([0-9a-fA-F]+(_[0-9a-fA-F]+)*)?)?([pP][+-]?\d+(_\d+)*)?$/;
const SPECIAL = /^[+-]?(inf|nan(:0x[0-9a-fA-F]+)?)$/;

export type NumberType = 'i32' | 'i64' | 'f32' | 'f64';

/** Whether the text reads as a number of any kind. */
export function isNumber(text: string): boolean {
  return INTEGER.test(text) || DECIMAL.test(text) || HEXADECIMAL.test(text);
}

/** What is wrong with `text` as a literal of `type`, or null. */
export function literalProblem(
  text: string,
  type: NumberType,
): { message: string; hint: string | null } | null {
  const integer = INTEGER.test(text);
  if (type === 'f32' || type === 'f64') {
    const float = integer || DECIMAL.test(text) || HEXADECIMAL.test(text) || SPECIAL.test(text);
    return float ? null : { message: `${type}.const needs a number, got "${text}"`, hint: null };
  }
  const bits = type === 'i32' ? 32 : 64;
  if (!integer) return { message: `${type}.const needs an integer, got "${text}"`, hint: integerHint(text) };
  if (fits(text, bits)) return null;
  const hint = bits === 32 ? 'use i64.const, or keep the number as text' : null;
  return { message: `${text} does not fit into the ${bits} bits of ${type}`, hint };
}

/** Signed and unsigned readings are both allowed, as in WAT. */
function fits(text: string, bits: number): boolean {
  const digits = text.replaceAll('_', '').replace(/^[+-]/, '');
  const magnitude = BigInt(digits);
  return text.startsWith('-') ? magnitude <= 2n ** BigInt(bits - 1) : magnitude < 2n ** BigInt(bits);
}

function integerHint(text: string): string | null {
  if (DECIMAL.test(text)) return 'a number with a fraction is an f64.const';
  const character = /^'(.)'?$/.exec(text)?.[1];
  if (character !== undefined) return `the code of that character is ${character.codePointAt(0)}`;
  return text.startsWith('$') ? `write (local.get ${text}) instead of a constant` : null;
}
