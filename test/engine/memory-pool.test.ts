import { describe, expect, it } from 'vitest';
import { PAGE_BYTES } from '../../src/engine/limits.ts';
import { MemoryPool } from '../../src/engine/worker/memory-pool.ts';

const SMALL = { initial: 1, maximum: 4 };

describe('a memory that was given back', () => {
  it('is lent again, with every byte zero and of its first size', () => {
    const pool = new MemoryPool();
    const first = pool.lend(SMALL);
    new Uint8Array(first.memory.buffer).fill(7);
    pool.giveBack(first);
    const { memory } = pool.lend(SMALL);
    expect(memory).toBe(first.memory);
    expect(new Uint8Array(memory.buffer)).toEqual(new Uint8Array(PAGE_BYTES));
  });

  it('is out of reach for every view of it that was kept', () => {
    const pool = new MemoryPool();
    const loan = pool.lend(SMALL);
    const view = new Uint8Array(loan.memory.buffer);
    pool.giveBack(loan);
    expect(view).toHaveLength(0);
  });

  it('is never lent to two at once', () => {
    const pool = new MemoryPool();
    pool.giveBack(pool.lend(SMALL));
    expect(pool.lend(SMALL).memory).not.toBe(pool.lend(SMALL).memory);
  });

  it('is not lent again once it has grown', () => {
    const pool = new MemoryPool();
    const grown = pool.lend(SMALL);
    grown.memory.grow(1);
    pool.giveBack(grown);
    expect(pool.lend(SMALL).memory).not.toBe(grown.memory);
  });

  it.each([
    { initial: 2, maximum: 4 },
    { initial: 1, maximum: 5 },
  ])('is not lent as one of %o', (other) => {
    const pool = new MemoryPool();
    const loan = pool.lend(SMALL);
    pool.giveBack(loan);
    expect(pool.lend(other).memory).not.toBe(loan.memory);
  });

  it('is not kept when it is large', () => {
    const pool = new MemoryPool();
    const large = pool.lend({ initial: 5, maximum: 5 });
    pool.giveBack(large);
    expect(pool.lend({ initial: 5, maximum: 5 }).memory).not.toBe(large.memory);
  });

  it('is one of 32 at most', () => {
    const pool = new MemoryPool();
    const loans = Array.from({ length: 40 }, () => pool.lend(SMALL));
    for (const loan of loans) pool.giveBack(loan);
    const known = new Set(loans.map(({ memory }) => memory));
    const again = loans.map(() => pool.lend(SMALL).memory);
    expect(again.filter((memory) => known.has(memory))).toHaveLength(32);
  });

  it('serves 64 runs and no more', () => {
    const pool = new MemoryPool();
    const seen = new Set<WebAssembly.Memory>();
    for (let run = 0; run < 128; run += 1) {
      const loan = pool.lend(SMALL);
      seen.add(loan.memory);
      pool.giveBack(loan);
    }
    expect(seen.size).toBe(2);
  });
});
