import { toBytes } from './byte-string.ts';
import type { Problems } from './problems.ts';
import type { Text } from './syntax.ts';

export interface LiteralEnd {
  readonly text: Text;
  /** The offset behind the literal. */
  readonly next: number;
  /** False when the literal is never closed, so that what follows cannot be judged. */
  readonly closed: boolean;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};
const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2})|([ntr"'\\]))/y;
const SHORT_END = /["\\\n]/g;
const LONG_END = /"""/g;

/** Reads `"text"` (on one line, with escapes) or `"""text"""` (on any number, taken as it stands) that begins at `at`. */
export function readLiteral(body: string, at: number, problems: Problems): LiteralEnd {
  const quotes = body.startsWith('"""', at) ? '"""' : '"';
  return new LiteralReader(body, problems).read(at, quotes);
}

/**
 * Where the characters of a literal stand in the body, from their places among those that it means. Asked from the
 * first to the last.
 */
export function placesIn({ source, at }: Text): (index: number) => number {
  if (source?.startsWith('"""')) return (index) => at + 3 + index;
  let place = 1;
  let passed = 0;
  return (index) => {
    while (passed < index) {
      ESCAPE.lastIndex = place;
      const [whole, point] = ESCAPE.exec(source ?? '') ?? [' '];
      passed += point !== undefined && Number.parseInt(point, 16) > 0xffff ? 2 : 1;
      place += whole.length;
    }
    return at + place;
  };
}

class LiteralReader {
  readonly #body: string;
  readonly #problems: Problems;
  #bytes = '';

  constructor(body: string, problems: Problems) {
    this.#body = body;
    this.#problems = problems;
  }

  read(start: number, quotes: '"' | '"""'): LiteralEnd {
    const ending = quotes === '"' ? SHORT_END : LONG_END;
    let at = start + quotes.length;
    for (;;) {
      ending.lastIndex = at;
      const stop = ending.exec(this.#body)?.index ?? this.#body.length;
      this.#appendSource(at, stop);
      if (this.#body[stop] !== '\\') return this.#close(start, stop, quotes);
      at = this.#escape(stop);
    }
  }

  #close(start: number, stop: number, quotes: string): LiteralEnd {
    const source = this.#body.slice(start, stop);
    const text: Text = { kind: 'text', bytes: this.#bytes, at: start, source };
    if (this.#body.startsWith(quotes, stop)) return { text, next: stop + quotes.length, closed: true };
    const short = quotes === '"';
    this.#problems.report(
      start,
      short ? 'this string is not closed on its line' : 'this """ string is never closed',
      short
        ? 'write \\n for a new line, or put text of several lines between """ and """'
        : 'end it with """',
    );
    return { text, next: stop, closed: false };
  }

  /** Takes the escape at `at` and answers where the text goes on. */
  #escape(at: number): number {
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(this.#body);
    if (match === null) return this.#unknownEscape(at);
    const [whole, point, byte, simple] = match;
    if (point !== undefined) this.#appendPoint(at, Number.parseInt(point, 16));
    else if (byte !== undefined) this.#bytes += String.fromCharCode(Number.parseInt(byte, 16));
    else this.#append(SIMPLE_ESCAPES[simple ?? ''] ?? '');
    return at + whole.length;
  }

  #appendPoint(at: number, point: number): void {
    if (point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) this.#append(String.fromCodePoint(point));
    else
      this.#problems.report(
        at,
        `\\u{${point.toString(16)}} is not a Unicode character`,
        'they go up to 10ffff',
      );
  }

  #unknownEscape(at: number): number {
    const rest = this.#body.slice(at + 1, at + 7);
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0x20).trim();
    this.#problems.report(at, `unknown escape "\\${letter}"`, escapeHint(rest));
    return at + 1;
  }

  /** Takes the source as it stands. Half a surrogate pair has no UTF-8, and would silently become another character. */
  #appendSource(from: number, to: number): void {
    const text = this.#body.slice(from, to);
    if (text.isWellFormed()) {
      this.#append(text);
      return;
    }
    const half = from + text.search(/\p{Cs}/u);
    const code = this.#body.charCodeAt(half).toString(16);
    this.#problems.report(half, `half a character (the lone surrogate ${code})`, 'write the whole character');
  }

  #append(text: string): void {
    this.#bytes += toBytes(text);
  }
}

function escapeHint(rest: string): string {
  const hexByte = /^x([0-9a-fA-F]{2})/.exec(rest)?.[1];
  if (hexByte !== undefined) return `write \\${hexByte}, two hexadecimal digits without the x`;
  const point = /^u([0-9a-fA-F]{4})/.exec(rest)?.[1];
  if (point !== undefined) return `write \\u{${point}}`;
  if (rest.startsWith('0')) return 'write \\00, two hexadecimal digits';
  return 'a backslash is \\\\, or put the text between """ and """, where all stands as it is; the escapes are \\n \\t \\r \\" \\\' \\\\ \\hh and \\u{...}';
}
