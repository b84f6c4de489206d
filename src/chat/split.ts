import { WattleError } from '../errors.ts';
import { type Fence, findFences } from './fences.ts';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Longer than any emoji sequence, so that one at the cut is seen whole. */
const LOOKAHEAD = 64;
const SENTENCE_END = /[.!?…。！？]["'”’)\]]*\s+/g;

interface Source {
  readonly text: string;
  readonly fences: readonly Fence[];
  readonly maxChars: number;
}

/**
 * Splits Markdown into parts of at most `maxChars` UTF-16 units, at a paragraph, line, sentence or
 * word where there is one. A code block that goes over several parts is closed and opened again
 * in each; apart from those lines the parts joined are the text. An empty text has no parts.
 */
export function splitMarkdown(text: string, maxChars: number): string[] {
  if (!Number.isInteger(maxChars) || maxChars < 1) {
    throw new WattleError('INTERNAL', `expected a part of at least 1 character, got ${maxChars}`);
  }
  const fences = findFences(text).flatMap((fence) => fitted(fence, maxChars));
  const source = { text, fences, maxChars };
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const part = takePart(source, start);
    parts.push(part.text);
    start = part.end;
  }
  return parts;
}

/** A fence whose own lines would fill a third of a part loses its info string, or else is treated as text. */
function fitted(fence: Fence, maxChars: number): Fence[] {
  const fits = (opener: string): boolean => (opener.length + fence.closer.length + 2) * 3 <= maxChars;
  if (fits(fence.opener)) return [fence];
  return fits(fence.closer) ? [{ ...fence, opener: fence.closer }] : [];
}

function takePart(source: Source, start: number): { readonly text: string; readonly end: number } {
  const { text, maxChars } = source;
  const reopened = fenceAround(source, start);
  const before = reopened === undefined ? '' : `${reopened.opener}\n`;
  if (before.length + text.length - start <= maxChars)
    return { text: before + text.slice(start), end: text.length };
  // Ends: each round lowers the limit by what the closing line takes, and a fence takes a third at most.
  for (let limit = maxChars - before.length; ; ) {
    const end = chooseEnd(source, start, limit);
    const after = closingLine(source, end);
    const excess = before.length + end - start + after.length - maxChars;
    if (excess <= 0) return { text: before + text.slice(start, end) + after, end };
    limit = end - start - excess;
  }
}

/** The fence in whose content a position is. */
function fenceAround({ fences }: Source, position: number): Fence | undefined {
  return fences.find(({ contentStart, end }) => contentStart <= position && position < end);
}

function closingLine(source: Source, end: number): string {
  const fence = fenceAround(source, end);
  if (fence === undefined) return '';
  return source.text.charAt(end - 1) === '\n' ? fence.closer : `\n${fence.closer}`;
}

/** Where to end a part of at most `limit` characters; after `start`, and never within a fence's own lines. */
function chooseEnd(source: Source, start: number, limit: number): number {
  const end = snap(source.text, start, start + boundary(source.text.slice(start, start + limit)));
  const fence = source.fences.find((each) => each.start < end && end < each.end);
  if (fence === undefined) return end;
  if (end >= fence.contentEnd) {
    // The rest would open with a block of nothing, so the closing line comes along where it fits.
    return fence.end <= start + limit ? fence.end : Math.max(fence.contentEnd, start + 1);
  }
  if (end > fence.contentStart) return end;
  // An opening line with nothing after it would show as an empty block: the block begins the next part,
  // or, where it begins this one, its first line is too long to be kept whole.
  return fence.start > start ? fence.start : snap(source.text, start, start + limit);
}

/** The best place to end within a window: the largest unit that still fills half of it. */
function boundary(window: string): number {
  const half = window.length / 2;
  const paragraph = window.lastIndexOf('\n\n') + 2;
  if (paragraph > 1 && paragraph >= half) return paragraph;
  const line = window.lastIndexOf('\n') + 1;
  if (line > 0 && line >= half) return line;
  const sentence = lastEnd(window, SENTENCE_END);
  if (sentence >= half) return sentence;
  const word = lastEnd(window, /\s+/g);
  return word > 0 ? word : window.length;
}

/** Where the last match ends, or 0. */
function lastEnd(window: string, pattern: RegExp): number {
  let end = 0;
  for (const match of window.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

/** Moves an end back so that no character that a person sees as one is torn. */
function snap(text: string, start: number, end: number): number {
  const segment = GRAPHEMES.segment(text.slice(start, end + LOOKAHEAD)).containing(end - start);
  if (segment === undefined) return end;
  if (segment.index > 0) return start + segment.index;
  // One that fills the whole part cannot be kept whole, but the two halves of a code point still can.
  const torn = isHighSurrogate(text.charCodeAt(end - 1)) && isLowSurrogate(text.charCodeAt(end));
  return torn && end - start > 1 ? end - 1 : end;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
