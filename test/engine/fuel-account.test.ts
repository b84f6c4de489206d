import { describe, expect, it } from 'vitest';
import { FuelAccount } from '../../src/engine/worker/fuel-account.ts';

function account(budget: number, slice: number) {
  const counter = new WebAssembly.Global({ value: 'i64', mutable: true }, 0n);
  const time = { now: 0 };
  const fuel = new FuelAccount({ budget, slice, clock: () => time.now });
  fuel.open(counter);
  /** Does what the guest does at a check that finds nothing left. */
  const check = (left: bigint) => {
    const more = fuel.note(left);
    if (more) counter.value = fuel.give();
    return more;
  };
  return { fuel, counter, time, check };
}

describe('FuelAccount', () => {
  it('gives the budget slice by slice, and knows what was used', () => {
    const { fuel, counter, check } = account(250, 100);
    expect(counter.value).toBe(100n);
    counter.value = 40n;
    expect(fuel.used).toBe(60);
    expect(check(-20n)).toBe(true);
    expect([fuel.used, counter.value]).toEqual([120, 100n]);
    expect(check(0n)).toBe(true);
    expect([fuel.used, counter.value]).toEqual([220, 30n]);
  });

  it('ends when the budget is spent to the last unit, and bills no more than it', () => {
    const { fuel, check } = account(150, 100);
    expect(check(0n)).toBe(true);
    expect(check(0n)).toBe(false);
    expect(fuel.used).toBe(150);
    const over = account(150, 100);
    expect(over.check(-4_000_000_000n)).toBe(false);
    expect(over.fuel.used).toBe(150);
  });

  it('gives smaller slices while they take long, without changing the sum', () => {
    const { fuel, counter, time, check } = account(1_000_000, 10_000);
    time.now = 50;
    check(0n);
    expect([counter.value, fuel.used]).toEqual([1_000n, 10_000]);
    time.now = 51;
    check(0n);
    expect([counter.value, fuel.used]).toEqual([2_000n, 11_000]);
  });

  it('says when host functions have used up the time of a slice', () => {
    const { fuel, time } = account(1_000, 100);
    expect(fuel.sliceIsLong).toBe(false);
    time.now = 10;
    expect(fuel.sliceIsLong).toBe(true);
  });

  it('does not count the time of a host call that was waited for', () => {
    const { fuel, time } = account(1_000, 100);
    time.now = 10_000;
    fuel.beginTurn();
    expect(fuel.sliceIsLong).toBe(false);
  });

  it('gives slice after slice until a turn of a millisecond is over', () => {
    const { fuel, time, check } = account(1_000, 100);
    time.now = 5;
    fuel.beginTurn();
    time.now = 5.9;
    check(0n);
    expect(fuel.turnIsOver).toBe(false);
    time.now = 6;
    expect(fuel.turnIsOver).toBe(true);
    fuel.beginTurn();
    expect(fuel.turnIsOver).toBe(false);
  });
});
