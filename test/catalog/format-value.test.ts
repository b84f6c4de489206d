import { describe, expect, it } from 'vitest';
import { formatValue } from '../../src/catalog/format-value.ts';

describe('formatValue', () => {
  it.each([
    ['text', 'a "b"\n', '"a \\"b\\"\\n"'],
    ['an i64 in digits', 9007199254740993n, '9007199254740993'],
    ['a number', -2.5, '-2.5'],
    ['infinity by name', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['bytes in hex', Uint8Array.of(0, 255), '"00ff"'],
    [
      'a struct with its parts',
      { n: 1n, b: [Uint8Array.of(1)], none: null },
      '{"n":1,"b":["01"],"none":null}',
    ],
  ])('writes %s', (_case, value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});
