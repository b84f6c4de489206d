import { describe, expect, it } from 'vitest';
import { encodeArguments } from '../../src/catalog/program-arguments.ts';
import type { Signature } from '../../src/wat/types.ts';

const SIGNATURE: Signature = {
  params: [
    { name: 'url', type: { kind: 'string' } },
    { name: 'times', type: { kind: 'i32' } },
  ],
  result: null,
};
const EXPECTED = 'expected arguments as in (url: string, times: i32) -> none';

describe('encodeArguments', () => {
  it('puts each argument into the wire format', () => {
    expect(encodeArguments(SIGNATURE, ['ab', '3'])).toEqual({
      ok: true,
      args: [Uint8Array.of(2, 0, 0, 0, 0x61, 0x62), Uint8Array.of(3, 0, 0, 0)],
    });
  });

  it('takes options that are left out at the end for empty', () => {
    const [url, times] = SIGNATURE.params;
    const option = (param: typeof times) =>
      ({ name: 'o', type: { kind: 'option', of: param?.type ?? { kind: 'i32' } } }) as const;
    const signature: Signature = { params: [url ?? option(times), option(times), option(url)], result: null };
    const empty = Uint8Array.of(1, 0, 0, 0, 0);
    const filled = Uint8Array.of(5, 0, 0, 0, 1, 3, 0, 0, 0);
    expect(encodeArguments(signature, [''])).toMatchObject({
      ok: true,
      args: [Uint8Array.of(0, 0, 0, 0), empty, empty],
    });
    expect(encodeArguments(signature, ['', 3])).toMatchObject({
      ok: true,
      args: [Uint8Array.of(0, 0, 0, 0), filled, empty],
    });
    expect(encodeArguments(signature, [])).toMatchObject({
      message: expect.stringMatching(/, that is 1 to 3; got 0$/),
    });
  });

  it.each([
    ['too few', ['ab'], `${EXPECTED}, that is 2; got 1`],
    ['too many', ['ab', 3, 4], `${EXPECTED}, that is 2; got 3`],
    [
      'one of another type',
      ['ab', 1.5],
      `${EXPECTED}; for times, expected i32 (an integer from -2147483648 to 2147483647), got 1.5`,
    ],
    ['a missing one', [undefined, 1], `${EXPECTED}; for url, expected string, got nothing`],
  ])('refuses %s with the signature and what came', (_case, values, message) => {
    expect(encodeArguments(SIGNATURE, values)).toEqual({ ok: false, message });
  });
});
