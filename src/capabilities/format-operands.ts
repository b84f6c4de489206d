import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Json } from './json-value.ts';
import { isFailure, wholeJson } from './json-value.ts';
import { plainText } from './json-writer.ts';
import { fixedNumber, MAX_DIGITS } from './number-format.ts';
import type { Values } from './values.ts';

export type Operand = string | number | bigint | boolean | { readonly handle: number };

/** Far more than a form has; the oldest go first, which only a program that pushes for itself can see. */
const MOST = 2000;

/** The operands of a form, pushed last to first before the form takes them. */
export class Operands {
  readonly #stack: Operand[] = [];

  push(operand: Operand): undefined {
    if (this.#stack.length >= MOST) this.#stack.splice(0, MOST / 2);
    this.#stack.push(operand);
  }

  /** So many, the last pushed first. */
  take(count: number): readonly Operand[] | Failure {
    if (count < 0 || count > this.#stack.length) return fail('EBOUND', `${count} operands were not pushed`);
    return count === 0 ? [] : this.#stack.splice(-count).reverse();
  }

  /** A handle of what `make` builds out of operands; the values among them are copied. */
  build(values: Values, make: (json: (operand: Operand) => Json) => Json): number | Failure {
    let refusal: Failure | null = null;
    const json = (operand: Operand): Json => {
      const value = jsonOf(operand, values);
      if (!isFailure(value)) return value;
      refusal ??= value;
      return null;
    };
    const built = make(json);
    return refusal ?? values.create(built);
  }
}

/** An operand as text, with so many digits behind the point where it is a number. */
export function textOf(operand: Operand, digits: number | null, values: Values): string | Failure {
  if (typeof operand === 'object') return values.read(operand.handle, plainText);
  if (digits === null || typeof operand === 'string' || typeof operand === 'boolean') return String(operand);
  return fixedNumber(operand, Math.min(digits, MAX_DIGITS));
}

function jsonOf(operand: Operand, values: Values): Json | Failure {
  if (typeof operand === 'object') return values.read<Json>(operand.handle, (value) => value);
  if (typeof operand === 'bigint') return wholeJson(operand);
  return typeof operand === 'number' && !Number.isFinite(operand)
    ? fail('ETRFM', `JSON has no number ${operand}`)
    : operand;
}
