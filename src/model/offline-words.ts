import type { OfflineProgram } from './offline.ts';

const STOP_WORDS = new Set(
  'a an and are as at be by can could do does for from give gives have how i in into is it its let like me my need of on one or our please show so tell than that the their then there these this to us want was we what when which who why will with would you your'.split(
    ' ',
  ),
);

/** The words of a text that carry meaning, each cut to its stem. Addresses, quoted text and numbers are none. */
export function contentWords(text: string): string[] {
  const prose = text.replace(/https?:\/\/\S+|"[^"]*"|“[^”]*”/gi, ' ').toLowerCase();
  return (prose.match(/\p{L}+/gu) ?? []).filter((word) => !STOP_WORDS.has(word)).map(stem);
}

/** The stems that speak for a program: those of its name, its description and its phrasings. */
export function wordsOf(program: OfflineProgram): ReadonlySet<string> {
  const phrases = program.says.map(({ text, args }) =>
    args.reduce<string>((rest, arg) => rest.replace(String(arg), ' '), text),
  );
  const texts = [program.name.replaceAll('_', ' '), program.description, ...phrases];
  return new Set(texts.flatMap(contentWords));
}

/** Good enough to join fetch, fetches and fetching, or save and saved. */
export function stem(word: string): string {
  return word.length > 3 ? word.replace(/(ing|ed|es|s|e)$/, '') : word;
}
