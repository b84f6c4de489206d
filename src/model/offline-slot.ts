import type { OfflineProgram } from './offline.ts';
import { CODE, examplesOf, kindOf } from './offline-kind.ts';

/** Digits in groups of three are one number. */
const WHOLE = '[+-]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)';
const SLOT_BY_TYPE: Readonly<Record<string, string>> = {
  i32: WHOLE,
  i64: WHOLE,
  f64: `${WHOLE}(?:\\.\\d+)?`,
  bool: 'true|false',
};
/** What may stand for one parameter of a program, as far as its examples tell. */
export function slotPattern(program: OfflineProgram, index: number): string {
  const simple = SLOT_BY_TYPE[program.params[index]?.type ?? ''];
  if (simple !== undefined) return simple;
  switch (kindOf(program, index)) {
    case 'addresses':
      return 'https?://.+?';
    case 'address':
      return 'https?://\\S+?';
    case 'numbers':
      return '(?:[-+\\d\\s.,:]|and)*?\\d';
    case 'code':
    case 'choice':
      return codePattern(examplesOf(program, index));
    case 'list':
      return '.+?(?:[,;\\n]|\\sor\\s|\\sand\\s).+?';
    case 'json':
      return '[[{"].*?';
    default:
      return '.+?';
  }
}

/** One word. A code such as d20 or sha256 may follow an article, and is no plain number where no example is. */
function codePattern(examples: readonly string[]): string {
  if (!examples.every((text) => CODE.test(text))) return '[\\p{L}\\d_-]+';
  return examples.every((text) => /\p{L}/u.test(text))
    ? '[\\d+-]*\\p{L}[\\p{L}\\d+-]*\\d'
    : '[\\p{L}\\d+-]*\\d';
}

/** A number as a person writes it; null if it is none. */
export function numberFrom(text: string): number | null {
  const number = Number(text.replaceAll(',', ''));
  return Number.isFinite(number) ? number : null;
}
