import { describe, expect, it } from 'vitest';
import { formatSignature, parseSignature } from '../../src/wat/signature.ts';

function roundTrip(text: string): string {
  const outcome = parseSignature(text);
  if (!outcome.ok) throw new Error(outcome.diagnostic.message);
  return formatSignature(outcome.signature);
}

function mistake(text: string): string {
  const outcome = parseSignature(text);
  if (outcome.ok) throw new Error(`${text} was accepted`);
  const { line, column, message, hint } = outcome.diagnostic;
  return `${line}:${column} ${message}${hint === null ? '' : ` | ${hint}`}`;
}

describe('parseSignature', () => {
  it('gives parameters in order and the result', () => {
    expect(parseSignature('(url: string, n: i32) -> list<i64>')).toEqual({
      ok: true,
      signature: {
        params: [
          { name: 'url', type: { kind: 'string' } },
          { name: 'n', type: { kind: 'i32' } },
        ],
        result: { kind: 'list', of: { kind: 'i64' } },
      },
    });
  });

  it.each([
    ['() -> none', '() -> none'],
    ['()', '() -> none'],
    [' ( a:bool ) ', '(a: bool) -> none'],
    [
      '(a: option<bytes>) -> {x: f64, y: list<{z: i32}>}',
      '(a: option<bytes>) -> {x: f64, y: list<{z: i32}>}',
    ],
    ['(m: map<list<i32>>) -> map< string , f64 >', '(m: map<list<i32>>) -> map<f64>'],
    ['() -> map<string>', '() -> map<string>'],
    ['(list: list<i32>, option: i32)', '(list: list<i32>, option: i32) -> none'],
    ['(\n  a: string,\n  b: {}\n) ->\n  i32', '(a: string, b: {}) -> i32'],
  ])('reads %j', (text, canonical) => {
    expect(roundTrip(text)).toBe(canonical);
    expect(roundTrip(canonical)).toBe(canonical);
  });

  it.each([
    ['', '1:1 expected "(" before the parameters, found the end'],
    ['url: string', '1:1 expected "(" before the parameters, found "url"'],
    ['(url string)', '1:6 expected ":" and a type after "url", found "string"'],
    ['(url: string', '1:13 expected "," or ")", found the end'],
    ['(a: i32 b: i32)', '1:9 expected "," or ")", found "b"'],
    ['(a: i32,)', '1:9 expected a name, found ")"'],
    ['(a: i32, a: i32)', '1:10 the name "a" is given twice'],
    ['(1a: i32)', '1:2 expected a name, found "1"'],
    [
      '() -> ',
      '1:6 expected a type (bool, i32, i64, f64, string, bytes, list<T>, option<T>, map<T> or {name: T}), found the end',
    ],
    ['() string', '1:4 expected "->" before the result, or the end, found "string"'],
    ['() -> i32 i32', '1:11 expected the end of the signature, found "i32"'],
    ['(a: list)', '1:9 expected "<" after "list", found ")"'],
    ['(a: option<option<i32>>)', '1:12 an option cannot hold an option'],
    ['(\n  é: i32)', '2:3 expected a name, found "é"'],
  ])('says what was expected where in %j', (text, expected) => {
    expect(mistake(text)).toBe(expected);
  });

  it.each([
    ['(a: str)', 'write string'],
    ['(a: number)', 'write i32, i64 or f64'],
    ['(a: f32)', 'write f64'],
    ['(a: (i32, i32))', 'write a struct with names, {first: A, second: B}'],
    ['(a: dict)', 'write map<T>, from texts to values of type T'],
    ['(a: constructor)', null],
  ])('offers its own name for the type in %j', (text, hint) => {
    const outcome = parseSignature(text);
    expect(outcome).toMatchObject({ ok: false, diagnostic: { column: 5, hint } });
  });

  it('refuses a text that no signature needs', () => {
    const params = Array.from({ length: 100_000 }, (_, index) => `a${index}: i32`).join(', ');
    expect(mistake(`(${params})`)).toContain('a signature has at most 10000 characters, got');
  });

  it('refuses types that nest without end', () => {
    expect(mistake(`(a: ${'list<'.repeat(1900)}`)).toContain('types nest at most 16 deep');
  });
});
