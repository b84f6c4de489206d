import type { OfflineProgram } from './offline.ts';
import { unquote } from './offline-phrase.ts';
import { numberFrom, takesAddresses } from './offline-slot.ts';
import { stem, wordsOf } from './offline-words.ts';

interface Found {
  readonly args: readonly unknown[];
  /** The request without what was read as arguments. */
  readonly rest: string;
}

type Param = OfflineProgram['params'][number];

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/i;
const ADDRESSES =
  /https?:\/\/[\s\S]*https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]|https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/i;
const JSON_TEXT = /[[{][\s\S]*[\]}]/;
const QUOTED = /"[^"]+"|“[^”]+”|`[^`]+`|(?<!\p{L})'[^']+'(?!\p{L})/u;
const NUMBER = /(?<![\p{L}\d.:/-])[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\p{L}\d]|[-:/.,]\d)/u;
/** What is said for a reason, so that an answer without it would answer something else. */
const MATERIAL = /\d|https?:\/\/|["“”`[\]{}]/i;
const CONNECTOR = /^[\s:,-]*(?:(?:in|of|for|from|to|under|called|named|with|that|the key|my)\b[\s:]*)*/i;
const BETWEEN = /\s*=\s*|\s*:\s+|\s+(?:is|to|as)\s+/i;

/** Reads every argument of the program from the request, or answers null, as it does when something is left over. */
export function extractArguments(request: string, program: OfflineProgram): Found | null {
  const patterns = program.params.map((param) => patternFor(param, program));
  const args: unknown[] = program.params.map(() => undefined);
  let rest = request;
  // Numbers come last, since there are some in addresses and quotes.
  const order = [...patterns.keys()].sort(
    (a, b) => Number(patterns[a] === NUMBER) - Number(patterns[b] === NUMBER),
  );
  for (const index of order) {
    const value = patterns[index]?.exec(rest)?.[0];
    if (value === undefined) continue;
    rest = rest.replace(value, () => ' ');
    args[index] = patterns[index] === NUMBER ? numberFrom(value) : unquote(value);
  }
  // Around an address stands prose, so that every other text has to be in quotes.
  const isFreeTextPossible = !patterns.some((pattern) => pattern === ADDRESS || pattern === ADDRESSES);
  const open = args.flatMap((value, index) => (value === undefined ? [index] : []));
  const free = freeText(rest, program, open.length);
  if (free === null || open.some((index) => patterns[index] !== QUOTED || !isFreeTextPossible)) return null;
  for (const [position, index] of open.entries()) args[index] = free.values[position];
  return MATERIAL.test(free.rest) ? null : { args, rest: free.rest };
}

function patternFor(param: Param, program: OfflineProgram): RegExp | null {
  if (isNumeric(param)) return NUMBER;
  if (param.type !== 'string') return null;
  if (param.name === 'json') return JSON_TEXT;
  const index = program.params.indexOf(param);
  if (takesAddresses(program, index)) return ADDRESSES;
  const isAddress = program.says.some(({ args }) => ADDRESS.test(String(args[index])));
  return isAddress || /^(url|link|address)$/.test(param.name) ? ADDRESS : QUOTED;
}

function isNumeric(param: Param): boolean {
  return param.type === 'i32' || param.type === 'i64' || param.type === 'f64';
}

/** Text without quotes stands after the last word that is about the program: one piece, or a key and a value. */
function freeText(
  text: string,
  program: OfflineProgram,
  count: number,
): { readonly values: readonly string[]; readonly rest: string } | null {
  if (count === 0) return { values: [], rest: text };
  const tail = tailAfterLastWord(text, program);
  const value = tail.replace(CONNECTOR, '').replace(/[\s.!?]+$/, '');
  const values = count === 1 ? [value] : value.split(BETWEEN, 2);
  if (count > 2 || values.length !== count || values.some((piece) => piece === '')) return null;
  return { values, rest: text.slice(0, text.length - tail.length) };
}

function tailAfterLastWord(text: string, program: OfflineProgram): string {
  const vocabulary = wordsOf(program);
  const known = [...text.matchAll(/(?<!\d)\p{L}+(?!\d)/gu)].filter(([word]) =>
    vocabulary.has(stem(word.toLowerCase())),
  );
  const last = known.at(-1);
  return last === undefined ? '' : text.slice(last.index + last[0].length);
}
