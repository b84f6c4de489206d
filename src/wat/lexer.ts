import { endOfBrackets } from './bracketed.ts';
import { toBytes } from './byte-string.ts';
import type { Problems } from './problems.ts';
import type { Atom, Text } from './syntax.ts';
import { readLiteral } from './text-literal.ts';

export type Token =
  | Atom
  | Text
  | { readonly kind: 'open'; readonly at: number }
  | { readonly kind: 'close'; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const SPACE = /[ \t\r\n]+/y;
const BLANK = 0x20;
const BRACKET = 0x5b;
const SEMICOLON = 0x3b;
const LINE_COMMENT = /;;[^\n]*/y;
const COMMENT_EDGE = /\(;|;\)/g;
const ATOM = /[0-9A-Za-z!#$%&'*+\-./:<=>?@\\^_`|~]/;
/** By the code of each ASCII character, whether it can stand in a word. */
const IN_WORD = Array.from({ length: 128 }, (_, code) => ATOM.test(String.fromCharCode(code)));
/** Letters and digits of other scripts among those of a word. */
const FOREIGN_WORD = /[\p{L}\p{M}\p{N}][0-9A-Za-z\p{L}\p{M}\p{N}!#$%&'*+\-./:<=>?@\\^_`|~]*/uy;
const LAST_ASCII = 0x7f;
const STRAY = /[^\p{ASCII}]+|[\s\S]/uy;
const OPENING_QUOTE = /[\u201c\u201d\u201e]/y;
const CLOSING_QUOTE = /[\u201c\u201d\n]/g;
const REST_OF_LINE = /[^\n]*/y;
/** wabt copies a token into its error messages on a stack of 64 KiB. */
const MAX_ATOM = 200;

/** Cuts a body into tokens and reports what is none. */
export class Lexer {
  readonly #body: string;
  readonly #problems: Problems;
  #at = 0;
  /** False once something was left open, so that what follows cannot be judged. */
  #sound = true;
  /** The next closing quote or line break behind the last opening quote, so that none is looked for twice. */
  #quoteEnd = -1;
  #bracketsClose = true;

  constructor(body: string, problems: Problems) {
    this.#body = body;
    this.#problems = problems;
  }

  get sound(): boolean {
    return this.#sound;
  }

  next(): Token {
    for (;;) {
      this.#skipBlank();
      if (this.#problems.full) this.#giveUp();
      const at = this.#at;
      if (at === this.#body.length) return { kind: 'end', at };
      const character = this.#body[at];
      if (character === '(' || character === ')') {
        this.#at += 1;
        return { kind: character === '(' ? 'open' : 'close', at };
      }
      if (character === '"') return this.#literal(at);
      const text = this.#word();
      const token = text === '' ? this.#stray(at) : this.#atom(this.#wholeWord(text, at), at);
      if (token !== null) return token;
    }
  }

  #word(): string {
    const body = this.#body;
    const from = this.#at;
    let at = from;
    while (at < body.length && IN_WORD[body.charCodeAt(at)] === true) at += 1;
    this.#at = at;
    return body.slice(from, at);
  }

  #literal(at: number): Text {
    const { text, next, closed } = readLiteral(this.#body, at, this.#problems);
    this.#at = next;
    if (!closed) this.#giveUp();
    return text;
  }

  /** Reports what makes no word of its end, and takes it along so that it stays one word. */
  #wholeWord(start: string, at: number): string {
    if (this.#at === this.#body.length) return start;
    const code = this.#body.charCodeAt(this.#at);
    if (code === BRACKET) return start + this.#index(start, at);
    if (code <= LAST_ASCII) return start;
    const rest = this.#take(FOREIGN_WORD);
    if (rest === '') return start;
    const hint = 'names are written with a-z, 0-9 and _';
    this.#problems.reportLast(at, strayMessage(start + rest), hint);
    return start + rest;
  }

  /** `$xs[0]`, as other languages take an item. */
  #index(word: string, at: number): string {
    const from = this.#at;
    let more = this.#skipBrackets(from);
    if (!more) return '';
    while (more) more = this.#body.charCodeAt(this.#at) === BRACKET && this.#skipBrackets(this.#at);
    const index = this.#body.slice(from, this.#at);
    const shown = `${word}${index.length > 20 ? '[...]' : index}`;
    this.#problems.reportLast(at, `"${shown}" is no word`, `an item is taken by (at ${word} INDEX)`);
    return index;
  }

  #atom(text: string, at: number): Atom | null {
    const alien = alienText(text);
    if (alien !== null) {
      this.#take(REST_OF_LINE);
      this.#problems.report(at, alien.message, alien.hint);
      return null;
    }
    if (text.length <= MAX_ATOM) return { kind: 'atom', text, at };
    this.#problems.report(
      at,
      `a word of ${text.length} characters; the longest allowed has ${MAX_ATOM}`,
      'text stands in double quotes',
    );
    return { kind: 'atom', text: text.slice(0, MAX_ATOM), at };
  }

  #skipBlank(): void {
    for (;;) {
      const before = this.#at;
      // A character that is not there would cost more than all that are.
      if (before === this.#body.length) return;
      const code = this.#body.charCodeAt(before);
      // Whatever stands above is no blank; most tokens stand close together.
      if (code > SEMICOLON) return;
      if (code <= BLANK) this.#skip(SPACE);
      else if (code === SEMICOLON) this.#skip(LINE_COMMENT);
      else if (this.#body.startsWith('(;', before)) this.#skipComment();
      if (this.#at === before) return;
    }
  }

  #skipComment(): void {
    const start = this.#at;
    COMMENT_EDGE.lastIndex = start;
    let depth = 0;
    do {
      const edge = COMMENT_EDGE.exec(this.#body);
      if (edge === null) {
        this.#problems.report(start, 'this comment is never closed', 'end it with ;)');
        this.#giveUp();
        return;
      }
      depth += edge[0] === '(;' ? 1 : -1;
    } while (depth > 0);
    this.#at = COMMENT_EDGE.lastIndex;
  }

  /** Reports what no token begins with. What can be meant for one value is taken as one. */
  #stray(at: number): Atom | Text | null {
    if (this.#body[at] === ';') {
      this.#take(REST_OF_LINE);
      this.#problems.report(at, 'a single ";" means nothing here', 'a comment begins with ;;');
      return null;
    }
    const quoted = this.#typographicString();
    const word = quoted === '' ? this.#take(FOREIGN_WORD) : '';
    const text = quoted || word || this.#take(STRAY);
    const value = word !== '' || ((text === '[' || text === '{') && this.#skipBrackets(at));
    this.#problems.reportLast(at, strayMessage(text), strayHint(text));
    if (quoted !== '') return { kind: 'text', bytes: toBytes(quoted.slice(1, -1)), at, source: null };
    return value ? { kind: 'atom', text, at } : null;
  }

  /** Skips all from an opening bracket to the one that closes it; answers whether one does. */
  #skipBrackets(from: number): boolean {
    const end = this.#bracketsClose ? endOfBrackets(this.#body, from) : null;
    // What does not close is not looked for again from each bracket in it.
    this.#bracketsClose = end !== null;
    this.#at = end ?? this.#at;
    return end !== null;
  }

  /** A text between typographic quotes on one line, or nothing. */
  #typographicString(): string {
    const start = this.#at;
    const opening = this.#take(OPENING_QUOTE);
    if (this.#quoteEnd < this.#at) {
      CLOSING_QUOTE.lastIndex = this.#at;
      this.#quoteEnd = CLOSING_QUOTE.exec(this.#body)?.index ?? this.#body.length;
    }
    const closes = opening !== '' && /[\u201c\u201d]/.test(this.#body[this.#quoteEnd] ?? '');
    this.#at = closes ? this.#quoteEnd + 1 : start;
    return this.#body.slice(start, this.#at);
  }

  #giveUp(): void {
    this.#sound = false;
    this.#at = this.#body.length;
  }

  #take(pattern: RegExp): string {
    const from = this.#at;
    this.#skip(pattern);
    return this.#body.slice(from, this.#at);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#body)) this.#at = pattern.lastIndex;
  }
}

