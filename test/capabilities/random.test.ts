import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/capabilities/random.ts';
import { openHost } from './open-capability.ts';
import { hostContext } from './session-context.ts';

/** Chance that draws these numbers, then fails. */
function drawing(...numbers: number[]) {
  const u32 = () => {
    const next = numbers.shift();
    if (next === undefined) throw new Error('drew more than was there');
    return next;
  };
  return openHost(createRandom({ u32, uuid: () => 'the-uuid' }), hostContext());
}

const realChance = () =>
  openHost(createRandom({ u32: () => randomInt(2 ** 32), uuid: () => '' }), hostContext());

const LARGEST = 2 ** 32 - 1;

describe('random.int', () => {
  it.each([
    [0, 1, 6, 1],
    [5, 1, 6, 6],
    [6, 1, 6, 1],
    [7, -3, -3, -3],
    [LARGEST, -2_147_483_648, 2_147_483_647, 2_147_483_647],
    [0, -2_147_483_648, 2_147_483_647, -2_147_483_648],
  ])('makes of %d, from %d to %d, %d', async (drawn, low, high, value) => {
    expect(await drawing(drawn)('int', low, high)).toEqual({ ok: true, value });
  });

  it('draws again what would make the lower numbers likelier', async () => {
    // 2^32 is 4 more than a multiple of 6.
    expect(await drawing(2 ** 32 - 4, LARGEST, 2)('int', 1, 6)).toEqual({ ok: true, value: 3 });
    expect(await drawing(2 ** 32 - 5)('int', 1, 6)).toEqual({ ok: true, value: 6 });
  });

  it('refuses an empty range', async () => {
    expect(await drawing()('int', 2, 1)).toEqual({
      ok: false,
      status: 'EBOUND',
      message: 'expected low to be at most high, got 2 and 1',
    });
  });
});

describe('random.float', () => {
  it.each([
    [0, 0, 0],
    [2 ** 31, 0, 0.5],
    [LARGEST, LARGEST, 1 - 2 ** -53],
  ])('makes of %d and %d %d, which is below 1', async (high, low, value) => {
    expect(await drawing(high, low)('float')).toEqual({ ok: true, value });
  });
});

describe('random.order', () => {
  it('gives each number once', async () => {
    const answer = await realChance()('order', 1_000);
    const order: number[] = JSON.parse(String(answer.ok && answer.value));
    expect(order.toSorted((a, b) => a - b)).toEqual([...Array(1_000).keys()]);
    expect(order).not.toEqual([...Array(1_000).keys()]);
  });

  it('gives every order as often as any other', async () => {
    const call = realChance();
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 6_000; turn += 1) {
      const answer = await call('order', 3);
      const order = String(answer.ok && answer.value);
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 are expected; six standard deviations are 173.
    expect(Math.min(...counts.values())).toBeGreaterThan(820);
    expect(Math.max(...counts.values())).toBeLessThan(1_180);
  });

  it('bounds the count', async () => {
    expect(await drawing()('order', 0)).toEqual({ ok: true, value: '[]' });
    expect(await drawing()('order', -1)).toMatchObject({ ok: false, status: 'EBOUND' });
    expect(await drawing()('order', 10_001)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

describe('random.uuid', () => {
  it('gives what the source gives', async () => {
    expect(await drawing()('uuid')).toEqual({ ok: true, value: 'the-uuid' });
  });
});
