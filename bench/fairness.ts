import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../src/engine/limits.ts';
import type { CompiledProgram } from '../src/engine/port.ts';
import { ENDLESS, type EngineWorkload, openWorkload } from './engine-workload.ts';
import { renderLatencies } from './latency-table.ts';
import { type Figure, quantile, sample } from './measure.ts';

const SAMPLES = 500;
const NEIGHBOURS = 4;
/** Between two runs, so that the delay of an idle event loop is seen too. */
const PAUSE_MS = 5;
const LIMITS = { ...DEFAULT_LIMITS, fuel: 1_000_000_000_000, deadlineMs: 3_600_000 };

/** A program of 1 ms of work, alone and as the fifth on a worker with four endless ones; and the main thread meanwhile. */
export async function measureFairness(): Promise<string> {
  const workload = await openWorkload({ workers: 1 });
  try {
    const short = await millisecondOfWork(workload);
    const alone = await measureApart('1 ms of work, alone', workload, short);
    const endless = await workload.prepare(ENDLESS);
    for (let count = 0; count < NEIGHBOURS; count += 1) void workload.run(endless, { limits: LIMITS });
    await workload.run(short);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const beside = await measureApart(`1 ms of work, beside ${NEIGHBOURS} endless programs`, workload, short);
    delay.disable();
    const delays = [50, 95, 99, 100].map((share) => `${(delay.percentile(share) / 1e6).toFixed(1)} ms`);
    return [
      renderLatencies([alone, beside]),
      '',
      `Event loop delay of the main thread meanwhile, its timer of 1 ms included: median ${delays[0]}, 95th`,
      `percentile ${delays[1]}, 99th percentile ${delays[2]}, worst ${delays[3]}`,
    ].join('\n');
  } finally {
    await workload.engine.stop();
  }
}

async function measureApart(
  name: string,
  { run }: EngineWorkload,
  program: CompiledProgram,
): Promise<Figure> {
  const samples: number[] = [];
  for (let count = 0; count < SAMPLES; count += 1) {
    await setTimeout(PAUSE_MS);
    const start = performance.now();
    const { outcome } = await run(program, { limits: LIMITS });
    samples.push(performance.now() - start);
    if (outcome !== 'ok') throw new Error(`expected the outcome ok, but got ${outcome}`);
  }
  return { name, samples };
}

/** Finds a loop that takes a millisecond on this machine. */
async function millisecondOfWork({ prepare, run }: EngineWorkload): Promise<CompiledProgram> {
  for (let turns = 50_000; ; turns *= 1.5) {
    const program = await prepare(`(local $left i32)
      (local.set $left (i32.const ${Math.round(turns)}))
      (loop $again (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (i32.const 0)`);
    const { samples } = await sample('', 50, () => run(program, { limits: LIMITS }));
    if (quantile(samples, 0.5) >= 1) return program;
  }
}
