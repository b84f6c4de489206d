import { describe, expect, it } from 'vitest';
import { json } from '../../src/capabilities/json.ts';
import { MAX_DEPTH } from '../../src/capabilities/json-value.ts';
import type { HostAnswer, HostValue } from '../../src/engine/port.ts';
import type { GuestRun } from './open-capability.ts';
import { openGuest, openPure, success } from './open-capability.ts';

function handleOf(answer: HostAnswer): number {
  const handle = success(answer);
  if (typeof handle !== 'number') throw new Error('expected a handle');
  return handle;
}

function parsed(text: string): { run: GuestRun; root: number } {
  const run = openGuest(json);
  return { run, root: handleOf(run.call('parse', text)) };
}

const sample = `{
  "name": "Ada", "age": 36, "score": 9.5, "active": true, "none": null,
  "tags": ["x", "y😀"], "a.b": {"/c~": 1}, "": "empty", "big": 3000000000,
  "digits": "12.5", "whole": " 7 "
}`;

describe('json.get', () => {
  it.each([
    ['name', '"Ada"'],
    ['/name', '"Ada"'],
    ['tags.1', '"y😀"'],
    ['/tags/0', '"x"'],
    ['/a.b/~1c~0', '1'],
    ['/', '"empty"'],
    ['none', 'null'],
  ])('finds %j', (path, expected) => {
    const { run, root } = parsed(sample);
    const part = handleOf(run.call('get', root, path));
    expect(run.call('stringify', part)).toEqual({ ok: true, value: expected });
  });

  it('takes a name that is the whole path first, so that every name leads to its member', () => {
    const { run, root } = parsed('{"a.b": 1, "/c": 2, "a": {"b": 3}}');
    expect(run.call('i32', root, 'a.b')).toEqual({ ok: true, value: 1 });
    expect(run.call('i32', root, '/c')).toEqual({ ok: true, value: 2 });
    expect(run.call('i32', root, '/a/b')).toEqual({ ok: true, value: 3 });
  });

  it('gives the value itself for the empty path', () => {
    const { run, root } = parsed('[1]');
    const same = handleOf(run.call('get', root, ''));
    expect(run.call('stringify', same)).toEqual({ ok: true, value: '[1]' });
  });

  it.each([
    ['nme', /no "nme" in an object with "name", "age", .*"tags", "a\.b", "", .* and more/],
    ['tags.2', /no item "2" in an array of 2/],
    ['tags.-1', /no item "-1"/],
    ['tags.01', /no item "01"/],
    ['tags.length', /no item "length"/],
    ['name.0', /no "0" in a value of type string/],
    ['none.x', /no "x" in a value of type null/],
    ['__proto__', /no "__proto__"/],
    ['constructor', /no "constructor"/],
    ['toString', /no "toString"/],
  ])('answers ENOENT for %j and says what is there', (path, message) => {
    const { run, root } = parsed(sample);
    const answer = run.call('get', root, path);
    expect(answer).toMatchObject({ ok: false, status: 'ENOENT', message: expect.stringMatching(message) });
    expect(run.call('has', root, path)).toEqual({ ok: true, value: false });
  });

  it('answers EPARSE for a pointer with a bad escape', () => {
    const { run, root } = parsed('{}');
    expect(run.call('get', root, '/a~2')).toMatchObject({ ok: false, status: 'EPARSE' });
    expect(run.call('has', root, '/a~2')).toMatchObject({ ok: false, status: 'EPARSE' });
  });
});

