import { describe, expect, it } from 'vitest';
import { alternatives, nearest } from '../../src/wat/nearest.ts';

describe('nearest', () => {
  it.each([
    ['$coutn', ['$count', '$amount', '$court'], ['$count', '$court']],
    ['$kv.gte', ['$kv.get', '$kv.set'], ['$kv.get', '$kv.set']],
    ['$x', ['$y', '$xy', '$abc'], ['$y', '$xy']],
    ['$x', ['$x'], ['$x']],
    ['$completely', ['$different'], []],
    ['$abcdef', ['$abcde1', '$abcd12', '$abcdeg', '$abcdef1'], ['$abcde1', '$abcdeg', '$abcdef1']],
    ['', ['a', 'ab'], ['a']],
  ])('of %s among %j is %j', (name, candidates, expected) => {
    expect(nearest(name, candidates)).toEqual(expected);
  });
});

describe('alternatives', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a or b'],
    [['a', 'b', 'c'], 'a, b or c'],
  ])('of %j is %j', (names, text) => {
    expect(alternatives(names)).toBe(text);
  });
});
