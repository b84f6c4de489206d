import { describe, expect, it } from 'vitest';
import { coerce } from '../../src/wat/coerce.ts';
import { parseSignature } from '../../src/wat/signature.ts';
import type { ValueType, WireValue } from '../../src/wat/types.ts';

function typeOf(text: string): ValueType {
  const outcome = parseSignature(`() -> ${text}`);
  if (!outcome.ok || outcome.signature.result === null) throw new Error(`${text} is no type`);
  return outcome.signature.result;
}

const TAKEN: readonly (readonly [string, unknown, WireValue])[] = [
  ['bool', true, true],
  ['bool', ' false ', false],
  ['i32', 5, 5],
  ['i32', '5', 5],
  ['i32', ' -2147483648 ', -2147483648],
  ['i32', '+7', 7],
  ['i32', 5n, 5],
  ['i64', 5, 5n],
  ['i64', '9223372036854775807', 9223372036854775807n],
  ['f64', 1, 1],
  ['f64', '-1.5e3', -1500],
  ['f64', '.5', 0.5],
  ['f64', 9007199254740993n, 9007199254740992],
  ['f64', 'Infinity', Number.POSITIVE_INFINITY],
  ['string', 'true', 'true'],
  ['string', 5, '5'],
  ['string', false, 'false'],
  ['string', '', ''],
  ['bytes', 'é', Uint8Array.of(0xc3, 0xa9)],
  ['bytes', [0, 255], Uint8Array.of(0, 255)],
  ['bytes', { base64: 'AP8=' }, Uint8Array.of(0, 255)],
  ['bytes', Uint8Array.of(1), Uint8Array.of(1)],
  ['list<i32>', [1, '2'], [1, 2]],
  ['list<i32>', '[1, 2]', [1, 2]],
  ['list<string>', [], []],
  ['map<i32>', { a: '1', 'b c': 2 }, { a: 1, 'b c': 2 }],
  ['map<bool>', '{"a": true}', { a: true }],
  ['option<i32>', null, null],
  ['option<i32>', undefined, null],
  ['option<i32>', 'null', null],
  ['option<i32>', '4', 4],
  ['option<string>', 'null', 'null'],
  ['{a: i32, b: option<bool>}', { a: '1' }, { a: 1, b: null }],
  ['{a: i32}', '{"a": 3}', { a: 3 }],
  ['list<{a: list<bool>}>', [{ a: [true] }], [{ a: [true] }]],
];

const I32 = 'i32 (an integer from -2147483648 to 2147483647)';
const I64 = 'i64 (an integer of 64 bits; from 2^53 on written as text)';
const BYTES = 'bytes (text, numbers 0 to 255, or {"base64": "..."})';

const REFUSED: readonly (readonly [string, unknown, string])[] = [
  ['bool', 1, 'expected bool (true or false), got 1'],
  ['bool', 'yes', 'expected bool (true or false), got "yes"'],
  ['i32', 'five', `expected ${I32}, got "five"`],
  ['i32', '', `expected ${I32}, got ""`],
  ['i32', 1.5, `expected ${I32}, got 1.5`],
  ['i32', 2147483648, `expected ${I32}, got 2147483648`],
  ['i32', null, `expected ${I32}, got null`],
  ['i32', true, `expected ${I32}, got true`],
  ['i64', 2 ** 53, `expected ${I64}, got 9007199254740992`],
  ['i64', '9223372036854775808', `expected ${I64}, got "9223372036854775808"`],
  ['i64', '1'.repeat(200), `expected ${I64}, got "${'1'.repeat(76)}...`],
  ['f64', '1.5.2', 'expected f64, got "1.5.2"'],
  ['f64', '', 'expected f64, got ""'],
  ['string', undefined, 'expected string, got nothing'],
  ['string', { b: 1 }, 'expected string, got an object with the keys b'],
  ['string', '\ud800', 'expected string, got "\\ud800"'],
  ['bytes', [256], `expected ${BYTES}, got a list of 1`],
  ['bytes', { base64: '!' }, `expected ${BYTES}, got an object with the keys base64`],
  ['list<i32>', '[1', 'expected list<i32> (a JSON array), got "[1"'],
  ['list<i32>', { 0: 1 }, 'expected list<i32> (a JSON array), got an object with the keys 0'],
  ['list<i32>', [1, 'x'], `expected ${I32} at [1], got "x"`],
  ['{a: {b: list<bool>}}', { a: { b: [true, 0] } }, 'expected bool (true or false) at a.b[1], got 0'],
  ['{a: i32}', {}, `expected ${I32} at a, got nothing`],
  ['{a: i32}', [1], 'expected {a: i32} (a JSON object), got a list of 1'],
  ['{a: i32}', { a: 1, c: 2 }, '{a: i32} has no field "c"'],
  ['list<{a: i32}>', [{ c: 2 }], '{a: i32} has no field "c" at [0]'],
];

describe('coerce', () => {
  it.each(TAKEN)('takes as %s the input %o', (type, input, value) => {
    expect(coerce(input, typeOf(type))).toEqual({ ok: true, value });
  });

  it.each(REFUSED)('refuses as %s the input %o', (type, input, message) => {
    expect(coerce(input, typeOf(type))).toEqual({ ok: false, message });
  });

  it('does not take inherited properties for fields', () => {
    expect(coerce({}, typeOf('{constructor: string}'))).toMatchObject({ ok: false });
  });

  it('describes input that nests too deep to print', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(coerce(deep, typeOf('string'))).toEqual({
      ok: false,
      message: 'expected string, got a list of 1',
    });
  });
});
