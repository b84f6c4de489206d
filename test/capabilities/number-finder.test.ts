import { describe, expect, it } from 'vitest';
import { findNumbers } from '../../src/capabilities/number-finder.ts';
import { openPure } from './open-capability.ts';

/** Each number with its unit; what is unclear with a question mark. */
function shown(text: string, decimalComma = false): string {
  return findNumbers(text, decimalComma)
    .map((one) => (one.value === null ? `?${one.text}` : `${one.value}${one.unit && ` ${one.unit}`}`))
    .join('; ');
}

describe('number.find_all', () => {
  it.each([
    ['12.50, 3, 7.25', '12.5; 3; 7.25'],
    ['12.50,3,7.25', '12.5; 3; 7.25'],
    ['0.1 for Zoë and .2 for Ada.', '0.1; 0.2'],
    ['from 10-20, minus -1.5e2', '10; 20; -150'],
    ['1,000 and 2,000,000.5, then 1,5,1,2345', '1000; 2000000.5; 1; 5; 1; 2345'],
    ["1'000'000 1\u202f000", '1000000; 1000'],
    ['1 000 000 and 5', '1000000; 5'],
    ['300 100 200', '300; 100; 200'],
    ['5 100 20', '5; 100; 20'],
    ['20 5 100', '20; 5; 100'],
    ['5\n100', '5; 100'],
    ['A4 500', '500'],
    ['1,5', '1; 5'],
    ['a:4,b:5', '4; 5'],
    ['1. milk 3.50\n2. bread 2.20', '3.5; 2.2'],
    ['1) 4\n\n2) 5', '4; 5'],
    ['1. milk 3.50\n3. bread 2.20', '1; 3.5; 3; 2.2'],
    ['Q1: 100, v2 200 A4 (5)', '100; 200; 5'],
    ['Jan 5: 100, Jan 6: 200', '100; 200'],
    ['Jan 100, Feb 120', '100; 120'],
    ['Jan 12, 2026: 100, 5 March: 200', '100; 200'],
    ['you may 5 or march 12', '5; 12'],
    ['in January, 12 came', '12'],
    ['since January. 12 came', '12'],
    ['3, 5, 100 Feb, 5, June', '3; 5; 100; 5'],
    ['https://a.example/5 6', '6'],
    ['', ''],
  ])('finds in %j', (text, numbers) => {
    expect(shown(text)).toBe(numbers);
  });

  it.each([
    ['12k, 3', '12000; 3'],
    ['1.1M, 900k and 0.07 million', '1100000; 900000; 70000'],
    ['3 bn, 2 Mrd', '3000000000; 2000000000'],
    ['$1.2B and $3m', '1200000000 USD; 3000000 USD'],
    ['1.2 million €, 5k€', '1200000 EUR; 5000 EUR'],
    ['CHF 1,200.50 and 5 CHF', '1200.5 CHF; 5 CHF'],
    ['-$5, $-5, US$5', '-5 USD; -5 USD; 5 USD'],
    ['5 TEUR, 3 T€, 2 k€, 1 MEUR, 4Mio€', '5000 EUR; 3000 EUR; 2000 EUR; 1000000 EUR; 4000000 EUR'],
    ['3T€ and HK$5', '3000 EUR; 5 HK$'],
    ['$5 Billion', '5000000000 USD'],
    ['$1 MILLION and 5 Thousand', '1000000 USD; 5000 USD'],
    ['50 Cent + 3 Euro', '50 cent; 3 EUR'],
    ['5 apples + 300 ml', '5; 300 ml'],
    ['Ada 5 €, Ben 3 and Cem 4', '5 EUR; 3 EUR; 4 EUR'],
    ['5 Stunden + 30 Minuten', '5 h; 30 min'],
    ['5 Tausend', '5000'],
    ['10%, 5 percent', '10 %; 5 %'],
    ['3 kg, 2 kilograms', '3 kg; 2 kg'],
    ['2 h 30 min', '2 h; 30 min'],
    ['5 ft 3 in', '5 ft; 3 in'],
    ['3 in Berlin', '3'],
    ['12 €, 3', '12 EUR; 3 EUR'],
    ['10 %, 3', '10 %; 3'],
    ['4 °C, -1 °C', '4 C; -1 C'],
    ['Jan 12 €, Feb 15k', '12 EUR; 15000 EUR'],
    ['January 12 kg and March 3 thousand', '12 kg; 3000 kg'],
  ])('takes scales, currencies and units for what they are in %j', (text, numbers) => {
    expect(shown(text)).toBe(numbers);
  });

  it.each([
    ['12,50 € + 3,20 €, 1.234,50', '12.5 EUR; 3.2 EUR; 1234.5 EUR'],
    ['1.234.567; −5,5', '1234567; -5.5'],
    ['EUR 12,50 and EUR 3', '12.5 EUR; 3 EUR'],
    ['1.200,50 and 1.200', '1200.5; 1200'],
    ['1.200,50 €; 2.300 €', '1200.5 EUR; 2300 EUR'],
    ['1.200; 0.987', '1.2; 0.987'],
  ])('sees by the text around that a comma is a point in %j', (text, numbers) => {
    expect(shown(text)).toBe(numbers);
  });

  it.each([
    ['12:30 5', '?12:30; 5'],
    ['5 pm, 3', '?5 pm; 3'],
    ['on 2026-11-22 5', '?2026-11-22; 5'],
    ['22 November, 5', '?22 November; 5'],
    ['on Nov 22 I paid 5', '?Nov 22; 5'],
    ['Jan 12, 5', '?Jan 12; 5'],
    ['Jan 12th, 2026 5', '?Jan 12th, 2026; 5'],
    ['paid 5 on 12 January 2026, 7', '5; ?12 January 2026; 7'],
    ['3 beers 12 jan', '3; ?12 jan'],
    ['the 3rd of March, 5', '?3rd of March; 5'],
    ['Jan. 12, 2026, 5', '?Jan. 12, 2026; 5'],
    ['12-15 Sept, Feb 3-5, 5', '?12-15 Sept; ?Feb 3-5; 5'],
    ['22. November 2026, 5', '?22. November 2026; 5'],
    ['JUNE 2026, 5', '?JUNE 2026; 5'],
    ['May 5, 3', '?May 5; 3'],
    ['in 2026 we sold 5', '?2026; 5'],
    ['3.4.2026', '?3.4.2026'],
    ['4/5 2x 1st 1½ 0x1F', '?4/5; ?2x; ?1st; ?1½; ?0x1F'],
    ['12,5 kg and 3', '?12,5; 3'],
    ['1.234 €', '?1.234'],
    ['100,200,300', '?100,200,300'],
    ['1-2 million', '?1-2'],
    ['273 K', '?273 K'],
    ['5m and 3k', '?5m; 3000'],
    ['at:12:30', '?at:12:30'],
    ['1e400', '?1e400'],
    ['1 Billion €', '?1 Billion'],
    ['5 m€', '?5 m€'],
    ['1 234 567', '?1 234 567'],
    ['12 500 and 3', '?12 500; 3'],
    ['$1 234,50', '?$1 234,50'],
    ['1.200,50 and 12.5 and 1.200', '1200.5; 12.5; ?1.200'],
    ['1.200; 12,5', '?1.200; 12.5'],
  ])('does not guess what is unclear in %j', (text, numbers) => {
    expect(shown(text)).toBe(numbers);
  });

  it('takes a comma as a point where it is told to', () => {
    expect(shown('12,5', true)).toBe('12.5');
    expect(shown('1,000', true)).toBe('1000');
    expect(shown('12,5 1.200', true)).toBe('12.5; ?1.200');
    expect(shown('0.987 1.234', true)).toBe('0.987; 1.234');
  });

  it.each(['1,', '1-', '.', '1 000 ', '1.234', 'a:', '12k, ', '1 k ', '1 100 ', '100 ', '1.200,'])(
    'goes through a megabyte of %j in no time',
    (piece) => {
      const text = `1${piece.repeat(1_000_000 / piece.length)}1a`;
      const start = performance.now();
      findNumbers(text, false);
      expect(performance.now() - start).toBeLessThan(3_000);
    },
  );

  it('gives objects with value, unit and text', () => {
    const run = openPure();
    expect(run.value('number.find_all', '$1.2 million, 12:30')).toEqual([
      { value: 1_200_000, unit: 'USD', text: '$1.2 million' },
      { value: null, unit: '', text: '12:30' },
    ]);
  });

  it('answers EBOUND for more numbers than a list holds', () => {
    expect(openPure().call('number.find_all', '1 '.repeat(100_001))).toMatchObject({
      ok: false,
      status: 'EBOUND',
    });
  });
});
