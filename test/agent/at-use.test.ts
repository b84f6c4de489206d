import { describe, expect, it } from 'vitest';
import { isAtUse, parseAtUse } from '../../src/agent/at-use.ts';

function argsOf(text: string): unknown {
  const use = parseAtUse(text);
  if (!use.ok) throw new Error(use.message);
  return use.args;
}

function errorOf(text: string): string {
  const use = parseAtUse(text);
  return use.ok ? 'no error' : use.message;
}

describe('isAtUse', () => {
  it.each(['@use a(1)', '  @use a', '@Use a()', '@use', '@use\nx'])('takes %j for a call', (text) => {
    expect(isAtUse(text)).toBe(true);
  });

  it.each(['use a(1)', 'please @use a(1)', '@user a', '@useful(1)', ''])(
    'takes %j for plain text',
    (text) => {
      expect(isAtUse(text)).toBe(false);
    },
  );
});

describe('parseAtUse', () => {
  it('reads the name and what stands between the brackets', () => {
    expect(parseAtUse('@use http_get( "x" )')).toEqual({
      ok: true,
      name: 'http_get',
      args: ['x'],
      raw: '"x"',
    });
  });

  it.each<[string, unknown]>([
    ['@use a', []],
    ['@use a()', []],
    ['@use a(  )', []],
    ['@use a ("x")', ['x']],
    ['@use a("x", \'y\')  ', ['x', 'y']],
    ['@use a("it\'s", \'a "b"\')', ["it's", 'a "b"']],
    [String.raw`@use a("q \" \\ \n \t \r \' \u00e9")`, ['q " \\ \n \t \r \' é']],
    ['@use a("two\nlines")', ['two\nlines']],
    ['@use a(“smart”, ‘quotes’)', ['smart', 'quotes']],
    ['@use a(1, -2.5, +3, 1e3)', [1, -2.5, 3, 1000]],
    ['@use a(9007199254740993, -9223372036854775808)', [9007199254740993n, -9223372036854775808n]],
    ['@use a(true, false, null)', [true, false, null]],
    ['@use a([1, ["x", []]], [])', [[1, ['x', []]], []]],
    ['@use a(https://example.com/a)', ['https://example.com/a']],
    ['@use a(https://example.com/a,b_(c)?d=1)', ['https://example.com/a,b_(c)?d=1']],
    ['@use a(any words, really)', ['any words, really']],
    ['@use a(2026-01-31)', ['2026-01-31']],
    ['@use a(truely)', ['truely']],
  ])('reads %s', (text, expected) => {
    expect(argsOf(text)).toEqual(expected);
  });

  it.each([
    ['@use', 'Expected the name of a program at character 5, got the end.'],
    ['@use (1)', 'Expected the name of a program at character 5, got " (1)".'],
    ['@use a 1', 'Expected "(" after the name at character 8, got "1".'],
    ['@use a("x', 'Expected a closing " for the text that begins here at character 8, got "\\"x".'],
    ['@use a("x" "y")', 'Expected "," or ")" at character 12, got "\\"y\\")".'],
    [
      '@use a("x", y)',
      'Expected a value: text in quotes, a number, true, false, null or a list in [ ] at character 13, got "y)".',
    ],
    [
      '@use a("x",)',
      'Expected a value: text in quotes, a number, true, false, null or a list in [ ] at character 12, got ")".',
    ],
    ['@use a([1, 2)', 'Expected "," or "]" at character 13, got ")".'],
    ['@use a("x") now', 'Expected nothing after the closing ")" at character 13, got "now".'],
    ['@use a(https://b', 'Expected ")" at the end at character 17, got the end.'],
    ['@use a("x"', 'Expected "," or ")" at character 11, got the end.'],
    ['@use a("\\q")', 'Expected one of \\n \\t \\r \\\\ \\" \\\' \\uXXXX at character 10, got "q\\")".'],
    ['@use 😀', 'Expected the name of a program at character 5, got " 😀".'],
  ])('says where %s goes wrong and what was expected', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it('bounds how deep lists may stand in each other', () => {
    expect(errorOf(`@use a(${'['.repeat(100_000)})`)).toContain('at most 32 lists inside each other');
  });
});
