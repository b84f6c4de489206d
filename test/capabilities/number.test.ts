import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../src/capabilities/unit-table.ts';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const run = openPure();
const get = (name: string, ...args: HostValue[]) => run.get(`number.${name}`, ...args);

describe('the number functions', () => {
  it.each<[string, HostValue[], HostValue]>([
    ['convert', [500, 'mW', 'W'], 0.5],
    ['convert', [5, 'TB', 'Tb'], 40],
    ['convert', [5, 'KM', 'm'], 5000],
    ['convert', [1, 'MIN', 's'], 60],
    ['parse', ['1,234,567.5'], 1_234_567.5],
    ['parse', [' -12 '], -12],
    ['parse', ['$ 1,000'], 1000],
    ['parse', ['12,34,567'], 1_234_567],
    ['parse', ['1e3'], 1000],
    ['parse', ['1.234.567,5', 'de'], 1_234_567.5],
    ['parse', ['1\u202f234,5 €', 'fr'], 1234.5],
    ['parse', ["1'234.5", 'de-CH'], 1234.5],
    ['parse', ['1’234.5', 'de-CH'], 1234.5],
    ['parse', ['−3'], -3],
    ['format', [1234567.891], '1,234,567.891'],
    ['format', [1234567.891, 2], '1,234,567.89'],
    ['format', [0.1], '0.1'],
    ['format', [1.005, 2], '1.01'],
    ['format', [5, 2], '5.00'],
    ['format', [1234.5, 1, ' '], '1 234.5'],
    ['format', [1234.5, 0, ''], '1235'],
    ['format', [1e21, 0], '1,000,000,000,000,000,000,000'],
    ['format', [-0.001, 2], '0.00'],
    ['format', [1e-7], '0.0000001'],
    ['format', [Number.NaN], 'NaN'],
    ['round', [2.5], 3],
    ['round', [-2.5], -3],
    ['round', [2.675, 2], 2.68],
    ['round', [1234, -2], 1200],
    ['round', [1e300, 20], 1e300],
    ['round', [-0.1], 0],
    ['percent', [1, 3], 33.3],
    ['percent', [1, 8, 0], 13],
    ['percent', [-1, 4], -25],
    ['to_base', [255n, 16], 'ff'],
    ['to_base', [-5n, 2], '-101'],
    ['from_base', ['FF', 16], 255n],
    ['from_base', [' 0xff ', 16], 255n],
    ['from_base', ['-101', 2], -5n],
    ['from_base', ['z', 36], 35n],
    ['from_base', ['-9223372036854775808', 10], -9223372036854775808n],
    ['gcd', [12n, -18n], 6n],
    ['gcd', [0n, 5n], 5n],
    ['pow', [2, 10], 1024],
    ['sqrt', [2], Math.SQRT2],
    ['log', [Math.E], 1],
    ['log10', [1000], 3],
    ['log2', [8], 3],
    ['floor', [-1.5], -2],
    ['ceil', [1.2], 2],
    ['trunc', [-1.7], -1],
    ['sin', [0], 0],
    ['cos', [0], 1],
    ['tan', [0], 0],
    ['exp', [0], 1],
    ['pi', [], Math.PI],
    ['is_nan', [Number.NaN], true],
    ['is_nan', [1], false],
    ['convert', [26.2, 'mi', 'km'], 42.1648128],
    ['convert', [98.6, 'F', 'C'], 37],
    ['convert', [32, 'F', 'C'], 0],
    ['convert', [31.999, 'F', 'C'], -0.00055555556],
    ['convert', [0, 'K', 'C'], -273.15],
    ['convert', [-459.67, 'F', 'K'], 0],
    ['convert', [1e20, 'F', 'C'], 5.5555555555556e19],
    ['convert', [-40, 'celsius', 'Fahrenheit'], -40],
    ['convert', [0, 'C', 'K'], 273.15],
    ['convert', [212, 'degrees Fahrenheit', 'degree C'], 100],
    ['convert', [2, 'GiB', 'MB'], 2147.483648],
    ['convert', [8, 'Mb', 'MB'], 1],
    ['convert', [100, 'km/h', 'mph'], 62.137119223733],
    ['convert', [1, 'fluid ounce', 'ml'], 29.5735295625],
    ['convert', [1, 'KG', 'lbs'], 2.2046226218488],
    ['convert', [3, 'days', 'hours'], 72],
    ['convert', [1, 'kWh', 'MJ'], 3.6],
    ['convert', [1, 'acre', 'm²'], 4046.8564224],
  ])('%s of %o is %o', (name, args, expected) => {
    expect(get(name, ...args)).toBe(expected);
  });

  it.each<[string, HostValue[], string, RegExp]>([
    ['parse', ['abc'], 'EPARSE', /expected a number as en writes it, got "abc"/],
    ['parse', ['1,2'], 'EPARSE', /got "1,2"/],
    ['parse', ['1.2,3', 'en'], 'EPARSE', /"1\.2,3"/],
    ['parse', ['12%'], 'EPARSE', /"12%"/],
    ['parse', [''], 'EPARSE', /got ""/],
    ['parse', ['1', 'not a locale'], 'EPARSE', /expected a locale such as en/],
    ['parse', ['1', 'zz'], 'EPARSE', /expected a locale such as en/],
    ['parse', ['1e999'], 'EBOUND', /does not fit into f64/],
    ['parse', ['1'.repeat(500)], 'EPARSE', /expected a number/],
    ['format', [1, 21], 'EBOUND', /expected -1 to 20 digits, got 21/],
    ['format', [1, -2], 'EBOUND', /got -2/],
    ['round', [1, 21], 'EBOUND', /expected -20 to 20 digits/],
    ['percent', [1, 0], 'EBOUND', /whole of 0/],
    ['to_base', [1n, 1], 'EBOUND', /base from 2 to 36, got 1/],
    ['from_base', ['12', 37], 'EBOUND', /base from 2 to 36/],
    ['from_base', ['12', 2], 'EPARSE', /digits in base 2, got "12"/],
    ['from_base', ['', 10], 'EPARSE', /digits in base 10/],
    ['from_base', ['9223372036854775808', 10], 'EBOUND', /does not fit into i64/],
    ['from_base', ['1'.repeat(5000), 10], 'EBOUND', /does not fit into i64/],
    ['gcd', [-9223372036854775808n, 0n], 'EBOUND', /does not fit into i64/],
    ['convert', [1, 'parsec', 'km'], 'EPARSE', /unknown unit "parsec"; there are units of length, mass/],
    ['convert', [1, 'kg', 'km'], 'ETRFM', /"kg" is a mass and "km" a length/],
    ['convert', [1, 'mB', 'B'], 'EPARSE', /did you mean MB or Mbit/],
  ])('%s of %o fails with %s', (name, args, status, message) => {
    expect(run.call(`number.${name}`, ...args)).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });
});

describe('number.parse', () => {
  /** Numbers whose digits begin within the hundred after the point that are written. */
  const sized = fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
    .filter((value) => value === 0 || Math.abs(value) > 1e-80);

  it('reads what number.format writes', () => {
    fc.assert(
      fc.property(sized, (value) => {
        const text = get('format', value) ?? '';
        expect(get('parse', text)).toBe(value + 0);
      }),
    );
  });
});

describe('number.convert', () => {
  const pairs = DIMENSIONS.flatMap(({ units }) =>
    units.map((unit) => [units[0]?.names[0] ?? '', unit.names] as const),
  );

  it('knows every unit by each of its names, and comes back to the number', () => {
    for (const [base, names] of pairs) {
      for (const name of names) {
        const there = get('convert', 12.5, name, base);
        expect(get('convert', Number(there), base, name)).toBeCloseTo(12.5, 8);
      }
    }
    expect(pairs.length).toBeGreaterThan(100);
  });

  it('has each name once', () => {
    const names = pairs.flatMap(([, all]) => all);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
