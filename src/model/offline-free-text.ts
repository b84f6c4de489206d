import type { OfflineProgram } from './offline.ts';
import { TAKEN } from './offline-cues.ts';
import { kindOf, needsDigit } from './offline-kind.ts';
import { asksForMore } from './offline-value.ts';
import { contentWords, createFellows, wordsOf } from './offline-words.ts';

const CONNECTOR =
  /^[\s:,-]*(?:(?:in|of|for|from|to|between|among|under|called|named|with|that|the key|my)\b[\s:]*)*/i;
const BETWEEN = /\s*=\s*|\s*:\s+|\s+(?:is|to|as)\s+/i;
/** The ends of a range and no list. */
const BOUNDS = /\bbetween\s+[-+]?\d[\d.,]*\s+(?:and|to)\s+[-+]?\d/i;
const NOUN = 'texts?|words?|strings?|messages?|sentences?|phrases?|lines?|lists?|numbers?|items?|following';
/** What leads to a text and is no part of it: `the text`, or `this:`. */
const LEAD_IN = new RegExp(
  `^(?:(?:(?:the|this|these)\\s+)+(?:following\\s+)?(?:${NOUN})(?:\\s*:\\s*|\\s+)|(?:the|this|these|those)?\\s*(?:following\\s+)?(?:${NOUN})?\\s*(?:for (?:me|us))?\\s*:\\s+|(?:some|any)(?:one|body|thing)\\s*:\\s+)(?=\\S)`,
  'i',
);
/** What is meant is then somewhere else, and not these words. */
const POINTS_ELSEWHERE =
  /^(?:the|our|my|this|that|these|those|your|his|her|their|its|it|them|he|she|they|we|i|you|to|into|from|of|for|as|out|back|up|is|are|was|were|should|would|could|can|must|will|do|does|did)(?!\p{L})/iu;

/** A text without its lead-in. */
export function withoutLeadIn(text: string): string {
  return unquote(text.replace(LEAD_IN, ''));
}

/** Whether words that were not marked as a text by quotes or a colon speak of a text and are none. */
export function pointsElsewhere(text: string): boolean {
  return POINTS_ELSEWHERE.test(text);
}

/** What a text that is led in so is: no text as such, or one that stands elsewhere. */
const OTHER_LEAD =
  /^(?:(?:the|this|these|those)\s+(?:following\s+)?(?:lists?|lines|numbers|items|words)(?!\p{L})|(?:in|of|from|for)\s*:)/iu;

/** Whether a text to work on is led in as something else, such as a list of which each item is meant. */
export function isLedInAsOther(text: string): boolean {
  return OTHER_LEAD.test(text);
}

/** A text between quotes; any other as it is. */
export function unquote(text: string): string {
  const [, double, smart, code, single] =
    /^(?:"([^"]*)"|“([^”]*)”|`([^`]*)`|'([^']*)')[.!?]?$/.exec(text) ?? [];
  return double ?? smart ?? code ?? single ?? text;
}

/** Text without quotes stands after the last word that is about the program: one piece, or a key and a value. */
export function freeText(
  text: string,
  program: OfflineProgram,
  count: number,
  minimumWords: number,
): { readonly values: readonly string[]; readonly rest: string } | null {
  if (count === 0) return { values: [], rest: text };
  if (BOUNDS.test(text)) return null;
  const { tail, known } = tailAfterLastWord(text, program);
  const isAny = program.params.some(
    (_param, index) => kindOf(program, index) === 'text' && !needsDigit(program, index),
  );
  if (isAny && known < minimumWords) return null;
  const start = startOf(tail, program);
  const value = tail
    .slice(start)
    .replace(CONNECTOR, '')
    .replace(/[\s.!?]+$/, '');
  const values = (count === 1 ? [value] : value.split(BETWEEN, 2)).map(withoutLeadIn);
  if (count > 2 || values.length !== count || values.some((piece) => !isPlain(piece))) return null;
  return { values, rest: text.slice(0, text.length - tail.length + start) };
}

/** A list begins behind what says of what it is, as in `a name from Ann, Bob`, which has to be accounted for. */
function startOf(tail: string, program: OfflineProgram): number {
  if (!program.params.some((_param, index) => kindOf(program, index) === 'list')) return 0;
  const lead = CONNECTOR.exec(tail)?.[0].length ?? 0;
  const inner = /^[^,;:\n]*?\s(?:from|of|among|between)(?=\s)/i.exec(tail.slice(lead));
  return inner === null ? 0 : lead + inner[0].length;
}

function isPlain(piece: string): boolean {
  return piece !== '' && !piece.includes(TAKEN) && !pointsElsewhere(piece) && !asksForMore(piece);
}

function tailAfterLastWord(
  text: string,
  program: OfflineProgram,
): { readonly tail: string; readonly known: number } {
  const vocabulary = wordsOf(program);
  const fellows = createFellows();
  const names = new Set(program.name.split('_'));
  const known = [...text.matchAll(/(?<![\p{L}\d])\d*\p{L}[\p{L}\d]*/gu)].filter(([word]) => {
    if (/\d/.test(word)) return names.has(word.toLowerCase());
    const [base = ''] = contentWords(word);
    return [base, ...(fellows.get(base) ?? [])].some((alike) => vocabulary.has(alike));
  });
  const last = known.at(-1);
  const tail = last === undefined ? '' : text.slice(last.index + last[0].length);
  return { tail, known: known.length };
}
