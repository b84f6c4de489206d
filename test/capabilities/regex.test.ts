import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const run = openPure();
const get = (name: string, ...args: HostValue[]) => run.get(`regex.${name}`, ...args);
const value = (name: string, ...args: HostValue[]) => openPure().value(`regex.${name}`, ...args);

describe('the regex functions', () => {
  it.each<[string, HostValue[], HostValue]>([
    ['test', ['abc', 'b'], true],
    ['test', ['abc', '^b'], false],
    ['test', ['ABC', 'b', 'i'], true],
    ['test', ['a\nb', '^b$', 'm'], true],
    ['test', ['a\nb', 'a.b', 's'], true],
    ['test', ['Ünï', '^\\p{L}+$'], true],
    ['test', ['a😀b', '^a.b$'], true],
    ['test', ['x', '(?i)X'], true],
    ['replace', ['2026-11-22', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1'], '22.11.2026'],
    ['replace', ['a1b22', '\\d+', '<$&>'], 'a<1>b<22>'],
    ['replace', ['john smith', '(?P<a>\\w+) (?P<b>\\w+)', '$<b> $<a>'], 'smith john'],
    ['replace', ['ab', '(a)(x)?', '[$2]'], '[]b'],
    ['replace', ['a', 'a', '$$1 \\0'], '$1 \\0'],
    ['replace', ['aXb', '(X)', '\\1\\1'], 'aXXb'],
    ['replace', ['abc', '', '-'], '-a-b-c-'],
    ['replace', ['abc', 'x', 'y'], 'abc'],
    ['escape', ['a.b*c(1)'], 'a\\.b\\*c\\(1\\)'],
  ])('%s of %j is %j', (name, args, expected) => {
    expect(get(name, ...args)).toBe(expected);
  });

  it.each<[string, HostValue[], unknown]>([
    ['match', ['on 2026-11-22.', '(\\d{4})-(\\d\\d)'], ['2026-11', '2026', '11']],
    ['match', ['ab', '(x)?b'], ['b', null]],
    ['match', ['k: v', '(?<key>\\w+): (?<value>\\w+)'], { key: 'k', value: 'v' }],
    ['find_all', ['a1 b22', '\\d+'], ['1', '22']],
    [
      'find_all',
      ['a1 b22', '([a-z])(\\d)'],
      [
        ['a1', 'a', '1'],
        ['b2', 'b', '2'],
      ],
    ],
    ['find_all', ['a1 b2', '(?<l>[a-z])'], [{ l: 'a' }, { l: 'b' }]],
    ['find_all', ['abc', 'x'], []],
    ['find_all', ['😀😀', '.'], ['😀', '😀']],
    ['split', ['a1b22c', '\\d+'], ['a', 'b', 'c']],
    ['split', [',a,', ','], ['', 'a', '']],
    ['split', ['a😀b', ''], ['a', '😀', 'b']],
    ['split', ['abc', 'x'], ['abc']],
  ])('%s of %j is %j', (name, args, expected) => {
    expect(value(name, ...args)).toEqual(expected);
  });

  it.each<[string, HostValue[], string, RegExp]>([
    ['match', ['abc', 'x'], 'ENOENT', /^"x" matches nothing in "abc"$/],
    ['test', ['a', 'ab(c'], 'EPARSE', /^bad pattern at character 1: missing closing \): "ab\(c"$/],
    ['test', ['a', 'é[z-a]'], 'EPARSE', /^bad pattern at character 3: invalid character class range: "z-a"$/],
    ['test', ['a', 'a(?=b)'], 'EPARSE', /character 2: .*no look-around/],
    ['test', ['a', '(a)\\1'], 'EPARSE', /character 4: .*no references back/],
    ['test', ['a', 'a{1001}'], 'EPARSE', /invalid repeat count/],
    ['test', ['a', 'a', 'x'], 'EPARSE', /expected flags out of i, m and s; got "x"/],
    [
      'replace',
      ['a', '(a)', '$2'],
      'EPARSE',
      /^"\$2" names no group: the pattern has 1; write \$\$ for a \$/,
    ],
    ['replace', ['a', '(?<x>a)', '$<y>'], 'EPARSE', /the pattern has 1 \(x\)/],
    ['test', ['a', [...'abcdef'].map((it) => `${it}.{900}`).join('|')], 'EBOUND', /moderate repetitions/],
  ])('%s of %j fails with %s', (name, args, status, message) => {
    expect(run.call(`regex.${name}`, ...args)).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });

  it('finds what the built-in engine finds', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '.', 'a*', 'b+', '(a|b)', '[ab]?', '(?:ab)+', '\\w', '^', '$', '|'), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'é'), maxLength: 20 });
    fc.assert(
      fc.property(pattern, text, (source, it) => {
        const found = run.get('regex.replace', it, source, '<$&>');
        expect(found).toBe(it.replace(new RegExp(source, 'gu'), '<$&>'));
      }),
    );
  });

  it('escapes any text into a pattern of just that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(get('test', text, `^(?s:${String(get('escape', text))})$`)).toBe(true);
      }),
    );
  });
});

describe('the bounds of regex', () => {
  const page = 'The quick brown fox 2024-11-22 jumps over bob@mail.com lazily. '
    .repeat(7_000)
    .slice(0, 400_000);

  it.each(['(\\d{4})-(\\d{2})', '\\b\\w+@\\w+\\.com\\b', '(?i)LAZILY'])(
    'finds all of %s in 400 KB',
    (pattern) => {
      const fresh = openPure();
      const found = Number(fresh.get('regex.find_all', page, pattern));
      expect(fresh.get('array.length', found)).toBeGreaterThan(6_300);
    },
  );

  it.each([
    ['(a?){50}a{50}', 'a'.repeat(2_000_000)],
    ['(x+x+)+y', 'x'.repeat(2_000_000)],
    ['(.*)(.*)(.*)(.*)(.*)x$', page],
    // Each match looks through to the end in vain before it settles for one letter.
    ['a(?:.*b)?', 'a'.repeat(100_000)],
    ['(a|aa)+$', `${'a'.repeat(2_000_000)}b`],
    ['([a-z]+)*\\d', 'a'.repeat(2_000_000)],
    ['.', page],
  ])('answers %s in bounded time, in the same way each time', (pattern, text) => {
    const began = performance.now();
    const answers = [1, 2].map(() => openPure().call('regex.find_all', text, pattern));
    // Far above what it takes, so that only work without bounds fails.
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.ok === true || answers[0]?.status === 'EBOUND').toBe(true);
  });

  it('refuses a pattern that takes long before a stop has to wait for it', () => {
    const answer = run.call('regex.replace', 'aaaaaaaaab'.repeat(60_000), '(a|a)*(a*)*c?', '');
    expect(answer).toMatchObject({
      ok: false,
      status: 'EBOUND',
      message: expect.stringContaining('takes too much work on this text'),
    });
  });

  it('refuses a pattern of more than 2000 characters', () => {
    expect(run.call('regex.test', 'a', 'a'.repeat(2000))).toEqual({ ok: true, value: false });
    expect(run.call('regex.test', 'a', 'a'.repeat(2001))).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('refuses a replacement that would make a text too large', () => {
    const text = 'a'.repeat(1_000_000);
    expect(run.call('regex.replace', text, 'a+', '$&$&$&$&')).toEqual({ ok: true, value: text.repeat(4) });
    expect(run.call('regex.replace', text, 'a+', '$&$&$&$&$&')).toMatchObject({ status: 'EBOUND' });
  });
});
