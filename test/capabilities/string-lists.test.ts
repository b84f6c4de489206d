import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const listOf = (name: string, ...args: HostValue[]) => openPure().value(`string.${name}`, ...args);

/** Texts with what chunks are cut at, and characters outside the first plane. */
const prose = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\n', '\n\n', '. ', '! ', '😀', 'é', '。'),
  maxLength: 300,
});

describe('text to lists', () => {
  it.each<[string, HostValue[], string[]]>([
    ['split', ['a,b,,c', ','], ['a', 'b', '', 'c']],
    ['split', ['', ','], ['']],
    ['split', ['a😀b', ''], ['a', '😀', 'b']],
    ['split', ['', ''], []],
    ['split', [`x${'-'.repeat(40)}y`, '-'.repeat(40)], ['x', 'y']],
    ['lines', ['a\nb\r\nc\rd'], ['a', 'b', 'c', 'd']],
    ['lines', ['a\n\nb\n'], ['a', '', 'b']],
    ['lines', [''], []],
    ['words', ['  one\ttwo\n three\u00a0four '], ['one', 'two', 'three', 'four']],
    ['words', [' '], []],
    ['chunk', ['abcdef', 4], ['abcd', 'ef']],
    ['chunk', ['one two three', 8], ['one two ', 'three']],
    ['chunk', ['One. Two three four', 12], ['One. Two ', 'three four']],
    ['chunk', ['A sentence. Another one.', 20], ['A sentence. ', 'Another one.']],
    ['chunk', ['First line\n\nSecond. Third', 19], ['First line\n\n', 'Second. Third']],
    ['chunk', ['abcdef', 4, 2], ['abcd', 'cdef']],
    ['chunk', ['😀😀😀', 2], ['😀😀', '😀']],
    ['chunk', ['', 5], []],
  ])('%s of %j is %j', (name, args, expected) => {
    expect(listOf(name, ...args)).toEqual(expected);
  });

  it.each<[string, HostValue[]]>([
    ['chunk', ['abc', 0]],
    ['chunk', ['abc', 2, 2]],
    ['chunk', ['abc', 2, -1]],
    ['chunk', ['a'.repeat(100_001), 1]],
    ['chunk', ['a'.repeat(1_000_000), 500_000, 499_999]],
    ['split', ['a'.repeat(100_001), '']],
    ['split', [','.repeat(100_000), ',']],
    ['split', [`${'-'.repeat(40)}`.repeat(100_000), '-'.repeat(40)]],
    ['lines', [`${'\n'.repeat(100_000)}x`]],
    ['words', ['a '.repeat(100_001)]],
  ])('%s answers EBOUND past its bounds', (name, args) => {
    expect(openPure().call(`string.${name}`, ...args)).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it.each<[string, HostValue[]]>([
    ['chunk', ['a'.repeat(100_000), 1]],
    ['split', [','.repeat(99_999), ',']],
    ['lines', ['\n'.repeat(100_000)]],
    ['words', ['a '.repeat(100_000)]],
  ])('%s makes as many as 100,000 pieces', (name, args) => {
    const run = openPure();
    expect(run.get('array.length', Number(run.get(`string.${name}`, ...args)))).toBe(100_000);
  });
});

describe('string.chunk', () => {
  it('loses and adds nothing, and keeps to the size in characters', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 1, max: 40 }), (text, size) => {
        const chunks = listOf('chunk', text, size) as string[];
        expect(chunks.join('')).toBe(text);
        expect(chunks.filter((it) => it === '' || [...it].length > size)).toEqual([]);
      }),
    );
  });

  it('repeats the last characters of each chunk at the beginning of the next', () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 2, max: 40 }), fc.nat(39), (text, size, wanted) => {
        const overlap = wanted % size;
        const chunks = (listOf('chunk', text, size, overlap) as string[]).map((it) => [...it]);
        const fresh = chunks.map((it, index) => (index === 0 ? it : it.slice(overlap)));
        expect(fresh.flat().join('')).toBe(text);
        for (const [index, chunk] of chunks.slice(1).entries()) {
          expect(chunk.slice(0, overlap)).toEqual(chunks[index]?.slice(-overlap || Infinity));
        }
      }),
    );
  });
});

describe('string.join', () => {
  it.each([
    [['a', 'b'], ', ', 'a, b'],
    [['a', 1, true, null, { b: [] }], '|', 'a|1|true|null|{"b":[]}'],
    [[], ', ', ''],
    [['x'], '', 'x'],
  ])('of %j by %j is %j', (list, separator, expected) => {
    const run = openPure();
    expect(run.get('string.join', run.handle(list), separator)).toBe(expected);
  });

  it('undoes split', () => {
    fc.assert(
      fc.property(prose, fc.constantFrom(' ', 'a', '\n', '. '), (text, separator) => {
        const run = openPure();
        const list = Number(run.get('string.split', text, separator));
        expect(run.get('string.join', list, separator)).toBe(text);
      }),
    );
  });

  it('refuses a text that would be too long, before it is made', () => {
    const run = openPure();
    const list = run.handle(['a', 'b', 'c']);
    expect(run.call('string.join', list, 'x'.repeat(2_200_000))).toMatchObject({ status: 'EBOUND' });
    expect(run.call('string.join', run.handle('a'))).toMatchObject({ status: 'ETRFM' });
  });
});
