import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/capabilities/json-reader.ts';
import type { Json } from '../../src/capabilities/json-value.ts';
import { isFailure, JsonBudget, MAX_DEPTH } from '../../src/capabilities/json-value.ts';
import { writeJson } from '../../src/capabilities/json-writer.ts';

const roomy = () => new JsonBudget(1e9, () => true);

function read(text: string): Json {
  const value = readJson(text, roomy());
  if (isFailure(value)) throw new Error(value.message);
  return value;
}

/** A text with one character changed, dropped or put in twice, so that it is nearly JSON. */
const nearlyJson = fc
  .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '{', ']', '0', '\\', ' ', '\n', '-', '.', 'e'))
  .map(([text, at, sign]) => {
    const offset = at % (text.length + 1);
    return text.slice(0, offset) + sign + text.slice(offset + 1);
  });

describe('readJson', () => {
  it('reads what the built-in reader reads, and refuses what it refuses', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearlyJson), (text) => {
        const value = readJson(text, roomy());
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(isFailure(value)).toBe(true);
          return;
        }
        // The one difference wanted: the built-in reader makes 1e999 infinite.
        if (isFailure(value) && value.message.endsWith('does not fit into f64')) return;
        if (isFailure(value)) throw new Error(`${text}: ${value.message}`);
        expect(JSON.stringify(JSON.parse(String(writeJson(value))))).toBe(JSON.stringify(expected));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps members in the order of the text, number-like names included', () => {
    expect(writeJson(read('{"b":1,"2":2,"1":3}'))).toBe('{"b":1,"2":2,"1":3}');
  });

  it('takes the last of two members of one name', () => {
    expect(writeJson(read('{"a":1,"a":2}'))).toBe('{"a":2}');
  });

  it.each([
    ['', 'line 1, column 1: expected a value, found the end of the text'],
    ['abc', 'line 1, column 1: expected a value, found "abc"'],
    ['tru', 'line 1, column 1: expected a value, found "tru"'],
    ['[1,]', 'line 1, column 4: expected a value, found "]"'],
    ['[1 2]', `line 1, column 4: expected ',' or ']', found "2]"`],
    ['{"a" 1}', `line 1, column 6: expected ':', found "1}"`],
    ['{a:1}', 'line 1, column 2: expected a name in double quotes, found "a:1}"'],
    ['{"a":1,}', 'line 1, column 8: expected a name in double quotes, found "}"'],
    ['{\n  "a": 1\n  "b": 2\n}', `line 3, column 3: expected ',' or '}', found "\\"b\\": 2\\n}"`],
    ['["é😀", x]', 'line 1, column 8: expected a value, found "x]"'],
    ['1 2', 'line 1, column 3: expected the end of the text, found "2"'],
    ['"abc', 'line 1, column 1: the string is not closed'],
    ['"a\\', 'line 1, column 1: the string is not closed'],
    ['"a\tb"', 'line 1, column 3: a control character in a string is not escaped'],
    ['["\\x"]', 'line 1, column 2: the string holds a bad escape'],
    ['[1e999]', 'line 1, column 2: the number does not fit into f64'],
  ])('says where %j is wrong', (text, message) => {
    expect(readJson(text, roomy())).toEqual({
      ok: false,
      status: 'EPARSE',
      message: `not JSON at ${message}`,
    });
  });

  it('reads the deepest nesting and refuses one level more', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(isFailure(readJson(nested(MAX_DEPTH), roomy()))).toBe(false);
    expect(readJson(nested(MAX_DEPTH + 1), roomy())).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(readJson('{"a":'.repeat(1_000_000), roomy())).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('stops when small values would take much memory', () => {
    const text = `[${'{},'.repeat(100_000)}{}]`;
    expect(readJson(text, new JsonBudget(1024 * 1024, () => true))).toMatchObject({
      ok: false,
      status: 'EBOUND',
    });
  });

  it('reads a megabyte in a single string', () => {
    const long = 'x'.repeat(1024 * 1024);
    expect(read(`"${long}"`)).toBe(long);
  });
});
