import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Json, JsonBudget, JsonScalar } from './json-value.ts';
import { COST, isFailure, refuseDepth, scalarCost, wholeJson } from './json-value.ts';
import { countCharacters, excerpt } from './text.ts';

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WHOLE = /^-?[0-9]+$/;
const SPACE = /[ \t\n\r]*/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/**
 * Reads a JSON text. EPARSE names line and column of the first mistake; EBOUND when it nests too deep
 * or takes more memory than the budget has left. Our own reader, because the built-in one has neither
 * bound and names a position for some mistakes only.
 */
export function readJson(text: string, budget: JsonBudget): Json | Failure {
  return new JsonReader(text, budget).read();
}

class JsonReader {
  readonly #text: string;
  readonly #budget: JsonBudget;
  #offset = 0;

  constructor(text: string, budget: JsonBudget) {
    this.#text = text;
    this.#budget = budget;
  }

  read(): Json | Failure {
    const value = this.#value(0);
    if (isFailure(value)) return value;
    this.#skipSpace();
    return this.#offset < this.#text.length ? this.#expected('the end of the text') : value;
  }

  #value(depth: number): Json | Failure {
    this.#skipSpace();
    switch (this.#text[this.#offset]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#scalar(this.#string());
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#scalar(this.#number());
    }
  }

  #object(depth: number): Json | Failure {
    const refusal = refuseDepth(depth) ?? this.#budget.spend(COST.object);
    if (refusal) return refusal;
    const object = new Map<string, Json>();
    this.#offset += 1;
    if (this.#accept('}')) return object;
    do {
      const key = this.#key();
      if (typeof key !== 'string') return key;
      const member = this.#value(depth + 1);
      if (isFailure(member)) return member;
      object.set(key, member);
    } while (this.#accept(','));
    return this.#accept('}') ? object : this.#expected("',' or '}'");
  }

  #array(depth: number): Json | Failure {
    const refusal = refuseDepth(depth) ?? this.#budget.spend(COST.array);
    if (refusal) return refusal;
    const items: Json[] = [];
    this.#offset += 1;
    if (this.#accept(']')) return items;
    do {
      const item = this.#value(depth + 1);
      if (isFailure(item)) return item;
      items.push(item);
    } while (this.#accept(','));
    return this.#accept(']') ? items : this.#expected("',' or ']'");
  }

  /** A member's name with the colon after it. */
  #key(): string | Failure {
    this.#skipSpace();
    if (this.#text[this.#offset] !== '"') return this.#expected('a name in double quotes');
    const key = this.#string();
    if (typeof key !== 'string') return key;
    if (!this.#accept(':')) return this.#expected("':'");
    return this.#budget.spend(COST.member + key.length) ?? key;
  }

  #string(): string | Failure {
    const start = this.#offset;
    let end = start + 1;
    let escaped = false;
    for (let code = this.#text.charCodeAt(end); code !== QUOTE; code = this.#text.charCodeAt(end)) {
      if (Number.isNaN(code)) return this.#failAt(start, 'the string is not closed');
      if (code < FIRST_PRINTABLE) return this.#failAt(end, 'a control character in a string is not escaped');
      escaped ||= code === BACKSLASH;
      end += code === BACKSLASH ? 2 : 1;
    }
    this.#offset = end + 1;
    return escaped ? this.#unescape(start, end + 1) : this.#text.slice(start + 1, end);
  }

  #unescape(start: number, end: number): string | Failure {
    try {
      return String(JSON.parse(this.#text.slice(start, end)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#failAt(start, 'the string holds a bad escape');
    }
  }

  #number(): number | bigint | Failure {
    NUMBER.lastIndex = this.#offset;
    const literal = NUMBER.exec(this.#text)?.[0];
    if (literal === undefined) return this.#expected('a value');
    const value = Number(literal);
    if (!Number.isFinite(value)) return this.#failAt(this.#offset, 'the number does not fit into f64');
    this.#offset += literal.length;
    return Number.isSafeInteger(value) || !WHOLE.test(literal) ? value : wholeJson(BigInt(literal));
  }

  #word(word: string, value: boolean | null): Json | Failure {
    if (!this.#text.startsWith(word, this.#offset)) return this.#expected('a value');
    this.#offset += word.length;
    return this.#scalar(value);
  }

  #scalar(value: JsonScalar | Failure): Json | Failure {
    if (isFailure(value)) return value;
    return this.#budget.spend(scalarCost(value)) ?? value;
  }

  #accept(sign: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#offset] !== sign) return false;
    this.#offset += 1;
    return true;
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#offset;
    SPACE.test(this.#text);
    this.#offset = SPACE.lastIndex;
  }

  #expected(what: string): Failure {
    const rest = this.#text.slice(this.#offset, this.#offset + 12);
    const found = rest === '' ? 'the end of the text' : excerpt(rest);
    return this.#failAt(this.#offset, `expected ${what}, found ${found}`);
  }

  #failAt(offset: number, problem: string): Failure {
    const before = this.#text.slice(0, offset);
    const line = before.split('\n').length;
    const column = countCharacters(before.slice(before.lastIndexOf('\n') + 1)) + 1;
    return fail('EPARSE', `not JSON at line ${line}, column ${column}: ${problem}`);
  }
}
