import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractJson, jsonObjects } from '../../src/agent/extract-json.ts';

const first = (text: string): unknown => extractJson(text, (value) => value);

describe('extractJson', () => {
  it.each([
    ['an object alone', '{"a": 1}', { a: 1 }],
    ['an object in prose', 'Sure! {"a": 1} Anything else?', { a: 1 }],
    ['an object in a fence', '```json\n{"a": {"b": [1, 2]}}\n```', { a: { b: [1, 2] } }],
    ['the first of two', '{"a": 1} {"a": 2}', { a: 1 }],
    ['braces in strings', '{"a": "}{"}', { a: '}{' }],
    ['escaped quotes', String.raw`{"a": "say \"}\" twice \\"}`, { a: 'say "}" twice \\' }],
    ['words in braces before it', 'I {think} {"a": 1}', { a: 1 }],
    ['a brace that never closes before it', 'an open { and {"a": 1}', { a: 1 }],
    ['an object in a list', '[{"a": 1}]', { a: 1 }],
    ['single quotes', `{'a': 'it\\'s', "b": "'"}`, { a: "it's", b: "'" }],
    ['quotes of a typewriter that means well', '{“a”: “x”}', { a: 'x' }],
    ['names and words without quotes', '{a: SAFE, b-c: none}', { a: 'SAFE', 'b-c': 'none' }],
    ['commas too many', '{"a": [1, 2,], "b": 3,}', { a: [1, 2], b: 3 }],
    ["Python's words", "{'a': True, 'b': False, 'c': None}", { a: true, b: false, c: null }],
    ['JSON words and numbers', '{"a": true, "b": null, "c": -1.5e3}', { a: true, b: null, c: -1500 }],
    ['line ends in strings', '{"a": "one\ntwo"}', { a: 'one\ntwo' }],
    ['escapes', String.raw`{"a": "\u0041\n\/\x"}`, { a: 'A\n/x' }],
    ['an empty object', 'it is {} here', {}],
    ['a name that is special in JavaScript', '{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ])('finds %s', (_name, text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it.each(['', 'SAFE', '{"a": 1', '[1, 2]', '{1: 2}', '}{', '{"a" 1}', '{"a": 1 "b": 2}', '{"a": 1.2.3}'])(
    'answers null for %j',
    (text) => {
      expect(first(text)).toBeNull();
    },
  );

  it('passes over what does not fit, and looks into it', () => {
    const text = '{"thought": "hm"} {"answer": {"category": "SAFE"}}';
    const fits = (value: unknown) =>
      typeof value === 'object' && value !== null && 'category' in value ? value : null;
    expect(extractJson(text, fits)).toEqual({ category: 'SAFE' });
  });

  it('reads every object of JSON, whatever words stand around it', () => {
    const words = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('{', '('));
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(object, words, words, (value, before, after) => {
        const written = JSON.stringify(value);
        expect(first(before + written + after)).toEqual(JSON.parse(written));
      }),
    );
  });

  it('never throws, whatever the text', () => {
    const unit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      '\\',
      'u',
      '0',
      'a',
      'None',
      ' ',
      '-',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
        for (const object of jsonObjects(text)) expect(typeof object).toBe('object');
      }),
    );
  });

  it.each(['{', '{"', '{a:', "{'a':[", '{"a":"', '\\{'])(
    'is soon done with 100,000 characters of %j',
    (piece) => {
      const began = performance.now();
      expect([...jsonObjects(piece.repeat(100_000 / piece.length))]).toEqual([]);
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );
});
