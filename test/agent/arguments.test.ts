import { describe, expect, it } from 'vitest';
import { orderArguments } from '../../src/agent/arguments.ts';
import { parseAtUse } from '../../src/agent/at-use.ts';
import { parseSignature } from '../../src/wat/signature.ts';

function order(signature: string, call: string): unknown {
  const parsed = parseSignature(signature);
  const use = parseAtUse(`@use p${call}`);
  if (!parsed.ok || !use.ok) throw new Error(`cannot read ${signature} ${call}`);
  const ordered = orderArguments(parsed.signature, use.args);
  return ordered.ok ? ordered.args : ordered.message;
}

const TWO = '(url: string, count: i32)';
const TWO_SHOWN = 'Expected 2 arguments for (url: string, count: i32) -> none';

describe('orderArguments, of a call in a text', () => {
  it.each<[string, string, unknown]>([
    [TWO, '("x", 3)', ['x', 3]],
    [TWO, '("x", count: 3)', ['x', 3]],
    [TWO, '(count: 3, url: "x")', ['x', 3]],
    ['(text: string)', '(text: "a b")', ['a b']],
    ['(text: string)', '(text: 42)', [42]],
    ['()', '', []],
    ['()', '()', []],
  ])('takes %s of %s in order and by name', (signature, call, args) => {
    expect(order(signature, call)).toEqual(args);
  });

  it.each<[string, string, string | null]>([
    ['(text: string)', '(42)', '42'],
    ['(text: string)', '(042)', '042'],
    ['(text: string)', '(any words, really)', 'any words, really'],
    ['(text: string)', '(note: 5)', 'note: 5'],
    ['(text: string)', '(note: call Ada)', 'note: call Ada'],
    ['(text: string)', '(1, 2, 3)', '1, 2, 3'],
    ['(text: string)', '({"a": 1})', '{"a": 1}'],
    ['(text: string)', '({"a": 1)', '{"a": 1'],
    ['(text: string)', '(a: 1) and (b)', 'a: 1) and (b'],
    ['(text: option<string>)', '({"a": 1})', '{"a": 1}'],
    ['(text: option<string>)', '(null)', null],
    ['(text: string)', '(null)', 'null'],
    ['(list: list<string>)', '(a, b)', 'a, b'],
  ])('takes for the one parameter of %s what stands in %s as it is', (signature, call, text) => {
    expect(order(signature, call)).toEqual([text]);
  });

  it.each<[string, string, string]>([
    [TWO, '("x")', `${TWO_SHOWN}; got 1.`],
    [TWO, '("x", 1, 2)', `${TWO_SHOWN}; got 3.`],
    [TWO, '("x", number: 3)', `${TWO_SHOWN}; count is missing, "number" is no parameter.`],
    [TWO, '("x", url: "y", count: 3)', `${TWO_SHOWN}; url is given twice, in order and by name.`],
    [
      TWO,
      '(https://a.example, 3)',
      'Expected a value: text in quotes, a number, true, false, null, a list in [ ] or an object in { } at line 1, column 8, got "https://a.example, 3".',
    ],
    ['(text: string)', '("a", "b")', 'Expected 1 argument for (text: string) -> none; got 2.'],
    ['(text: string)', '()', 'Expected 1 argument for (text: string) -> none; got 0.'],
  ])('says what %s expects of %s', (signature, call, message) => {
    expect(order(signature, call)).toBe(message);
  });
});
