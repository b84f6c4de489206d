/** A value as a person writes it in a call. Whole numbers past 2^53 are bigints, so that no digit is lost. */
export type Literal = string | number | bigint | boolean | null | readonly Literal[];

/** Where a text stops making sense: `offset` counts UTF-16 units from 0. */
export interface Problem {
  readonly offset: number;
  readonly expected: string;
}

const CLOSING_QUOTE: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
};
const WORDS: Readonly<Record<string, Literal>> = { true: true, false: false, null: null };

const NUMBER = /[+-]?\d+(\.\d+)?([eE][+-]?\d+)?(?=[\s,)\]]|$)/y;
const WORD = /(true|false|null)(?=[\s,)\]]|$)/y;
const MAXIMUM_DEPTH = 32;
const ANY_VALUE = 'a value: text in quotes, a number, true, false, null or a list in [ ]';

/** Reads literals from left to right. After the first problem it reads nothing more. */
export class LiteralReader {
  readonly #text: string;
  #offset: number;
  #problem: Problem | null = null;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Whether a quote, a list, a number or one of the words stands here. */
  startsValue(): boolean {
    this.skipSpace();
    const next = this.#text[this.#offset] ?? '';
    return next === '[' || next in CLOSING_QUOTE || this.#look(NUMBER) !== null || this.#look(WORD) !== null;
  }

  /** Values up to the closing bracket, which it takes too. The opening one is behind already. */
  readList(closing: ')' | ']', depth = 0): readonly Literal[] {
    const values: Literal[] = [];
    if (depth > MAXIMUM_DEPTH) this.#fail(`at most ${MAXIMUM_DEPTH} lists inside each other`);
    if (this.#take(closing)) return values;
    while (this.#problem === null) {
      values.push(this.#readValue(depth));
      if (this.#problem !== null || this.#take(closing)) break;
      if (!this.#take(',')) this.#fail(`"," or "${closing}"`);
    }
    return values;
  }

  skipSpace(): void {
    while (/\s/.test(this.#text[this.#offset] ?? '')) this.#offset += 1;
  }

  #readValue(depth: number): Literal {
    this.skipSpace();
    const closing = CLOSING_QUOTE[this.#text[this.#offset] ?? ''];
    if (closing !== undefined) return this.#readString(closing);
    if (this.#take('[')) return this.readList(']', depth + 1);
    const number = this.#look(NUMBER);
    const word = number ?? this.#look(WORD);
    if (word === null) return this.#fail(ANY_VALUE);
    this.#offset += word.length;
    return number === null ? (WORDS[word] ?? null) : toNumber(number);
  }

  #readString(closing: string): string {
    const start = this.#offset;
    let value = '';
    this.#offset += 1;
    while (this.#offset < this.#text.length && this.#problem === null) {
      const character = this.#text[this.#offset] ?? '';
      this.#offset += 1;
      if (character === closing) return value;
      value += character === '\\' ? this.#readEscape() : character;
    }
    if (this.#problem === null) this.#offset = start;
    return this.#fail(`a closing ${closing} for the text that begins here`);
  }

  #readEscape(): string {
    const unicode = /u([0-9a-fA-F]{4})/y;
    unicode.lastIndex = this.#offset;
    const code = unicode.exec(this.#text)?.[1];
    const character = this.#text[this.#offset] ?? '';
    if (code === undefined && !(character in ESCAPES))
      return this.#fail('one of \\n \\t \\r \\\\ \\" \\\' \\uXXXX');
    this.#offset += code === undefined ? 1 : 5;
    return code === undefined ? (ESCAPES[character] ?? '') : String.fromCharCode(Number.parseInt(code, 16));
  }

  #look(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #take(character: string): boolean {
    this.skipSpace();
    if (this.#text[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  #fail(expected: string): string {
    this.#problem ??= { offset: this.#offset, expected };
    return '';
  }
}

function toNumber(digits: string): number | bigint {
  const number = Number(digits);
  return /^[+-]?\d+$/.test(digits) && !Number.isSafeInteger(number)
    ? BigInt(digits.replace('+', ''))
    : number;
}