describe('reading a value', () => {
  const read = (name: string, path: string) => {
    const { run, root } = parsed(sample);
    return run.call(name, handleOf(run.call('get', root, path)));
  };

  it.each<[string, string, HostValue]>([
    ['text', 'name', 'Ada'],
    ['text', 'tags', '["x","y😀"]'],
    ['text', 'age', '36'],
    ['i32', 'age', 36],
    ['i32', 'active', 1],
    ['f64', 'score', 9.5],
    ['f64', 'age', 36],
    ['f64', 'digits', 12.5],
    ['i32', 'whole', 7],
    ['i64', 'big', 3_000_000_000n],
    ['i64', 'active', 1n],
    ['bool', 'active', true],
    ['bool', 'age', true],
    ['type', 'name', 'string'],
    ['type', 'age', 'number'],
    ['type', 'active', 'boolean'],
    ['type', 'none', 'null'],
    ['type', 'tags', 'array'],
    ['type', '', 'object'],
    ['length', 'tags', 2],
    ['length', 'tags.1', 2],
    ['length', '', 11],
  ])('%s of %j is %s', (name, path, expected) => {
    expect(read(name, path)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['i32', 'name', 'EPARSE', /expected a whole number, got "Ada"/],
    ['i64', 'name', 'EPARSE', /expected a whole number, got "Ada"/],
    ['f64', 'name', 'EPARSE', /expected a number such as -12.5 or 1e6, got "Ada"/],
    ['bool', 'name', 'ETRFM', /expected a JSON boolean, got string/],
    ['i32', 'score', 'ETRFM', /expected a whole number, got 9\.5/],
    ['i32', 'big', 'EBOUND', /3000000000 does not fit into i32/],
    ['f64', 'none', 'ETRFM', /got null/],
    ['length', 'age', 'ETRFM', /expected a JSON array, object or string, got number/],
    ['keys', 'tags', 'ETRFM', /expected a JSON object, got array/],
  ])('%s of %j fails with %s', (name, path, status, message) => {
    expect(read(name, path)).toMatchObject({ ok: false, status, message: expect.stringMatching(message) });
  });

  it('gives the names of an object as an array', () => {
    const { run, root } = parsed('{"b":1,"a":2}');
    const keys = handleOf(run.call('keys', root));
    expect(run.call('stringify', keys)).toEqual({ ok: true, value: '["b","a"]' });
  });

  it('reads a part by its path', () => {
    const { run, root } = parsed(sample);
    expect(run.call('text', root, 'tags.1')).toEqual({ ok: true, value: 'y😀' });
    expect(run.call('f64', root, 'score')).toEqual({ ok: true, value: 9.5 });
    expect(run.call('type', root, 'none')).toEqual({ ok: true, value: 'null' });
    expect(run.call('length', root, 'tags')).toEqual({ ok: true, value: 2 });
    expect(run.call('text', root, 'nowhere')).toMatchObject({ ok: false, status: 'ENOENT' });
  });

  it('gives the members of an object as an array of copies', () => {
    const pure = openPure();
    const root = pure.handle({ b: [1], a: 2 });
    const values = pure.get('json.values', root);
    expect(pure.show(values)).toEqual([[1], 2]);
    pure.get('json.push', Number(pure.get('json.get', Number(values), '0')), pure.handle(9));
    expect(pure.show(root)).toEqual({ b: [1], a: 2 });
  });

  it('indents JSON text when asked', () => {
    const { run, root } = parsed('{"a":[1,{"b":[]}],"c":{}}');
    expect(run.call('stringify', root, 2)).toEqual({
      ok: true,
      value: JSON.stringify({ a: [1, { b: [] }], c: {} }, null, 2),
    });
    for (const indent of [-1, 9]) {
      expect(run.call('stringify', root, indent)).toMatchObject({ ok: false, status: 'EBOUND' });
    }
  });

  it.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 1 }, false],
    [{ a: null }, { b: null }, false],
    [[1, 2], [2, 1], false],
    ['1', 1, false],
    [0, -0, true],
  ])('tells whether %j and %j are equal', (a, b, expected) => {
    const pure = openPure();
    expect(pure.get('json.equals', pure.handle(a), pure.handle(b))).toBe(expected);
  });

  it('answers ETRFM for a text with half a surrogate pair, which JSON can write', () => {
    const { run, root } = parsed('"\\ud800"');
    expect(run.call('text', root)).toMatchObject({ ok: false, status: 'ETRFM' });
    expect(run.call('stringify', root)).toEqual({ ok: true, value: '"\\ud800"' });
  });
});

