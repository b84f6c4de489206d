import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EnduranceReport } from './endurance-process.ts';

const WARM_UP = 3_000;
const RUNS = 10_000;
/** A run leaves kilobytes if it leaves its job, a hundred bytes if it leaves a listener. */
const HEAP_GROWTH = RUNS * 64;
/**
 * The allocators keep what was freed, so that a process settles at its size only after some 100,000 runs, and
 * grows by up to 50 MB here. The memories of the runs, of a page each, would be 650 MB.
 */
const RESIDENT_GROWTH = 128 * 2 ** 20;

/** In a process of its own, where nothing else runs and garbage can be collected at will. */
async function endurance(): Promise<EnduranceReport> {
  const file = fileURLToPath(new URL('./endurance-process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    file,
    String(WARM_UP),
    String(RUNS),
  ]);
  return JSON.parse(stdout);
}

describe('ten thousand runs that end in every way', () => {
  let report: EnduranceReport;
  beforeAll(async () => {
    report = await endurance();
  }, 120_000);

  it('end as they must, all on the same worker', () => {
    expect(report.wrong).toEqual([]);
    expect(report.workersStarted).toBe(1);
  });

  it('leave no growth in the heaps of the main thread and of the worker', () => {
    const { before, after } = report;
    expect(after.mainHeap - before.mainHeap).toBeLessThan(HEAP_GROWTH);
    expect(after.workerHeap - before.workerHeap).toBeLessThan(HEAP_GROWTH);
  });

  it('leave the process at its size', () => {
    expect(report.after.residentBytes - report.before.residentBytes).toBeLessThan(RESIDENT_GROWTH);
  });

  it('leave no handles, listeners and threads', () => {
    const { before, after, resourcesAtEnd } = report;
    expect(after.resources).toEqual(before.resources);
    expect(resourcesAtEnd.filter((resource) => !resource.startsWith('Pipe'))).toEqual([]);
    expect([before.signalListeners, after.signalListeners]).toEqual([0, 0]);
    expect(after.workerListeners).toBe(before.workerListeners);
    expect(after.threads).toBe(before.threads);
  });

  it('leave the engine with nothing to do and nothing taken', () => {
    expect(report.after.stats).toMatchObject({ workers: 1, runs: 0, waiting: 0, memoryBytes: 0 });
    expect(report.after.stats.cache.programs).toBe(100);
  });
});
