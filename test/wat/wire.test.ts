import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignature } from '../../src/wat/signature.ts';
import type { ValueType, WireValue } from '../../src/wat/types.ts';
import { decode, encode, wireSize } from '../../src/wat/wire.ts';

function typeOf(text: string): ValueType {
  const outcome = parseSignature(`() -> ${text}`);
  if (!outcome.ok || outcome.signature.result === null) throw new Error(`${text} is no type`);
  return outcome.signature.result;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}

const GOLDEN: readonly (readonly [string, WireValue, string])[] = [
  ['bool', false, '00'],
  ['bool', true, '01'],
  ['i32', 1, '01 00 00 00'],
  ['i32', -2, 'fe ff ff ff'],
  ['i32', 2147483647, 'ff ff ff 7f'],
  ['i64', 1n, '01 00 00 00 00 00 00 00'],
  ['i64', -(2n ** 63n), '00 00 00 00 00 00 00 80'],
  ['f64', 1.5, '00 00 00 00 00 00 f8 3f'],
  ['f64', Number.NEGATIVE_INFINITY, '00 00 00 00 00 00 f0 ff'],
  ['string', '', '00 00 00 00'],
  ['string', 'hello', '05 00 00 00 68 65 6c 6c 6f'],
  ['string', '\ufeffé', '05 00 00 00 ef bb bf c3 a9'],
  ['bytes', bytesOf('00 ff'), '02 00 00 00 00 ff'],
  ['list<i32>', [1, 2, 3], '0c 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00'],
  ['list<string>', ['a', ''], '09 00 00 00 01 00 00 00 61 00 00 00 00'],
  ['list<bool>', [], '00 00 00 00'],
  ['option<bool>', null, '01 00 00 00 00'],
  ['option<bool>', true, '02 00 00 00 01 01'],
  ['option<string>', 'a', '06 00 00 00 01 01 00 00 00 61'],
  ['map<i32>', {}, '00 00 00 00'],
  ['map<i32>', { a: 1, é: -1 }, '13 00 00 00 01 00 00 00 61 01 00 00 00 02 00 00 00 c3 a9 ff ff ff ff'],
  ['map<list<bool>>', { '': [true] }, '09 00 00 00 00 00 00 00 01 00 00 00 01'],
  ['option<f64>', 0.5, '09 00 00 00 01 00 00 00 00 00 00 e0 3f'],
  ['{a: i32, b: bool}', { a: 7, b: true }, '05 00 00 00 07 00 00 00 01'],
  ['{}', {}, '00 00 00 00'],
  ['list<{n: option<i32>}>', [{ n: null }], '09 00 00 00 05 00 00 00 01 00 00 00 00'],
];

