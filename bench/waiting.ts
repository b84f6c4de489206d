import { setTimeout } from 'node:timers/promises';
import type { HostAnswer } from '../src/engine/port.ts';
import { ONE_CALL, openWorkload } from './engine-workload.ts';

const RUNS = 10_000;
/** After the last run, for memory to be given back. */
const REST_MS = 2_000;

/** Ten thousand runs that wait for the host at once: whether all complete, and what they take. */
export async function measureWaiting(): Promise<string> {
  const { engine, prepare, run } = await openWorkload();
  try {
    const program = await prepare(ONE_CALL);
    await run(program);
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const { allAsked, wait, open } = gate(RUNS);
    const running = Array.from({ length: RUNS }, () => run(program, { onHostCall: wait }));
    await allAsked;
    const suspended = performance.now();
    const peak = process.memoryUsage.rss();
    const { memoryBytes, workers } = engine.stats();
    open();
    const results = await Promise.all(running);
    const done = performance.now();
    await setTimeout(REST_MS);
    const after = process.memoryUsage.rss();
    const completed = results.filter(({ outcome }) => outcome === 'ok').length;
    return [
      '| figure | value |',
      '|---|---|',
      `| runs that waited at once, worker threads | ${RUNS}, ${workers} |`,
      `| runs that completed | ${completed} |`,
      `| until all waited, until all were done | ${seconds(suspended - start)}, ${seconds(done - start)} |`,
      `| memory that they counted with | ${mebibytes(memoryBytes)} |`,
      `| resident memory of the process before, with all waiting, ${REST_MS / 1_000} s after | ${[before, peak, after].map(mebibytes).join(', ')} |`,
      `| resident memory of each run that waits | ${((peak - before) / RUNS / 1_024).toFixed(0)} KiB |`,
    ].join('\n');
  } finally {
    await engine.stop();
  }
}

/** Host calls that are all answered together. */
function gate(count: number): { allAsked: Promise<void>; wait: () => Promise<HostAnswer>; open: () => void } {
  const allAsked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<HostAnswer>();
  let asked = 0;
  const wait = () => {
    asked += 1;
    if (asked === count) allAsked.resolve();
    return answer.promise;
  };
  return { allAsked: allAsked.promise, wait, open: () => answer.resolve({ ok: true, value: 0 }) };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
