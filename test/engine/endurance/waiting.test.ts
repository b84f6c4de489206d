import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAGE_BYTES, STACK_BYTES } from '../../../src/engine/limits.ts';
import type { HostAnswer } from '../../../src/engine/port.ts';
import { harness, program } from '../fixtures/harness.ts';

const RUNS = 10_000;
const KIB = 1_024;
const POOL_THREADS = 4;
/** Measured 27 KiB: a page of guest memory is only as real as what was written to it, and so is a stack. */
const REAL_BYTES_A_RUN = 48 * KIB;

const WAITING = program(
  `(local $answer i32) (i32.store (i32.const 8) (i32.const 7))
  (call $host.wait (i32.const 1)) (drop) (local.set $answer)
  (i32.store offset=4 (i32.const 8) (local.get $answer))
  (call $core.resv (i32.const 8)) (drop) (drop) (i32.const 0)`,
  '(memory (export "memory") 1 1)',
);

function threadCount(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0;
}

/** Host answers that are all given at once, when as many runs as wanted wait for theirs. */
class Answers {
  readonly allAsked = Promise.withResolvers<void>();
  readonly #open: (() => void)[] = [];
  readonly #wanted: number;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  wait(value: number): Promise<HostAnswer> {
    const { promise, resolve } = Promise.withResolvers<HostAnswer>();
    this.#open.push(() => resolve({ ok: true, value }));
    if (this.#open.length === this.#wanted) this.allAsked.resolve();
    return promise;
  }

  give(): void {
    for (const open of this.#open) open();
  }
}

describe('ten thousand runs that wait for the host at once', () => {
  it('hold no thread and little memory, let others through, and all complete', async () => {
    const { engine, run } = harness();
    await run(WAITING);
    const threads = threadCount();
    const residentBefore = process.memoryUsage.rss();
    const answers = new Answers(RUNS);
    const runs = Array.from({ length: RUNS }, (_, id) =>
      run(WAITING, { resultSize: 8, onHostCall: () => answers.wait(id) }),
    );
    await answers.allAsked.promise;
    expect(engine.stats()).toMatchObject({
      runs: RUNS,
      waiting: 0,
      workers: 1,
      memoryBytes: RUNS * (PAGE_BYTES + STACK_BYTES),
    });
    // The pool of libuv comes up when anything first asks for it, the test runner included.
    expect(threadCount()).toBeLessThanOrEqual(threads + POOL_THREADS);
    expect(process.memoryUsage.rss() - residentBefore).toBeLessThan(RUNS * REAL_BYTES_A_RUN);
    expect((await run(program('(i32.const 0)'))).outcome).toBe('ok');
    answers.give();
    const results = await Promise.all(runs);
    expect(new Set(results.map(({ outcome, fuel }) => `${outcome} ${fuel}`)).size).toBe(1);
    const values = results.map(({ result }) => Buffer.from(result ?? new Uint8Array(8)).readInt32LE(4));
    expect(values).toEqual(Array.from({ length: RUNS }, (_, id) => id));
    expect(engine.stats()).toMatchObject({ runs: 0, waiting: 0, workers: 1, memoryBytes: 0 });
  });
});
