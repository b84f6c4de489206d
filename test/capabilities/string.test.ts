import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { string } from '../../src/capabilities/string.ts';
import { MAX_TEXT_BYTES } from '../../src/capabilities/text.ts';
import type { HostValue } from '../../src/engine/port.ts';
import { openGuest, success } from './open-capability.ts';

const run = openGuest(string);
const value = (name: string, ...values: HostValue[]) => success(run.call(name, ...values));

describe('the string functions', () => {
  it.each<[string, HostValue[], HostValue]>([
    ['concat', ['ab', 'c'], 'abc'],
    ['length', [''], 0],
    ['length', ['añ😀'], 3],
    ['bytes', ['añ😀'], 7],
    ['slice', ['hello', 1, 3], 'el'],
    ['slice', ['hello', -3, -1], 'll'],
    ['slice', ['hello', 2, 2147483647], 'llo'],
    ['slice', ['hello', -99, 2], 'he'],
    ['slice', ['hello', 3, 1], ''],
    ['slice', ['a😀b😀c', 1, 4], '😀b😀'],
    ['slice', ['a😀b😀c', -2, 5], '😀c'],
    ['find', ['abcabc', 'c', 0], 2],
    ['find', ['abcabc', 'c', 3], 5],
    ['find', ['abcabc', 'c', -1], 5],
    ['find', ['abcabc', 'x', 0], -1],
    ['find', ['abc', 'a', 99], -1],
    ['find', ['😀😀x', 'x', 1], 2],
    ['find', ['abc', '', 1], 1],
    ['contains', ['abc', 'bc'], true],
    ['contains', ['abc', 'd'], false],
    ['starts_with', ['abc', 'ab'], true],
    ['starts_with', ['abc', 'b'], false],
    ['ends_with', ['abc', 'bc'], true],
    ['ends_with', ['abc', 'b'], false],
    ['equals', ['a', 'a'], true],
    ['equals', ['a', 'A'], false],
    ['replace', ['a-b-c', '-', '+'], 'a+b+c'],
    ['replace', ['abc', 'x', 'y'], 'abc'],
    ['replace', ['a.b', '.', '$&$1'], 'a$&$1b'],
    ['slice', ['hello', 2], 'llo'],
    ['find', ['abc', 'c'], 2],
    ['count', ['aaaa', 'aa'], 2],
    ['count', ['abc', 'x'], 0],
    ['compare', ['a', 'b'], -1],
    ['compare', ['b', 'a'], 1],
    ['compare', ['a', 'a'], 0],
    ['compare', ['Z', 'a'], -1],
    ['distance', ['kitten', 'sitting'], 3],
    ['distance', ['', 'abc'], 3],
    ['distance', ['a😀c', 'ac'], 1],
    ['distance', ['same', 'same'], 0],
    ['title', ["the o'neil élan, 2nd"], "The O'neil Élan, 2nd"],
    ['reverse', ['añ😀'], '😀ña'],
    ['reverse', ['e\u0301x👩‍👩‍👧🇩🇪'], '🇩🇪👩‍👩‍👧xe\u0301'],
    ['pad_start', ['7', 3, '0'], '007'],
    ['pad_start', ['abc', 2], 'abc'],
    ['pad_start', ['a', 6, '😀é'], '😀é😀é😀a'],
    ['pad_end', ['é', 3], 'é  '],
    ['truncate', ['hello world', 8], 'hello w…'],
    ['truncate', ['hello world', 7], 'hello…'],
    ['truncate', ['hello', 5], 'hello'],
    ['truncate', ['hello', 2, '...'], '..'],
    ['truncate', ['a😀b😀', 3, ''], 'a😀b'],
    ['slug', ['  Crème brûlée & Straße! '], 'creme-brulee-strasse'],
    ['slug', ['日本 語'], '日本-語'],
    ['slug', ['№ 5: Łódź, Ærø'], 'no-5-lodz-aero'],
    ['slug', ['हिन्दी が Йога'], 'हिन्दी-が-йога'],
    ['slug', ['--'], ''],
    ['char_at', ['a😀b', 1], '😀'],
    ['char_at', ['a😀b', -1], 'b'],
    ['char_code', ['a'], 97],
    ['char_code', ['a😀', 1], 0x1f600],
    ['from_char_code', [0x1f600], '😀'],
    ['repeat', ['ab', 3], 'ababab'],
    ['repeat', ['ab', 0], ''],
    ['trim', [' \n a b\t'], 'a b'],
    ['upper', ['straße'], 'STRASSE'],
    ['lower', ['ÄB'], 'äb'],
    ['from_i32', [-5], '-5'],
    ['from_i64', [9223372036854775807n], '9223372036854775807'],
    ['from_f64', [0.1], '0.1'],
    ['from_f64', [1e21], '1e+21'],
    ['to_i32', [' -42 '], -42],
    ['to_i32', ['+7'], 7],
    ['to_i32', ['2147483647'], 2147483647],
    ['to_i32', ['-2147483648'], -2147483648],
    ['to_i64', ['-9223372036854775808'], -9223372036854775808n],
    ['to_f64', ['-12.5e2'], -1250],
    ['to_f64', ['.5'], 0.5],
    ['to_f64', ['3.'], 3],
  ])('%s of %o is %o', (name, values, expected) => {
    expect(value(name, ...values)).toBe(expected);
  });

  it.each<[string, HostValue[], string]>([
    ['to_i32', [''], 'EPARSE'],
    ['to_i32', ['12px'], 'EPARSE'],
    ['to_i32', ['1.5'], 'EPARSE'],
    ['to_i32', ['0x10'], 'EPARSE'],
    ['to_i32', ['2147483648'], 'EBOUND'],
    ['to_i32', ['-2147483649'], 'EBOUND'],
    ['to_i64', ['9223372036854775808'], 'EBOUND'],
    ['to_i64', ['ten'], 'EPARSE'],
    ['to_f64', ['.'], 'EPARSE'],
    ['to_f64', ['1,5'], 'EPARSE'],
    ['to_f64', ['Infinity'], 'EPARSE'],
    ['to_f64', ['1e999'], 'EBOUND'],
    ['to_f64', ['1'.repeat(1000)], 'EPARSE'],
    ['replace', ['abc', '', 'x'], 'EBOUND'],
    ['count', ['abc', ''], 'EBOUND'],
    ['pad_start', ['a', 3, ''], 'EBOUND'],
    ['pad_end', ['a', 2147483647], 'EBOUND'],
    ['truncate', ['a', -1], 'EBOUND'],
    ['char_at', ['ab', 2], 'EBOUND'],
    ['char_at', ['ab', -3], 'EBOUND'],
    ['char_code', [''], 'EBOUND'],
    ['from_char_code', [-1], 'EBOUND'],
    ['from_char_code', [0x110000], 'EBOUND'],
    ['from_char_code', [0xd800], 'ETRFM'],
    ['distance', ['a'.repeat(2001), 'b'.repeat(2000)], 'EBOUND'],
    ['reverse', ['a'.repeat(65_537)], 'EBOUND'],
    ['title', ['a'.repeat(65_537)], 'EBOUND'],
    ['slug', ['a'.repeat(65_537)], 'EBOUND'],
    ['diff', ['a', 'b', -1], 'EBOUND'],
    ['repeat', ['a', -1], 'EBOUND'],
  ])('%s of %j fails with %s', (name, values, status) => {
    expect(run.call(name, ...values)).toMatchObject({ ok: false, status });
  });

  it('names what it could not read, cut short', () => {
    expect(run.call('to_i32', `${'x'.repeat(500)}`)).toEqual({
      ok: false,
      status: 'EPARSE',
      message: `expected a whole number, got "${'x'.repeat(60)}…"`,
    });
  });
});