function alienText(text: string): { message: string; hint: string } | null {
  const first = text[0];
  if (first !== '/' && first !== '#' && first !== '`') return null;
  if (text.startsWith('//') || text.startsWith('#'))
    return {
      message: `"${text.slice(0, 20)}" is not how a comment begins`,
      hint: 'a comment begins with ;;',
    };
  if (text.startsWith('```'))
    return { message: 'a Markdown fence is not part of the body', hint: 'leave the ``` lines out' };
  return null;
}

function strayMessage(text: string): string {
  const point = text.codePointAt(0) ?? 0;
  const shown = [...text.slice(0, 40)].slice(0, 20).join('').toWellFormed();
  if (/\P{ASCII}/u.test(text))
    return `"${shown}" is not ASCII; only strings and comments may hold such characters`;
  if (point < 0x20 || point === 0x7f) return `a control character (code ${point})`;
  return `"${shown}" means nothing here`;
}

const MARKS: Readonly<Record<string, string>> = {
  ',': 'operands are separated by spaces',
  '[': 'a JSON array is (list A B ...)',
  '{': 'a JSON object is (object "name" VALUE ...)',
};

const LOOKALIKES: Readonly<Record<string, string>> = {
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2018': "'",
  '\u2019': "'",
  '\u2212': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u00a0': 'an ordinary space',
  '\u200b': 'nothing (it is an invisible character)',
  '\ufeff': 'nothing (it is an invisible character)',
  '\uff08': '(',
  '\uff09': ')',
};

function strayHint(text: string): string {
  const [first = ''] = text;
  const plain = Object.hasOwn(LOOKALIKES, first) ? LOOKALIKES[first] : undefined;
  if (plain !== undefined) return `write ${plain}`;
  if (first > '\u007f') return 'put text between double quotes, and remarks behind ;;';
  const mark = Object.hasOwn(MARKS, first) ? MARKS[first] : undefined;
  return mark ?? 'leave it out, or put it into a text between double quotes';
}