describe('building a value', () => {
  it('makes objects and arrays of every type', () => {
    const run = openGuest(json);
    const object = handleOf(run.call('object'));
    const array = handleOf(run.call('array'));
    for (const item of [
      run.call('number', 1.5),
      run.call('boolean', true),
      run.call('boolean', false),
      run.call('null'),
    ]) {
      expect(run.call('push', array, handleOf(item))).toEqual({ ok: true, value: null });
    }
    run.call('set', object, 'say "hi"', handleOf(run.call('string', 'a\n')));
    run.call('set', object, 'list', array);
    expect(run.call('stringify', object)).toEqual({
      ok: true,
      value: '{"say \\"hi\\"":"a\\n","list":[1.5,true,false,null]}',
    });
  });

  it('sets and removes by name and by index', () => {
    const pure = openPure();
    const root = pure.handle({ 'a.b': 1, list: [1, 2, 3] });
    const list = Number(pure.get('json.get', root, 'list'));
    pure.get('json.set', list, '1', pure.handle('two'));
    pure.get('json.remove', list, '0');
    pure.get('json.set', root, 'a.b', pure.handle(2));
    pure.get('json.set', root, 'c.d', pure.handle(true));
    expect(pure.show(root)).toEqual({ 'a.b': 2, list: ['two', 3], 'c.d': true });
    pure.get('json.remove', root, 'c.d');
    expect(pure.show(root)).toEqual({ 'a.b': 2, list: ['two', 3] });
    for (const index of ['2', '-1', 'x']) {
      expect(pure.call('json.set', list, index, list)).toMatchObject({ ok: false, status: 'ENOENT' });
      expect(pure.call('json.remove', list, index)).toMatchObject({ ok: false, status: 'ENOENT' });
    }
    expect(pure.call('json.remove', root, 'gone')).toMatchObject({ ok: false, status: 'ENOENT' });
  });

  it('merges two objects into a new one', () => {
    const pure = openPure();
    const [a, b] = [pure.handle({ x: 1, y: { z: 1 } }), pure.handle({ y: 2, w: [] })];
    expect(pure.value('json.merge', a, b)).toEqual({ x: 1, y: 2, w: [] });
    expect(pure.show(a)).toEqual({ x: 1, y: { z: 1 } });
  });

  it('copies a value, which then changes alone', () => {
    const pure = openPure();
    const root = pure.handle([1]);
    const copy = Number(pure.get('json.copy', root));
    pure.get('json.push', copy, root);
    expect([pure.show(root), pure.show(copy)]).toEqual([[1], [1, [1]]]);
  });

  it('treats __proto__ as a name like any other', () => {
    const { run, root } = parsed('{"__proto__":{"polluted":true}}');
    run.call('set', root, 'constructor', handleOf(run.call('string', 'x')));
    expect(run.call('stringify', root)).toEqual({
      ok: true,
      value: '{"__proto__":{"polluted":true},"constructor":"x"}',
    });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('changes the whole through a handle of a part', () => {
    const { run, root } = parsed('{"list":[1]}');
    run.call('push', handleOf(run.call('get', root, 'list')), handleOf(run.call('number', 2)));
    expect(run.call('stringify', root)).toEqual({ ok: true, value: '{"list":[1,2]}' });
  });

  it('puts copies in, so that a value cannot hold itself', () => {
    const { run, root } = parsed('[1]');
    run.call('push', root, root);
    expect(run.call('stringify', root)).toEqual({ ok: true, value: '[1,[1]]' });
  });

  it.each<[string, string, HostValue[], RegExp]>([
    ['set', '"x"', ['a', 1], /expected a JSON object or array, got string/],
    ['remove', '1', ['a'], /expected a JSON object or array, got number/],
    ['merge', '[]', [1], /expected a JSON object, got array/],
    ['push', '{}', [1], /expected a JSON array, got object/],
  ])('%s on %s fails with ETRFM', (name, text, values, message) => {
    const { run, root } = parsed(text);
    expect(run.call(name, root, ...values)).toMatchObject({
      ok: false,
      status: 'ETRFM',
      message: expect.stringMatching(message),
    });
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY]])('has no number %d', (value) => {
    expect(openGuest(json).call('number', value)).toMatchObject({ ok: false, status: 'ETRFM' });
  });
});

describe('the bounds of json', () => {
  it.each<[string, HostValue[]]>([
    ['get', ['a']],
    ['has', ['a']],
    ['text', []],
    ['i32', []],
    ['f64', []],
    ['type', []],
    ['length', []],
    ['keys', []],
    ['stringify', []],
    ['set', ['a', 1]],
    ['push', [1]],
  ])('%s answers EBOUND for a number that is no handle', (name, rest) => {
    const { run } = parsed('{}');
    for (const handle of [0, -1, 2, 2147483647, -2147483648]) {
      expect(run.call(name, handle, ...rest)).toMatchObject({ ok: false, status: 'EBOUND' });
    }
  });

  it.each<[string, HostValue[]]>([
    ['set', ['a', 9]],
    ['push', [9]],
  ])('%s answers EBOUND for a value that is no handle', (name, rest) => {
    const { run, root } = parsed('{}');
    expect(run.call(name, root, ...rest)).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('keeps one run from the handles of another', () => {
    parsed('{"secret":1}');
    expect(openGuest(json).call('stringify', 1)).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('refuses to nest deeper than the limit, step by step too', () => {
    const run = openGuest(json);
    let inner = handleOf(run.call('array'));
    const root = inner;
    for (let level = 1; level < MAX_DEPTH; level += 1) {
      expect(run.call('push', inner, handleOf(run.call('array'))).ok).toBe(true);
      inner = handleOf(run.call('get', inner, '0'));
    }
    const empty = handleOf(run.call('array'));
    expect(run.call('push', inner, empty)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(run.call('push', inner, handleOf(run.call('number', 1)))).toEqual({ ok: true, value: null });
    expect(run.call('push', empty, root)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(run.call('stringify', root).ok).toBe(true);
  });

  it('ends doubling a value with EBOUND before memory runs out', () => {
    const { run, root } = parsed(`["${'x'.repeat(10_000)}"]`);
    const answers = Array.from({ length: 20 }, () => run.call('push', root, root));
    expect(answers.at(0)?.ok).toBe(true);
    expect(answers.at(-1)).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('ends taking handles without end with EBOUND', () => {
    const { run, root } = parsed('[0]');
    let answer: HostAnswer = run.call('get', root, '0');
    for (let count = 0; answer.ok && count < 2_000_000; count += 1) answer = run.call('get', root, '0');
    expect(answer).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('refuses to write a text larger than the cap', () => {
    const { run, root } = parsed(`["${'\\u0001'.repeat(400_000)}"]`);
    expect(run.call('stringify', root).ok).toBe(true);
    run.call('push', root, handleOf(run.call('get', root, '0')));
    expect(run.call('stringify', root)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('whole numbers beyond 2^53', () => {
  const ids =
    '{"id":1234567890123456789,"next":1234567890123456790,"wide":12345678901234567890,"low":-9007199254740993}';

  it('keep their digits as i64, as text and as JSON', () => {
    const { run, root } = parsed(ids);
    expect(success(run.call('i64', root, 'id'))).toBe(1234567890123456789n);
    expect(success(run.call('i64', root, 'low'))).toBe(-9007199254740993n);
    expect(success(run.call('text', root, 'id'))).toBe('1234567890123456789');
    expect(success(run.call('stringify', root))).toBe(ids);
    expect(success(run.call('type', root, 'id'))).toBe('number');
    expect(success(run.call('bool', root, 'id'))).toBe(true);
  });

  it('round as f64, and do not fit where they have too many bits', () => {
    const { run, root } = parsed(ids);
    expect(success(run.call('f64', root, 'id'))).toBe(1234567890123456800);
    expect(run.call('i64', root, 'wide')).toMatchObject({
      status: 'EBOUND',
      message: '12345678901234567890 does not fit into i64',
    });
    expect(run.call('i32', root, 'id')).toMatchObject({ status: 'EBOUND' });
  });

  it.each([
    ['1234567890123456789', '1234567890123456788', false],
    ['1234567890123456789', '1234567890123456789', true],
    ['100000000000000000000', '1e20', true],
    ['[9007199254740993]', '[9007199254740992]', false],
  ])('%s equals %s: %s', (a, b, same) => {
    const run = openPure();
    const handle = (text: string) => Number(run.get('json.parse', text));
    expect(run.get('json.equals', handle(a), handle(b))).toBe(same);
    expect(run.get('array.index_of', handle(`[${b}]`), handle(a))).toBe(same ? 0 : -1);
    const both = handle(`[${a},${b}]`);
    expect(run.value('array.unique', both)).toHaveLength(same ? 1 : 2);
  });

  it.each([
    ['[1234567890123456790,1234567890123456789,5]', '[5,1234567890123456789,1234567890123456790]'],
    ['["1234567890123456790","1234567890123456789"]', '["1234567890123456789","1234567890123456790"]'],
    ['[9007199254740993,null,9007199254740992.0]', '[9007199254740992,9007199254740993,null]'],
  ])('sorts %s', (list, sorted) => {
    const run = openPure();
    const handle = Number(run.get('json.parse', list));
    const made = run.get('array.sort', handle);
    expect(run.get('json.stringify', made ?? handle)).toBe(sorted);
  });
});
