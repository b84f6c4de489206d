import { describe, expect, it } from 'vitest';
import { engineNotices } from '../../src/composition/engine-notices.ts';
import { createLogger } from '../../src/log.ts';

const STATS = {
  cache: { hits: 0, misses: 0, programs: 0, bytes: 0 },
  workers: 1,
  runs: 3,
  waiting: 1,
  memoryBytes: 65_536,
};

function open() {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => lines.push(JSON.parse(line)) };
  const clock = { now: 0 };
  const notices = engineNotices(createLogger({ level: 'warn', destination, secrets: [] }), () => clock.now);
  return { lines, clock, notices };
}

describe('engineNotices', () => {
  it('logs what a host function threw, with its name', () => {
    const { lines, notices } = open();
    notices.onHostError('kv.get', new Error('disk full'));
    expect(lines).toMatchObject([
      { msg: 'a host function failed', function: 'kv.get', err: { message: 'disk full' } },
    ]);
  });

  it('logs that programs wait for memory, at most once a minute', () => {
    const { lines, clock, notices } = open();
    for (const time of [0, 1, 59_999, 60_000, 100_000]) {
      clock.now = time;
      notices.onMemoryShort(STATS);
    }
    expect(lines).toMatchObject([
      { runs: 3, waiting: 1, memoryBytes: 65_536 },
      { runs: 3, waiting: 1, memoryBytes: 65_536 },
    ]);
    expect(lines[0]?.msg).toMatch(/^programs wait for memory/);
  });
});