describe('encode and decode', () => {
  it.each(GOLDEN)('%s of %o is %s', (type, value, hex) => {
    expect(hexOf(encode(value, typeOf(type)))).toBe(hex);
    expect(decode(bytesOf(hex), typeOf(type))).toEqual(value);
  });

  it('gives back every value that it takes', () => {
    fc.assert(
      fc.property(typedValue(3), ({ type, value }) => {
        expect(decode(encode(value, type), type)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses every proper prefix of a value and every value with a byte more', () => {
    fc.assert(
      fc.property(typedValue(2), ({ type, value }) => {
        const bytes = encode(value, type);
        for (let size = 0; size < bytes.length; size += 1)
          expect(() => decode(bytes.subarray(0, size), type)).toThrow(/got|at byte/);
        expect(() => decode(Uint8Array.of(...bytes, 0), type)).toThrow('1 byte too many');
      }),
      { numRuns: 100 },
    );
  });

  it('reads from the middle of a larger buffer', () => {
    expect(decode(bytesOf('ff ff 05 00 00 00 ff').subarray(2, 6), typeOf('i32'))).toBe(5);
  });

  it('makes an own property of a field called __proto__', () => {
    const type = typeOf('{__proto__: i32}');
    const value = decode(bytesOf('04 00 00 00 09 00 00 00'), type);
    expect(Object.entries(value ?? {})).toEqual([['__proto__', 9]]);
    expect(hexOf(encode(value, type))).toBe('04 00 00 00 09 00 00 00');
  });
});

describe('decode', () => {
  it.each([
    ['bool', '02', 'bool must be 0 or 1, got 2 (at byte 0)'],
    ['bool', '', 'expected 1 byte for bool, got 0 (at byte 0)'],
    ['i32', '00 00 00', 'expected 4 bytes for i32, got 3 (at byte 0)'],
    ['i32', '00 00 00 00 00', '1 byte too many after i32 (at byte 4)'],
    ['string', '05 00 00 00 61', 'expected 5 bytes for string, got 1 (at byte 4)'],
    ['string', 'ff ff ff ff', 'expected 4294967295 bytes for string, got 0 (at byte 4)'],
    ['string', '02 00 00 00 c3 28', 'a string is not valid UTF-8 (at byte 4)'],
    ['string', '03 00 00 00 ed a0 80', 'a string is not valid UTF-8 (at byte 4)'],
    ['list<i32>', '05 00 00 00 00 00 00 00 00', 'expected 4 bytes for i32, got 1 (at byte 8)'],
    ['option<i32>', '00 00 00 00', 'expected 1 byte for the mark of an option, got 0 (at byte 4)'],
    ['option<i32>', '01 00 00 00 02', 'the mark of an option must be 0 or 1, got 2 (at byte 4)'],
    ['option<i32>', '02 00 00 00 00 00', '1 byte too many after option<i32> (at byte 5)'],
    ['{a: bool}', '02 00 00 00 00 00', '1 byte too many after {a: bool} (at byte 5)'],
    ['map<bool>', '0c 00 00 00 01 00 00 00 61 01 01 00 00 00 61 00', 'a map<bool> has the name "a" twice'],
    ['map<bool>', '05 00 00 00 01 00 00 00 61', 'expected 1 byte for bool, got 0 (at byte 9)'],
    ['{a: string}', '05 00 00 00 01 00 00 00 ff', 'a string is not valid UTF-8 (at byte 8)'],
  ])('refuses %s in %j', (type, hex, message) => {
    expect(() => decode(bytesOf(hex), typeOf(type))).toThrow(
      expect.objectContaining({ name: 'WattleError', code: 'WIRE_INVALID', message }),
    );
  });
});

describe('encode', () => {
  const wrong: readonly (readonly [string, WireValue, string])[] = [
    ['bool', 1, 'expected bool, got number 1'],
    ['i32', 1.5, 'expected i32, got number 1.5'],
    ['i32', 2 ** 31, 'expected i32, got number 2147483648'],
    ['i64', 1, 'expected i64, got number 1'],
    ['i64', 2n ** 63n, 'expected i64, got bigint 9223372036854775808'],
    ['string', '\ud800', 'expected string, got string \ud800'],
    ['bytes', 'a', 'expected bytes, got string a'],
    ['list<i32>', 'a', 'expected list<i32>, got string a'],
    ['list<i32>', ['a'], 'expected i32, got string a'],
    ['string', null, 'expected string, got null'],
    ['map<i32>', [1], 'expected map<i32>, got a list'],
    ['map<i32>', { a: 'x' }, 'expected i32, got string x'],
    ['map<i32>', { '\ud800': 1 }, 'a name of map<i32> is not Unicode'],
    ['{a: i32}', [], 'expected {a: i32}, got a list'],
    ['{a: i32}', {}, 'the field "a" of {a: i32} is missing'],
    ['{a: i32}', { a: 1, b: 2 }, '{a: i32} has no field "b"'],
  ];
  it.each(wrong)('refuses as %s the value %o', (type, value, message) => {
    expect(() => encode(value, typeOf(type))).toThrow(
      expect.objectContaining({ code: 'WIRE_INVALID', message }),
    );
  });
});

describe('wireSize', () => {
  it.each([
    ['bool', 1],
    ['i32', 4],
    ['i64', 8],
    ['f64', 8],
    ['string', 'length-prefixed'],
    ['bytes', 'length-prefixed'],
    ['list<i32>', 'length-prefixed'],
    ['option<i32>', 'length-prefixed'],
    ['map<i32>', 'length-prefixed'],
    ['{a: i32}', 'length-prefixed'],
  ])('of %s is %s', (type, size) => {
    expect(wireSize(typeOf(type))).toBe(size);
  });
});

interface TypedValue {
  readonly type: ValueType;
  readonly value: WireValue;
}

function simpleValue(): fc.Arbitrary<TypedValue> {
  const of = (kind: 'bool' | 'i32' | 'i64' | 'f64' | 'string' | 'bytes', values: fc.Arbitrary<WireValue>) =>
    values.map((value) => ({ type: { kind }, value }));
  return fc.oneof(
    of('bool', fc.boolean()),
    of('i32', fc.integer()),
    of('i64', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    of('f64', fc.double()),
    of('string', fc.string({ unit: 'grapheme' })),
    of('bytes', fc.uint8Array()),
  );
}

function typedValue(depth: number): fc.Arbitrary<TypedValue> {
  if (depth === 0) return simpleValue();
  const inner = typedValue(depth - 1);
  const list = inner.map(
    ({ type, value }): TypedValue => ({ type: { kind: 'list', of: type }, value: [value, value] }),
  );
  const option = inner
    .filter(({ type }) => type.kind !== 'option')
    .chain(({ type, value }) =>
      fc.constantFrom(value, null).map((chosen) => ({ type: optionOf(type), value: chosen })),
    );
  const struct = fc.array(inner, { maxLength: 3 }).map((items): TypedValue => {
    const fields = items.map(({ type }, index) => ({ name: `f${index}`, type }));
    const value = Object.fromEntries(items.map((item, index) => [`f${index}`, item.value]));
    return { type: { kind: 'struct', fields }, value };
  });
  const map = fc
    .tuple(inner, fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 3 }))
    .map(([{ type, value }, names]): TypedValue => {
      const entries = names.map((name): [string, WireValue] => [name, value]);
      return { type: { kind: 'map', of: type }, value: Object.fromEntries(entries) };
    });
  return fc.oneof(simpleValue(), list, option, struct, map);
}

function optionOf(of: ValueType): ValueType {
  return { kind: 'option', of };
}
