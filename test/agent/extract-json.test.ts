import { describe, expect, it } from 'vitest';
import { extractJson } from '../../src/agent/extract-json.ts';

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
  ])('finds %s', (_name, text, expected) => {
    expect(extractJson(text)).toEqual(expected);
  });

  it.each(['', 'SAFE', '{"a": 1', '[1, 2]', '{a: 1}', '}{'])('answers null for %j', (text) => {
    expect(extractJson(text)).toBeNull();
  });
});
