import { describe, expect, it } from 'vitest';
import { language } from '../../src/capabilities/language.ts';
import { parseSignature } from '../../src/wat/signature.ts';
import type { ValueType, WireValue } from '../../src/wat/types.ts';
import { decode, encode } from '../../src/wat/wire.ts';
import { openGuest, openPure } from './open-capability.ts';

function typeOf(text: string): ValueType {
  const outcome = parseSignature(`() -> ${text}`);
  if (!outcome.ok || outcome.signature.result === null) throw new Error(`${text} is no type`);
  return outcome.signature.result;
}

describe('lang.format', () => {
  it('fills its holes with what was pushed, the last first', () => {
    const run = openPure();
    run.get('lang.push_bool', true);
    run.get('lang.push_f64', 2.345);
    run.get('lang.push_i64', 9007199254740993n);
    run.get('lang.push_value', run.handle(['a', 1]));
    run.get('lang.push_text', 'x');
    expect(run.get('lang.format', '{} {} {{{}}} {:.2} {}')).toBe('x ["a",1] {9007199254740993} 2.35 true');
  });

  it.each([
    [2.5, 0, '3'],
    [-0.001, 2, '0.00'],
    [1e21, 2, '1000000000000000000000.00'],
    [2.675, 2, '2.68'],
    [Number.NaN, 1, 'NaN'],
  ])('writes %d with %d digits as %s', (number, digits, text) => {
    const run = openPure();
    run.get('lang.push_f64', number);
    expect(run.get('lang.format', `{:.${digits}}`)).toBe(text);
  });

  it('refuses a template with more holes than there are operands, and a text that is too long', () => {
    const run = openPure();
    expect(run.call('lang.format', '{}')).toMatchObject({ ok: false, status: 'EBOUND' });
    for (let count = 0; count < 3; count += 1) run.get('lang.push_text', 'x'.repeat(2_000_000));
    expect(run.call('lang.format', '{}{}{}')).toMatchObject({ ok: false, status: 'EBOUND' });
  });

  it('goes on when a program pushes without end', () => {
    const run = openPure();
    for (let count = 0; count < 10_000; count += 1) run.get('lang.push_i32', count);
    expect(run.get('lang.format', '{}')).toBe('9999');
  });
});

describe('lang.object and lang.list', () => {
  it('build JSON of what was pushed, with copies of the values', () => {
    const run = openPure();
    const inner = run.handle([1]);
    run.get('lang.push_value', inner);
    run.get('lang.push_text', 'b');
    run.get('lang.push_bool', false);
    run.get('lang.push_text', 'a');
    const object = run.get('lang.object', 2);
    run.get('json.push', inner, inner);
    expect(run.show(object)).toEqual({ a: false, b: [1] });
    run.get('lang.push_i64', 5n);
    run.get('lang.push_value', Number(object));
    expect(run.value('lang.list', 2)).toEqual([{ a: false, b: [1] }, 5]);
  });

  it('refuse what JSON has not', () => {
    const run = openPure();
    run.get('lang.push_f64', Number.POSITIVE_INFINITY);
    expect(run.call('lang.list', 1)).toMatchObject({ ok: false, status: 'ETRFM' });
    expect(run.call('lang.push_value', 77)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('lang.argument and lang.answer', () => {
  const VALUES: readonly (readonly [string, WireValue])[] = [
    ['list<string>', ['a', 'é']],
    ['{a: i32, b: option<bool>}', { a: 1, b: null }],
    ['map<list<f64>>', { x: [1.5], y: [] }],
    ['option<{n: i64}>', { n: 9223372036854775807n }],
    ['list<bytes>', [Uint8Array.of(0, 255)]],
    ['option<string>', null],
  ];

  it.each(VALUES)('take a %s apart and put it together', (type, value) => {
    const run = openGuest(language, [encode(value, typeOf(type))]);
    const handle = run.call('argument', 0, type);
    if (!handle.ok) throw new Error(handle.message);
    expect(run.call('answer', Number(handle.value), type)).toEqual({ ok: true, value: null });
    expect(decode(run.result() ?? new Uint8Array(), typeOf(type))).toEqual(value);
  });

  it.each([
    ['list<i32>', { a: 1 }, 'the result must be list<i32>: the value must be an array, got object'],
    ['{a: i32}', {}, 'the result must be {a: i32}: the value has no member "a"'],
    ['list<{a: i32}>', [{ a: [] }], 'item 0 of the value: expected a JSON number, got array'],
    ['map<bool>', [], 'the result must be map<bool>: the value must be an object, got array'],
  ])('say of a wrong result for %s where it is wrong', (type, json, message) => {
    const run = openPure();
    expect(run.call('lang.answer', run.handle(json), type)).toMatchObject({
      ok: false,
      status: 'ETRFM',
      message: expect.stringContaining(message),
    });
  });

  it('lets members that are options be left out, and further ones be there', () => {
    const run = openPure();
    const handle = run.handle({ a: 1, extra: true });
    expect(run.get('lang.answer', handle, '{a: i32, b: option<i32>}')).toBe(null);
  });

  it('refuse an argument that was not given', () => {
    expect(openPure().call('lang.argument', 3, 'i32')).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('lang.alloc', () => {
  it('gives room that is all 0, within bounds', () => {
    const run = openPure();
    expect(run.get('lang.alloc', 3, 8)).toEqual(new Uint8Array(24));
    expect(run.call('lang.alloc', -1, 4)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(run.call('lang.alloc', 2 ** 30, 8)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('lang.at_path', () => {
  it('takes the member of a name before the part at a path', () => {
    const run = openPure();
    const object = run.handle({ '': 'none', 'a.b': 1, a: { b: 2, c: 3 } });
    expect(run.value('lang.at_path', object, '')).toBe('none');
    expect(run.value('lang.at_path', object, 'a.b')).toBe(1);
    expect(run.value('lang.at_path', object, 'a.c')).toBe(3);
    expect(run.call('lang.at_path', object, 'b')).toMatchObject({ ok: false, status: 'ENOENT' });
  });

  it('takes an empty path for the value itself where no member has that name', () => {
    const run = openPure();
    expect(run.value('lang.at_path', run.handle({ a: 1 }), '')).toEqual({ a: 1 });
  });
});

describe('lang.at_index', () => {
  it('counts from both ends, and takes null for an item', () => {
    const run = openPure();
    const array = run.handle([1, null, 'x']);
    expect(run.value('lang.at_index', array, -1)).toBe('x');
    expect(run.value('lang.at_index', array, 1)).toBe(null);
    expect(run.call('lang.at_index', array, 3)).toMatchObject({ ok: false, status: 'ENOENT' });
    expect(run.call('lang.at_index', array, -4)).toMatchObject({ ok: false, status: 'ENOENT' });
    expect(run.value('lang.at_index', run.handle({ '-1': 5 }), -1)).toBe(5);
  });
});

describe('lang.compare', () => {
  it.each([
    [1, 2, -1],
    ['b', 'a', 1],
    ['\u{1f600}', '\uffff', 1],
    [3, 3, 0],
    ['9', '10', -1],
    ['9', 10, -1],
    ['1.50', '1.5', 0],
    ['9', '10 kg', 1],
    ['2026-01-02', '2026-01-10', -1],
  ])('puts %j and %j in order', (a, b, order) => {
    const run = openPure();
    expect(run.get('lang.compare', run.handle(a), run.handle(b))).toBe(order);
  });

  it('refuses what has no order', () => {
    const run = openPure();
    expect(run.call('lang.compare', run.handle(1), run.handle('x'))).toMatchObject({
      ok: false,
      status: 'ETRFM',
    });
  });
});
