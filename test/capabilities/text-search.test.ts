import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexOf, split } from '../../src/capabilities/text-search.ts';

/** Texts of few letters, in which needles come up often and almost come up everywhere. */
const text = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength, maxLength });

/** A needle of 40 to 80 letters, often one that is in the text. */
const haystackAndNeedle = fc
  .tuple(text(100, 400), text(40, 80), fc.nat(300), fc.boolean())
  .map(([haystack, other, at, isTaken]) => ({
    haystack,
    needle: isTaken ? haystack.slice(at, at + 45) || 'a' : other,
  }));

describe('indexOf', () => {
  it('finds what the plain search finds', () => {
    fc.assert(
      fc.property(haystackAndNeedle, fc.nat(400), ({ haystack, needle }, from) => {
        expect(indexOf(haystack, needle, from)).toBe(haystack.indexOf(needle, from));
      }),
      { numRuns: 500 },
    );
  });

  it('finds periodic needles that overlap themselves', () => {
    const needle = `${'ab'.repeat(30)}a`;
    expect(indexOf(`abab${'ab'.repeat(40)}`, needle, 1)).toBe(2);
    expect(indexOf('ab'.repeat(30), needle)).toBe(-1);
  });

  it('reads each letter a bounded number of times, however the needle is made', () => {
    const almost = `${'a'.repeat(600_000)}b${'a'.repeat(600_000)}`;
    expect(indexOf('a'.repeat(2_500_000), almost)).toBe(-1);
    expect(split('a'.repeat(2_500_000), almost)).toHaveLength(1);
  });
});

describe('split', () => {
  it('gives the pieces that the plain one gives', () => {
    fc.assert(
      fc.property(haystackAndNeedle, ({ haystack, needle }) => {
        expect(split(haystack, needle)).toEqual(haystack.split(needle));
      }),
      { numRuns: 500 },
    );
  });
});
