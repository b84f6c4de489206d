/** Values as models write them: JSON, and what they mistake for it. */
const CLOSING_QUOTE: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
const WORDS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  undefined: null,
};

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;
const SPACE = /\s*/y;
const MAXIMUM_DEPTH = 32;

/**
 * Reads one object of JSON, or of what is near to it: quotes of other kinds, names and words without quotes, commas
 * too many, Python's True, False and None. Null where there is none at that place.
 */
export class LenientJson {
  readonly #text: string;
  #offset: number;
  /** Something could not be read; what comes after it is not looked at. */
  #isBroken = false;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  /** Where reading ended. */
  get offset(): number {
    return this.#offset;
  }

  readObject(): Readonly<Record<string, unknown>> | null {
    const object = this.#object(0);
    return this.#isBroken ? null : object;
  }

  #object(depth: number): Readonly<Record<string, unknown>> {
    const entries: [string, unknown][] = [];
    this.#expect('{');
    while (!this.#isBroken && !this.#take('}')) {
      const name = this.#name();
      this.#expect(':');
      entries.push([name, this.#value(depth + 1)]);
      if (!this.#take(',') && this.#peek() !== '}') this.#isBroken = true;
    }
    return Object.fromEntries(entries);
  }

  #list(depth: number): readonly unknown[] {
    const values: unknown[] = [];
    this.#expect('[');
    while (!this.#isBroken && !this.#take(']')) {
      values.push(this.#value(depth + 1));
      if (!this.#take(',') && this.#peek() !== ']') this.#isBroken = true;
    }
    return values;
  }

  #value(depth: number): unknown {
    if (depth > MAXIMUM_DEPTH) this.#isBroken = true;
    if (this.#isBroken) return null;
    const next = this.#peek();
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#list(depth);
    if (Object.hasOwn(CLOSING_QUOTE, next)) return this.#string();
    const number = this.#match(NUMBER);
    if (number !== null) return Number(number);
    const word = this.#word();
    return Object.hasOwn(WORDS, word) ? WORDS[word] : word;
  }

  #name(): string {
    return Object.hasOwn(CLOSING_QUOTE, this.#peek()) ? this.#string() : this.#word();
  }

  #word(): string {
    const word = this.#match(WORD);
    this.#isBroken ||= word === null;
    return word ?? '';
  }

  #string(): string {
    const closing = CLOSING_QUOTE[this.#text[this.#offset] ?? ''];
    const parts: string[] = [];
    this.#offset += 1;
    while (this.#offset < this.#text.length) {
      const character = this.#text[this.#offset] ?? '';
      this.#offset += 1;
      if (character === closing) return parts.join('');
      parts.push(character === '\\' ? this.#escape() : character);
    }
    this.#isBroken = true;
    return '';
  }

  #escape(): string {
    const code = this.#match(/u[0-9a-fA-F]{4}/y);
    if (code !== null) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const character = this.#text[this.#offset] ?? '';
    this.#offset += 1;
    return ESCAPES[character] ?? character;
  }

  #peek(): string {
    this.#match(SPACE);
    return this.#text[this.#offset] ?? '';
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#offset += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) this.#isBroken = true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#offset += found?.length ?? 0;
    return found;
  }
}
