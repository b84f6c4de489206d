import { type HiddenRun, replaceHidden } from './hidden-characters.ts';
import { isReadable } from './readable-bytes.ts';

export interface Revealed {
  /** The text with what is hidden in it written out or left out. */
  readonly shown: string;
  /** Words that stand in the text and that nobody sees. */
  readonly hidden: string;
}

const TAGS = /[\u{e0020}-\u{e007e}]/gu;
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Beside the words of an attack a text may well have a few left over, as when an emoji was cut. */
const LEAST_TAGS = 4;
/** Hidden bits come in eights. */
const LEAST_BITS = 24;
const LEAST_MARKED = 8;
/** Flags of parts of countries, as many as a text about them has; their codes would do for words. */
const FLAG = /\u{1f3f4}([\u{e0030}-\u{e007a}]{3,6})\u{e007f}/gu;
const MOST_FLAGS = 8;

/** Finds words that are hidden in tag characters, in variation selectors or in a code of two invisible characters. */
export function revealHidden(text: string): Revealed {
  const selected: number[] = [];
  const words: string[] = [];
  const shown = replaceHidden(text, (run) => {
    selected.push(...selectorBytes(run));
    const found = [readTags(run), readBits(run)].filter((each) => each !== '');
    words.push(...found);
    if (found.length > 0) return `[hidden: ${found.join(' ')}]`;
    return markOf(run);
  });
  words.push(...flagCodes(text));
  const inSelectors = selected.length >= LEAST_TAGS ? readBytes(selected) : '';
  return { shown, hidden: [...words, inSelectors].filter((each) => each !== '').join(' ') };
}

function readTags({ text }: HiddenRun): string {
  const tags = text.match(TAGS) ?? [];
  return tags.length < LEAST_TAGS ? '' : spellTags(tags);
}

function spellTags(tags: Iterable<string>): string {
  return [...tags].map((tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join('');
}

function flagCodes(text: string): readonly string[] {
  const codes = new Set([...text.matchAll(FLAG)].map(([, code = '']) => spellTags(code)));
  return codes.size > MOST_FLAGS ? [[...codes].join('')] : [];
}

function selectorBytes({ text }: HiddenRun): readonly number[] {
  const selectors = text.match(SELECTORS) ?? [];
  return selectors.map((selector) => {
    const code = selector.codePointAt(0) ?? 0;
    return code >= 0xe0100 ? code - 0xe0100 + 16 : code - 0xfe00;
  });
}

/** Two characters that stand for 0 and 1, whichever is which. */
function readBits({ text }: HiddenRun): string {
  const characters = [...text];
  const [zero, one, ...others] = new Set(characters);
  if (zero === undefined || one === undefined || others.length > 0) return '';
  const length = characters.length - (characters.length % 8);
  if (length < LEAST_BITS) return '';
  const bits = characters.slice(0, length).map((character) => (character === zero ? 0 : 1));
  return readBytes(toBytes(bits)) || readBytes(toBytes(bits.map((bit) => 1 - bit)));
}

function toBytes(bits: readonly number[]): readonly number[] {
  const bytes: number[] = [];
  bits.forEach((bit, index) => {
    const at = Math.floor(index / 8);
    bytes[at] = ((bytes[at] ?? 0) << 1) | bit;
  });
  return bytes;
}

/** Padding is the same over and over; words are not. */
function readBytes(bytes: readonly number[]): string {
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  return isReadable(text) && new Set(text).size > 2 ? text : '';
}

function markOf({ text }: HiddenRun): string {
  const { length } = [...text];
  if (length >= LEAST_MARKED) return `[${length} invisible characters]`;
  return /\p{Cc}/u.test(text) ? '\ufffd' : '';
}
