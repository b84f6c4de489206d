import { type EngineWorkload, ONE_CALL, openWorkload, TRIVIAL } from './engine-workload.ts';
import { renderLatencies } from './latency-table.ts';
import { type Figure, sample } from './measure.ts';

const RUNS = 10_000;
const PIPELINED_RUNS = 40_000;
/** Runs under way at a time, as many as keep both threads busy. */
const AT_ONCE = 64;

interface Throughput {
  readonly name: string;
  readonly perSecond: number;
  /** Processor time of all threads. */
  readonly microsecondsPerRun: number;
}

const PROGRAMS = [
  { name: 'no host call', body: TRIVIAL },
  { name: 'one host call, answered at once', body: ONE_CALL },
];

/** Cached programs that do next to nothing, so that what is left is the engine: latency and throughput. */
export async function measureRuns(): Promise<string> {
  const workload = await openWorkload();
  try {
    const figures: Figure[] = [];
    const throughputs: Throughput[] = [];
    for (const { name, body } of PROGRAMS) {
      const program = await workload.prepare(body);
      const run = () => workload.run(program);
      // The first ones run code that V8 has not compiled yet.
      await pipeline(RUNS, run);
      figures.push(await sample(`${name}, one after the other`, RUNS, run));
      throughputs.push(await measureThroughput(name, run));
    }
    return `${renderLatencies(figures)}\n\n${renderThroughputs(throughputs, workload)}`;
  } finally {
    await workload.engine.stop();
  }
}

async function measureThroughput(name: string, run: () => Promise<unknown>): Promise<Throughput> {
  const processor = process.cpuUsage();
  const start = performance.now();
  await pipeline(PIPELINED_RUNS, run);
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(processor);
  return {
    name,
    perSecond: PIPELINED_RUNS / seconds,
    microsecondsPerRun: (user + system) / PIPELINED_RUNS,
  };
}

/** Keeps `AT_ONCE` runs under way until `count` are done. */
async function pipeline(count: number, run: () => Promise<unknown>): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await run();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

function renderThroughputs(throughputs: readonly Throughput[], { engine }: EngineWorkload): string {
  const workers = engine.stats().workers;
  const rows = throughputs.map(
    ({ name, perSecond, microsecondsPerRun }) =>
      `| ${name} | ${Math.round(perSecond).toLocaleString('en-US')} | ${microsecondsPerRun.toFixed(0)} µs |`,
  );
  return [
    `${AT_ONCE} runs at a time, worker threads: ${workers}`,
    '',
    '| figure | runs a second | processor time of a run |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}
