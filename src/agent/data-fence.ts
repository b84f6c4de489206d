import { readEscapes, readPercent } from './decoded-forms.ts';
import { stripHidden } from './hidden-characters.ts';

/**
 * Marks text from outside as data. The number in the marker is one that the text does not use, however it is
 * spelled, so that nothing in it can end the fence or look as if it did.
 */
export function fenceData(text: string): string {
  const used = numbersIn(text);
  let number = 0;
  while (used.has(String(number))) number += 1;
  return `<data-${number}>\n${text}\n</data-${number}>`;
}

/** Looking at the numbers alone leaves no other spelling of the marker's word and signs to be thought of. */
function numbersIn(text: string): ReadonlySet<string> {
  const plain = stripHidden(readEscapes(readPercent(text))).normalize('NFKC');
  const both = `${text}\n${plain}`;
  const runs = both.match(/\p{Nd}+/gu) ?? [];
  return new Set(runs.map((run) => toDigits(run).replace(/^0+(?=\d)/, '')));
}

/** Every script's digits stand together in order, from a zero on. */
function toDigits(run: string): string {
  return run.replace(/[^0-9]/gu, (digit) => String(digitValue(digit)));
}

function digitValue(digit: string): number {
  let value = 0;
  let code = (digit.codePointAt(0) ?? 0) - 1;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code))) {
    value += 1;
    code -= 1;
  }
  return value;
}
