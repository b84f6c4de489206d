import type { OfflineProgram } from './offline.ts';
import { unquote } from './offline-phrase.ts';
import { stem, wordsOf } from './offline-words.ts';

interface Found {
  readonly args: readonly unknown[];
  /** The request without what was read as arguments. */
  readonly rest: string;
}

type Param = OfflineProgram['params'][number];

const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/i;
const QUOTED = /"[^"]+"|“[^”]+”|`[^`]+`|(?<!\p{L})'[^']+'(?!\p{L})/u;
const NUMBER = /(?<![\p{L}\d.])[+-]?\d+(?:\.\d+)?(?![\p{L}\d])/u;
const CONNECTOR = /^[\s:,-]*(?:(?:in|of|for|from|to|under|called|named|with|that|the key|my)\b[\s:]*)*/i;
const BETWEEN = /\s*=\s*|\s*:\s+|\s+(?:is|to|as)\s+/i;

/** Reads every argument of the program from the request, or answers null. */
export function extractArguments(request: string, program: OfflineProgram): Found | null {
  const patterns = program.params.map((param) => patternFor(param, program));
  let rest = request;
  const args: unknown[] = program.params.map((param, index) => {
    const value = patterns[index]?.exec(rest)?.[0];
    if (value === undefined) return undefined;
    rest = rest.replace(value, ' ');
    return isNumeric(param) ? Number(value) : unquote(value);
  });
  // Around an address stands prose, so that every other text has to be in quotes.
  const isFreeTextPossible = !patterns.includes(ADDRESS);
  const open = args.flatMap((value, index) => (value === undefined ? [index] : []));
  const free = freeText(rest, program, open.length);
  if (free === null || open.some((index) => patterns[index] !== QUOTED || !isFreeTextPossible)) return null;
  for (const [position, index] of open.entries()) args[index] = free.values[position];
  return { args, rest: free.rest };
}

function patternFor(param: Param, program: OfflineProgram): RegExp | null {
  if (isNumeric(param)) return NUMBER;
  if (param.type !== 'string') return null;
  const index = program.params.indexOf(param);
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
  const known = [...text.matchAll(/\p{L}+/gu)].filter(([word]) => vocabulary.has(stem(word.toLowerCase())));
  const last = known.at(-1);
  return last === undefined ? '' : text.slice(last.index + last[0].length);
}
