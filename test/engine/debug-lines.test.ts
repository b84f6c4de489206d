import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { DebugLines } from '../../src/engine/worker/debug-lines.ts';

const MB = 2 ** 20;

/** Buffers are given back beside the collector, some time after it; what is really kept stays through every round. */
const ROUNDS = 10;

async function memoryAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    collect();
    await setImmediate();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}

/** As a worker reads it from guest memory. */
function longText(): string {
  return new TextDecoder().decode(new Uint8Array(2 * MB).fill(97));
}

describe('DebugLines', () => {
  it('keeps nothing of a long text but the part that it shows', async () => {
    const lines = new DebugLines(() => true);
    const before = await memoryAfterCollection();
    for (let line = 0; line < 50; line += 1) lines.add(longText());
    expect((await memoryAfterCollection()) - before).toBeLessThan(20 * MB);
    expect(lines.toArray()).toHaveLength(50);
  });

  it('keeps nothing of the text that a short line was cut from', async () => {
    const lines = new DebugLines(() => true);
    const before = await memoryAfterCollection();
    for (let line = 0; line < 50; line += 1)
      lines.add(
        Buffer.alloc(2 * MB, 97)
          .toString()
          .slice(0, 100),
      );
    expect((await memoryAfterCollection()) - before).toBeLessThan(20 * MB);
    expect(lines.toArray()[49]).toBe('a'.repeat(100));
  });

  it('changes no character', () => {
    const lines = new DebugLines(() => true);
    lines.add('ü € 😀 \ud800');
    expect(lines.toArray()).toEqual(['ü € 😀 \ud800']);
  });

  it('cuts the lines that it finds no room for, and says so', () => {
    const asked: number[] = [];
    const lines = new DebugLines((bytes) => asked.push(bytes) !== 2);
    for (const line of ['one', 'second', 'x'.repeat(5_000)]) lines.add(line);
    expect(lines.toArray()).toEqual([
      'one',
      `${'x'.repeat(4_000)}… (1000 more characters)`,
      '… (1 more lines)',
    ]);
    expect(asked).toEqual([6, 12, 8_000]);
  });
});
