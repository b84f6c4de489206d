import { describe, expect, it } from 'vitest';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const people = [
  { name: 'Ada', team: { id: 'a' }, age: 36 },
  { name: 'Bob', team: { id: 'b' }, age: 7 },
  { name: 'Cy', team: { id: 'a' } },
];

/** What a function makes of a list, with the list as it is afterwards. */
function apply(name: string, list: unknown, ...rest: readonly (HostValue | { readonly json: unknown })[]) {
  const run = openPure();
  const handle = run.handle(list);
  const args = rest.map((it) => (typeof it === 'object' && 'json' in it ? run.handle(it.json) : it));
  const answer = run.call(`array.${name}`, handle, ...args);
  return { run, answer, after: run.show(handle), made: () => run.show(answer.ok ? answer.value : null) };
}

describe('changing an array in place', () => {
  it.each<[string, unknown[], (HostValue | { json: unknown })[], unknown[]]>([
    ['push', [1], [{ json: 'x' }], [1, 'x']],
    ['set', [1, 2], [0, { json: null }], [null, 2]],
    ['set', [1, 2], [-1, { json: [3] }], [1, [3]]],
    ['insert', [1, 2], [0, { json: 0 }], [0, 1, 2]],
    ['insert', [1, 2], [2, { json: 3 }], [1, 2, 3]],
    ['insert', [1, 2], [-1, { json: 9 }], [1, 9, 2]],
    ['remove', [1, 2, 3], [1], [1, 3]],
    ['remove', [1, 2, 3], [-1], [1, 2]],
  ])('%s on %j with %j', (name, list, args, expected) => {
    const { answer, after } = apply(name, list, ...args);
    expect(answer).toEqual({ ok: true, value: null });
    expect(after).toEqual(expected);
  });

  it('pops the last item, which can be read on', () => {
    const { made, after } = apply('pop', [1, { a: [2] }]);
    expect(made()).toEqual({ a: [2] });
    expect(after).toEqual([1]);
  });

  it('changes the whole through an item', () => {
    const run = openPure();
    const list = run.handle([[1], [2]]);
    run.get('array.push', Number(run.get('array.get', list, -1)), run.handle(3));
    expect(run.show(list)).toEqual([[1], [2, 3]]);
  });

  it.each<[string, (HostValue | { json: unknown })[]]>([
    ['get', [2]],
    ['get', [-3]],
    ['set', [2, { json: 0 }]],
    ['insert', [3, { json: 0 }]],
    ['insert', [-3, { json: 0 }]],
    ['remove', [2]],
    ['get', [-2147483648]],
  ])('%s answers EBOUND past the ends (%j)', (name, args) => {
    const { answer, after } = apply(name, [1, 2], ...args);
    expect(answer).toEqual({
      ok: false,
      status: 'EBOUND',
      message: `there is no index ${args[0]} in an array of 2`,
    });
    expect(after).toEqual([1, 2]);
  });

  it('answers EBOUND when an empty array is popped', () => {
    expect(apply('pop', []).answer).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('making a new array', () => {
  it.each<[string, unknown[], (HostValue | { json: unknown })[], unknown]>([
    ['slice', [1, 2, 3], [1], [2, 3]],
    ['slice', [1, 2, 3], [-2, -1], [2]],
    ['slice', [1, 2, 3], [5, 9], []],
    ['concat', [1], [{ json: [2, [3]] }], [1, 2, [3]]],
    ['reverse', [1, 'a', null], [], [null, 'a', 1]],
    ['flatten', [1, [2, [3]], []], [], [1, 2, [3]]],
    ['sort', [10, 9, 1.5, -1], [], [-1, 1.5, 9, 10]],
    ['sort', ['b', 'B', 'a', 'ä'], [], ['B', 'a', 'b', 'ä']],
    ['sort', ['\uffee', '😀', 'z'], [], ['z', '\uffee', '😀']],
    ['sort', ['10', '9', ' 1.5'], [], [' 1.5', '9', '10']],
    ['sort', ['10', '9', 'x'], [], ['10', '9', 'x']],
    ['sort', [{}, [], 'a', 2, true, false, null], [], [false, true, 2, 'a', [], {}, null]],
    ['sort', people, ['age'], [people[1], people[0], people[2]]],
    ['sort', people, ['age', true], [people[0], people[1], people[2]]],
    ['sort', people, ['team.id'], [people[0], people[2], people[1]]],
    ['unique', [1, '1', 1, { a: 1, b: 2 }, { b: 2, a: 1 }], [], [1, '1', { a: 1, b: 2 }]],
    ['unique', people, ['team.id'], [people[0], people[1]]],
    ['where', people, ['team.id', { json: 'a' }], [people[0], people[2]]],
    ['where', [{ n: '30' }, { n: 3 }, {}], ['n', { json: 30 }], [{ n: '30' }]],
    ['where', ['x', 'y', 'x'], ['', { json: 'x' }], ['x', 'x']],
    ['pluck', people, ['age'], [36, 7, null]],
    ['group_by', people, ['team.id'], { a: [people[0], people[2]], b: [people[1]] }],
    ['count_by', ['y', 'x', 'x', 1], [], { x: 2, y: 1, 1: 1 }],
    ['count_by', people, ['age'], { 36: 1, 7: 1, null: 1 }],
    ['map', ['straße', 1], ['upper'], ['STRASSE', '1']],
    ['map', ["ada's list"], ['title'], ["Ada's List"]],
    ['map', [' a ', 'é😀'], ['length'], [3, 2]],
    ['map', [' a '], ['trim'], ['a']],
    ['map', ['1', 2, true], ['number'], [1, 2, 1]],
    ['map', [{ a: 1 }, null], ['text'], ['{"a":1}', 'null']],
  ])('%s of %j with %j', (name, list, args, expected) => {
    const { made, after, answer } = apply(name, list, ...args);
    expect(answer).toMatchObject({ ok: true });
    expect(made()).toEqual(expected);
    expect(after).toEqual(list);
  });

  it('puts the most frequent first, and those of one count in the order that they came in', () => {
    const run = openPure();
    const counts = run.get('array.count_by', run.handle(['b', 'a', 'c', 'c']));
    expect(run.value('json.keys', Number(counts))).toEqual(['c', 'b', 'a']);
  });

  it('keeps items of equal keys in their order, also when descending', () => {
    const list = [
      { k: 1, v: 'a' },
      { k: 2, v: 'b' },
      { k: 1, v: 'c' },
    ];
    expect(apply('sort', list, 'k', true).made()).toEqual([list[1], list[0], list[2]]);
  });

  it.each([
    [
      [0, 3],
      [0, 1, 2],
    ],
    [[3, 0], []],
    [
      [3, 0, -2],
      [3, 1],
    ],
    [[0, 1, 5], [0]],
  ])('counts a range %j', (args, expected) => {
    expect(openPure().value('array.range', ...args)).toEqual(expected);
  });

  it('makes an empty array to fill', () => {
    const run = openPure();
    const list = Number(run.get('array.new'));
    run.get('array.push', list, run.handle(1));
    expect(run.get('array.length', list)).toBe(1);
  });
});

describe('asking an array', () => {
  it.each<[string, unknown[], (HostValue | { json: unknown })[], HostValue]>([
    ['length', [1, 2], [], 2],
    ['contains', [{ a: 1 }, 2], [{ json: { a: 1 } }], true],
    ['contains', ['2'], [{ json: 2 }], true],
    ['contains', [null], [{ json: 'null' }], false],
    ['index_of', ['a', 'b', 'b'], [{ json: 'b' }], 1],
    ['index_of', ['a'], [{ json: 'c' }], -1],
    ['sum', Array.from({ length: 10 }, () => 0.1), [], 1],
    ['sum', [0.1, 0.2], [], 0.3],
    ['sum', [1e-11, 2e-11, -5], [], -4.99999999997],
    ['sum', [1e308, 1e308], [], Number.POSITIVE_INFINITY],
    ['sum', [5e-324, 1e300, -1e300], [], 5e-324],
    ['sum', [], [], 0],
    ['sum', [{ a: '1.5' }, { a: 2 }], ['a'], 3.5],
    ['min', [3, -1, 2], [], -1],
    ['max', ['3', '10'], [], 10],
    ['mean', [1, 2, 6], [], 3],
    ['mean', [0.1, 0.1, 0.1], [], 0.1],
    ['mean', [1, 0, 0], [], 1 / 3],
    ['mean', [-0.1, 0.4], [], 0.15],
    ['median', [5, 1, 3], [], 3],
    ['median', [4, 1, 3, 2], [], 2.5],
    ['median', [0.1, 0.2], [], 0.15],
    ['quantile', [1, 2, 3, 4, 5], [0.9], 4.6],
    ['quantile', [1, 2, 3, 4, 5], [0], 1],
    ['quantile', [1, 2, 3, 4, 5], [1], 5],
    ['stdev', [2, 4, 4, 4, 5, 5, 7, 9], [], 2.138089935299395],
    ['mode', ['x', 'y', 'y'], [], 'y'],
    ['mode', [{ a: 1 }, { a: 2 }, { a: 2 }], ['a'], '2'],
  ])('%s of %j with %j is %s', (name, list, args, expected) => {
    expect(apply(name, list, ...args).answer).toEqual({ ok: true, value: expected });
  });

  it('finds the first item of a member', () => {
    expect(apply('find', people, 'team.id', { json: 'a' }).made()).toEqual(people[0]);
    expect(apply('find', people, 'name', { json: 'Zoe' }).answer).toMatchObject({ status: 'ENOENT' });
  });

  it.each<[string, unknown, HostValue[], string, RegExp]>([
    ['sum', [1, 'x'], [], 'EPARSE', /^item 1: expected a number .* got "x"$/],
    ['sum', [1, null], [], 'ETRFM', /^item 1: expected a JSON number, got null$/],
    ['sum', [{ a: 1 }, {}], ['a'], 'ENOENT', /^item 1 has no "a"$/],
    ['mean', [], [], 'ENOENT', /expected at least 1 item, got 0/],
    ['stdev', [1], [], 'ENOENT', /expected at least 2 items, got 1/],
    ['mode', [], [], 'ENOENT', /got 0/],
    ['quantile', [1], [95], 'EBOUND', /share from 0 to 1/],
    ['quantile', [1], [Number.NaN], 'EBOUND', /share from 0 to 1/],
    ['map', ['x'], ['shout'], 'EPARSE', /expected one of upper, lower, .*; got "shout"/],
    ['map', ['x'], ['number'], 'EPARSE', /^item 0: /],
    ['pluck', [1], ['/a~2'], 'EPARSE', /~0 or ~1/],
    ['length', { a: 1 }, [], 'ETRFM', /expected a JSON array, got object/],
    ['sort', 'abc', [], 'ETRFM', /expected a JSON array, got string/],
  ])('%s of %j with %j fails with %s', (name, list, args, status, message) => {
    expect(apply(name, list, ...args).answer).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });

  it('refuses a step of 0', () => {
    expect(openPure().call('array.range', 0, 3, 0)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('the bounds of arrays', () => {
  it('works through 100,000 items and refuses one more', () => {
    const run = openPure();
    const list = Number(run.get('array.range', 0, 100_000));
    expect(run.get('array.sum', list)).toBe(4_999_950_000);
    run.get('array.push', list, run.handle(1));
    expect(run.get('array.length', list)).toBe(100_001);
    const refused = { ok: false, status: 'EBOUND', message: 'a list of more than 100000 items' };
    expect(run.call('array.sum', list)).toEqual(refused);
    expect(run.call('array.sort', list)).toEqual(refused);
    expect(run.call('array.range', 0, 100_001)).toEqual(refused);
    expect(run.call('array.range', -2147483648, 2147483647)).toEqual(refused);
  });

  it('refuses a list that two lists together would make too long', () => {
    const run = openPure();
    const half = Number(run.get('array.range', 0, 60_000));
    expect(run.call('array.concat', half, half)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});
