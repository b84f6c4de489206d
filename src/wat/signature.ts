import type { Diagnostic, Param, Signature, ValueType } from './types.ts';

export type SignatureOutcome =
  | { readonly ok: true; readonly signature: Signature }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

const SIMPLE = ['bool', 'i32', 'i64', 'f64', 'string', 'bytes'] as const;
const TYPES = `a type (${SIMPLE.join(', ')}, list<T>, option<T>, map<T> or {name: T})`;
/** Deep enough for any real shape, shallow enough that recursion over types is safe everywhere. */
const MAX_DEPTH = 16;
/** No real signature comes near; names are compared with each other, so the time would grow with the square. */
const MAX_LENGTH = 10_000;
const TOKEN = /\s*(->|[A-Za-z_]\w*|[^\s])/y;
const NAME = /^[A-Za-z_]\w*$/;

/** Ends the parse; never leaves this file. */
class Mistake extends Error {
  readonly at: number;
  readonly hint: string | null;

  constructor(at: number, message: string, hint: string | null = null) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/**
 * Reads `(url: string, times: i32) -> string`. The result is `-> none` or left out where there is none.
 * The diagnostic says what was expected at which column.
 */
export function parseSignature(text: string): SignatureOutcome {
  try {
    return { ok: true, signature: new SignatureParser(text).parse() };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ok: false, diagnostic: diagnosticAt(text, error) };
  }
}

/** The canonical text of a signature; `parseSignature` reads it back. */
export function formatSignature(signature: Signature): string {
  const result = signature.result === null ? 'none' : formatType(signature.result);
  return `(${signature.params.map(formatParam).join(', ')}) -> ${result}`;
}

/** A type as it is written in a signature, for example `list<{name: string}>`. */
export function formatType(type: ValueType): string {
  switch (type.kind) {
    case 'list':
    case 'option':
    case 'map':
      return `${type.kind}<${formatType(type.of)}>`;
    case 'struct':
      return `{${type.fields.map(formatParam).join(', ')}}`;
    default:
      return type.kind;
  }
}

function formatParam(param: Param): string {
  return `${param.name}: ${formatType(param.type)}`;
}

function diagnosticAt(text: string, { at, message, hint }: Mistake): Diagnostic {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1, message, hint };
}

class SignatureParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Signature {
    if (this.#text.length > MAX_LENGTH)
      throw new Mistake(0, `a signature has at most ${MAX_LENGTH} characters, got ${this.#text.length}`);
    this.#expect('(', '"(" before the parameters');
    const params = this.#list(')', 0);
    const result = this.#result();
    const { token, at } = this.#next();
    if (token !== '') throw new Mistake(at, `expected the end of the signature, found "${token}"`);
    return { params, result };
  }

  #result(): ValueType | null {
    if (this.#peek() === '') return null;
    this.#expect('->', '"->" before the result, or the end');
    if (this.#peek() !== 'none') return this.#type(0);
    this.#next();
    return null;
  }

  /** `name: type` separated by commas, up to and with `close`. */
  #list(close: string, depth: number): Param[] {
    const params: Param[] = [];
    while (this.#peek() !== close) {
      if (params.length > 0) this.#expect(',', `"," or "${close}"`);
      params.push(this.#param(params, depth));
    }
    this.#next();
    return params;
  }

  #param(before: readonly Param[], depth: number): Param {
    const { token: name, at } = this.#next();
    if (!NAME.test(name)) throw new Mistake(at, `expected a name, found ${shown(name)}`);
    if (before.some((param) => param.name === name))
      throw new Mistake(at, `the name "${name}" is given twice`);
    this.#expect(':', `":" and a type after "${name}"`);
    return { name, type: this.#type(depth) };
  }

  #type(depth: number): ValueType {
    const { token, at } = this.#next();
    if (depth > MAX_DEPTH) throw new Mistake(at, `types nest at most ${MAX_DEPTH} deep`);
    if (token === '{') return { kind: 'struct', fields: this.#list('}', depth + 1) };
    if (token === 'list' || token === 'option' || token === 'map') return this.#generic(token, depth);
    const kind = SIMPLE.find((simple) => simple === token);
    if (kind === undefined)
      throw new Mistake(at, `expected ${TYPES}, found ${shown(token)}`, typeHint(token));
    return { kind };
  }

  #generic(kind: 'list' | 'option' | 'map', depth: number): ValueType {
    this.#expect('<', `"<" after "${kind}"`);
    const { at } = this.#look();
    const first = this.#type(depth + 1);
    const of = kind === 'map' && first.kind === 'string' ? this.#valueOfMap(first, depth) : first;
    // null is the empty option, so an option in an option could not tell its two kinds of empty apart.
    if (kind === 'option' && of.kind === 'option') throw new Mistake(at, 'an option cannot hold an option');
    this.#expect('>', '">"');
    return { kind, of };
  }

  /** `map<string, T>` says of the names what is true of all. */
  #valueOfMap(first: ValueType, depth: number): ValueType {
    if (this.#peek() !== ',') return first;
    this.#next();
    return this.#type(depth + 1);
  }

  #expect(token: string, what: string): void {
    const found = this.#next();
    if (found.token !== token) throw new Mistake(found.at, `expected ${what}, found ${shown(found.token)}`);
  }

  #peek(): string {
    return this.#look().token;
  }

  #next(): { token: string; at: number } {
    const found = this.#look();
    this.#at = found.at + found.token.length;
    return found;
  }

  #look(): { token: string; at: number } {
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#text)?.[1] ?? '';
    const at = token === '' ? this.#text.trimEnd().length : TOKEN.lastIndex - token.length;
    return { token, at };
  }
}

function shown(token: string): string {
  return token === '' ? 'the end' : `"${token}"`;
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  str: 'string',
  String: 'string',
  text: 'string',
  int: 'i32 or i64',
  integer: 'i32 or i64',
  u32: 'i32',
  u64: 'i64',
  number: 'i32, i64 or f64',
  float: 'f64',
  f32: 'f64',
  double: 'f64',
  boolean: 'bool',
  array: 'list<T>',
  vec: 'list<T>',
  '(': 'a struct with names, {first: A, second: B}',
  tuple: 'a struct with names, {first: A, second: B}',
  dict: 'map<T>, from texts to values of type T',
  record: 'map<T>, from texts to values of type T',
  object: '{name: T}, or map<T> for names that are not known before',
  json: '{name: T}, or map<T> for names that are not known before',
};

function typeHint(token: string): string | null {
  const name = Object.hasOwn(OTHER_NAMES, token) ? OTHER_NAMES[token] : undefined;
  return name === undefined ? null : `write ${name}`;
}
