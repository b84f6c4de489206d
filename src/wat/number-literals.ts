const INTEGER = /^[+-]?(0x[0-9a-fA-F]+(_[0-9a-fA-F]+)*|\d+(_\d+)*)$/;
const DECIMAL = /^[+-]?\d+(_\d+)*(\.(\d+(_\d+)*)?)?([eE][+-]?\d+(_\d+)*)?$/;
const HEXADECIMAL =
  /^[+-]?0x[0-9a-fA-F]+(_[0-9a-fA-F]+)*(\.([0-9a-fA-F]+(_[0-9a-fA-F]+)*)?)?([pP][+-]?\d+(_\d+)*)?$/;
const SPECIAL = /^[+-]?(inf|nan|nan:(0x[0-9a-fA-F]+(_[0-9a-fA-F]+)*))$/;
const NATURAL = /^(0x[0-9a-fA-F]+(_[0-9a-fA-F]+)*|\d+(_\d+)*)$/;
/** The bits of a fraction, and the power of two that no finite number reaches. */
const FLOATS = { f32: { fraction: 23n, top: 128 }, f64: { fraction: 52n, top: 1024 } } as const;

/** Fewer characters than that always fit into 32 bits, in either notation. */
const SHORT = 10;

export type NumberType = 'i32' | 'i64' | 'f32' | 'f64';

/** Whether the text reads as a number of any kind. */
export function isNumber(text: string): boolean {
  return INTEGER.test(text) || DECIMAL.test(text) || HEXADECIMAL.test(text);
}

/** A whole number without a sign, or null. */
export function naturalNumber(text: string): bigint | null {
  return NATURAL.test(text) ? BigInt(text.replaceAll('_', '')) : null;
}

interface LiteralProblem {
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with `text` as a literal of `type`, or null. */
export function literalProblem(text: string, type: NumberType): LiteralProblem | null {
  if (type === 'f32' || type === 'f64') return floatProblem(text, type);
  const integer = INTEGER.test(text);
  const bits = type === 'i32' ? 32 : 64;
  if (!integer) return { message: `${type}.const needs an integer, got "${text}"`, hint: numberHint(text) };
  if (fits(text, bits)) return null;
  const hint = bits === 32 ? 'use i64.const, or keep the number as text' : 'keep the number as text: "..."';
  return { message: `${text} does not fit into the ${bits} bits of ${type}`, hint };
}

function floatProblem(text: string, type: 'f32' | 'f64'): LiteralProblem | null {
  const special = SPECIAL.exec(text);
  if (special !== null) return payloadProblem(special[2], type);
  const finite = INTEGER.test(text) || DECIMAL.test(text) || HEXADECIMAL.test(text);
  if (!finite) return { message: `${type}.const needs a number, got "${text}"`, hint: numberHint(text) };
  if (!reachesTop(text.replaceAll('_', '').replace(/^[+-]/, ''), type)) return null;
  return { message: `${text} is beyond what ${type} can hold`, hint: 'write inf or -inf for infinity' };
}

function payloadProblem(payload: string | undefined, type: 'f32' | 'f64'): LiteralProblem | null {
  if (payload === undefined) return null;
  const most = 2n ** FLOATS[type].fraction - 1n;
  const bits = BigInt(payload.replaceAll('_', ''));
  if (bits > 0n && bits <= most) return null;
  const range = `from 0x1 to 0x${most.toString(16)}`;
  return { message: `the payload of a ${type} nan goes ${range}, got ${payload}`, hint: 'write nan' };
}

function reachesTop(magnitude: string, type: 'f32' | 'f64'): boolean {
  if (magnitude.startsWith('0x')) return hexadecimalReachesTop(magnitude, FLOATS[type]);
  const value = Number(magnitude);
  return !Number.isFinite(type === 'f32' ? Math.fround(value) : value);
}

function hexadecimalReachesTop(
  magnitude: string,
  { fraction, top }: { readonly fraction: bigint; readonly top: number },
): boolean {
  const [mantissa = '', exponent = '0'] = magnitude.slice(2).split(/p/i);
  const [whole = '', behind = ''] = mantissa.split('.');
  const digits = BigInt(`0x${whole}${behind}`);
  if (digits === 0n) return false;
  const bits = digits.toString(2);
  const above = bits.length - 4 * behind.length + Number(exponent);
  // Right below the top it is rounding that can reach it: when one bit more than there is room for is all ones.
  return above > top || (above === top && bits.startsWith('1'.repeat(Number(fraction) + 2)));
}

/** Signed and unsigned readings are both allowed, as in WAT. */
function fits(text: string, bits: number): boolean {
  if (text.length < SHORT) return true;
  const digits = text.replaceAll('_', '').replace(/^[+-]/, '');
  const magnitude = BigInt(digits);
  return text.startsWith('-') ? magnitude <= 2n ** BigInt(bits - 1) : magnitude < 2n ** BigInt(bits);
}

function numberHint(text: string): string {
  if (DECIMAL.test(text)) return 'a number with a fraction is an f64.const';
  const character = /^'(.)'?$/.exec(text)?.[1];
  if (character !== undefined) return `the code of that character is ${character.codePointAt(0)}`;
  if (text.startsWith('$')) return `write (local.get ${text}) instead of a constant`;
  return 'write it in digits; a local is $name, a text stands in double quotes';
}
