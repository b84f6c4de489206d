import { readBase64 } from './base64-forms.ts';
import { bytesToText, isReadable } from './readable-bytes.ts';

/** What a part of a text says once it is decoded. */
export interface DecodedForm {
  /** How it was written, the outermost first, for example `base64, percent`. */
  readonly form: string;
  readonly text: string;
}

/** How often what was decoded is decoded again. */
const LEVELS = 2;

/** Between two bytes stand at most a few marks, as in `0x49, 0x67`; an assembler's bytes end in `h`. */
const HEX = /(?:(?:0x|\\x)?[0-9a-f]{2}h?[\s,;:-]{0,3}){8,}/gi;
const AROUND_HEX = /0x|\\x|[\sh,;:-]/gi;
const OTHER_LETTERS = /[\uff01-\uff5e\u{1d400}-\u{1d7ff}]+/gu;
const PERCENT = /(?:%[0-9a-f]{2})+/gi;
/** The first group is decimal, the others are hexadecimal. */
const ESCAPE = new RegExp(
  [
    '&#0*(\\d{1,7});?|&#x0*([0-9a-f]{1,6});?',
    '\\\\[ux]\\{0*([0-9a-f]{1,6})\\}|\\\\u00([01][0-9a-f]{5})|[\\\\%]u([0-9a-f]{4})|\\\\x([0-9a-f]{2})',
    'U\\+([0-9a-f]{4,6})',
  ].join('|'),
  'gi',
);

type Reader = (text: string) => readonly string[];

const READERS: readonly (readonly [form: string, read: Reader])[] = [
  ['base64', readBase64],
  ['hex', readHex],
  ['percent', (text) => rewrittenWords(text, readPercent)],
  ['escapes', (text) => rewrittenWords(text, readEscapes)],
];

/** What stands in a text as base64, hex, percent or character escapes, also one inside another. */
export function decodeForms(text: string): readonly DecodedForm[] {
  let level: readonly DecodedForm[] = [{ form: '', text: toPlainLetters(text) }];
  const found: DecodedForm[] = [];
  for (let depth = 0; depth < LEVELS; depth += 1) {
    level = level.flatMap(decodeOnce);
    found.push(...level);
  }
  // Of several ways to read the same, the first is told.
  const distinct = Map.groupBy(found, (each) => each.text).values();
  return [...distinct].flatMap(([first]) => (first === undefined ? [] : [first]));
}

/** The text with its character escapes and percent forms read. */
export function readEscapes(text: string): string {
  return text.replace(ESCAPE, (whole: string, ...groups: unknown[]) => {
    const [decimal, ...hexadecimal] = groups
      .slice(0, -2)
      .map((group) => (typeof group === 'string' ? group : ''));
    const hex = hexadecimal.join('');
    const code = decimal === '' ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export function readPercent(text: string): string {
  return text.replace(PERCENT, (run) => bytesToText(Buffer.from(run.replaceAll('%', ''), 'hex')));
}

/** Codes work in letters of another width or weight too, for those who read them as the plain ones. */
function toPlainLetters(text: string): string {
  return text.replace(OTHER_LETTERS, (letters) => letters.normalize('NFKC'));
}

function decodeOnce({ form: outer, text }: DecodedForm): readonly DecodedForm[] {
  return READERS.flatMap(([form, read]) =>
    read(text)
      .filter(isReadable)
      .map((decoded) => ({ form: outer === '' ? form : `${outer}, ${form}`, text: decoded })),
  );
}

function readHex(text: string): readonly string[] {
  const runs = text.match(HEX) ?? [];
  return runs.map((run) => bytesToText(Buffer.from(run.replace(AROUND_HEX, ''), 'hex')));
}

/** The words that a rewriting changes, as it leaves them. */
function rewrittenWords(text: string, rewrite: (word: string) => string): readonly string[] {
  if (rewrite(text) === text) return [];
  const words = text.split(/\s+/);
  const changed = words.map((word) => [word, rewrite(word)] as const).filter(([word, now]) => word !== now);
  // Where every letter was a word of its own, the words are those between written blanks.
  const isSpelt = changed.every(([, now]) => [...now].length === 1);
  const joined = changed.map(([, now]) => now).join(isSpelt ? '' : ' ');
  return joined === '' ? [] : [joined];
}
