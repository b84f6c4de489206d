import type { OfflineProgram } from './offline.ts';

/** Digits in groups of three are one number. */
const WHOLE = '[+-]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)';
const SLOT_BY_TYPE: Readonly<Record<string, string>> = {
  i32: WHOLE,
  i64: WHOLE,
  f64: `${WHOLE}(?:\\.\\d+)?`,
  bool: 'true|false',
};
const CODE = /^[\p{L}\d+-]*\d$/u;
const ADDRESSES = /https?:\/\/\S+/gi;

/** What may stand for one parameter of a program, as far as its examples tell. */
export function slotPattern(program: OfflineProgram, index: number): string {
  const simple = SLOT_BY_TYPE[program.params[index]?.type ?? ''];
  if (simple !== undefined) return simple;
  const examples = examplesOf(program, index);
  if (takesAddresses(program, index)) return 'https?://.+?';
  if (examples.some((text) => /^https?:\/\//i.test(text))) return 'https?://\\S+?';
  if (examples.every((text) => /\d/.test(text) && /^[-+\d\s.,:]+$/.test(text)))
    return '(?:[-+\\d\\s.,:]|and)*?\\d';
  // A code such as d20 or sha256 may follow an article, and is no plain number where no example is.
  if (examples.every((text) => CODE.test(text))) {
    return examples.every((text) => /\p{L}/u.test(text))
      ? '[\\d+-]*\\p{L}[\\p{L}\\d+-]*\\d'
      : '[\\p{L}\\d+-]*\\d';
  }
  return '.+?';
}

/** Whether one text takes several addresses. */
export function takesAddresses(program: OfflineProgram, index: number): boolean {
  return examplesOf(program, index).some((text) => (text.match(ADDRESSES)?.length ?? 0) > 1);
}

/** A number as a person writes it; null if it is none. */
export function numberFrom(text: string): number | null {
  const number = Number(text.replaceAll(',', ''));
  return Number.isFinite(number) ? number : null;
}

function examplesOf(program: OfflineProgram, index: number): readonly string[] {
  const examples = program.says.map(({ args }) => String(args[index])).filter((text) => text !== '');
  return examples.length === 0 ? [' '] : examples;
}