describe('the size of a result', () => {
  const half = 'a'.repeat(MAX_TEXT_BYTES / 2);

  it.each<[string, HostValue[], HostValue[]]>([
    ['concat', [half, half], [half, `${half}a`]],
    ['repeat', ['ab', MAX_TEXT_BYTES / 2], ['ab', MAX_TEXT_BYTES / 2 + 1]],
    ['repeat', ['é', MAX_TEXT_BYTES / 2], ['é', MAX_TEXT_BYTES / 2 + 1]],
    ['replace', [half, 'a', 'bc'], [`${half}a`, 'a', 'bc']],
    // Upper case of ΐ is three times as long in UTF-8.
    ['upper', ['ΐ'.repeat(MAX_TEXT_BYTES / 6 - 1)], ['ΐ'.repeat(MAX_TEXT_BYTES / 6 + 1)]],
  ])('%s makes a text of the largest size and refuses a larger one', (name, fits, tooLarge) => {
    expect(run.call(name, ...fits).ok).toBe(true);
    expect(run.call(name, ...tooLarge)).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('refuses a replacement that would make terabytes without making them', () => {
    expect(run.call('replace', half, 'a', half)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(run.call('repeat', half, 2147483647)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('positions', () => {
  const text = fc.string({ unit: 'binary' });

  it('count code points as an array of characters does', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: -20, max: 20 }),
        fc.integer({ min: -20, max: 20 }),
        (it, start, end) => {
          const characters = [...it];
          expect(value('length', it)).toBe(characters.length);
          expect(value('slice', it, start, end)).toBe(characters.slice(start, end).join(''));
        },
      ),
    );
  });

  it('found by find, cut out the needle with slice', () => {
    fc.assert(
      fc.property(text, text, text, (before, needle, after) => {
        const whole = before + needle + after;
        const at = value('find', whole, needle, 0);
        if (typeof at !== 'number') throw new Error('expected a position');
        expect(at).toBeGreaterThanOrEqual(0);
        expect(value('slice', whole, at, at + [...needle].length)).toBe(needle);
      }),
    );
  });
});
