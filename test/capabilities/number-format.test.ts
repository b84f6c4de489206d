import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedNumber, formatNumber } from '../../src/capabilities/number-format.ts';

describe('fixedNumber', () => {
  it('writes what formatNumber writes', () => {
    fc.assert(
      fc.property(fc.double(), fc.nat(20), (value, digits) => {
        expect(fixedNumber(value, digits)).toBe(formatNumber(value, digits, ''));
      }),
    );
  });

  it.each([
    [2.675, 2, '2.68'],
    [-1.005, 2, '-1.01'],
    [-0.004, 2, '0.00'],
    [1e300, 0, `1${'0'.repeat(300)}`],
    [9007199254740993n, 2, '9007199254740993.00'],
    [0.5, 0, '1'],
  ])('writes %d with %d digits as %s', (value, digits, text) => {
    expect(fixedNumber(value, digits)).toBe(text);
  });
});
