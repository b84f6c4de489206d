import { setTimeout } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../src/engine/limits.ts';
import type { RunRequest } from '../src/engine/port.ts';
import { ENDLESS, type EngineWorkload, ONE_CALL, openWorkload } from './engine-workload.ts';
import { renderLatencies } from './latency-table.ts';
import type { Figure } from './measure.ts';

const SAMPLES = 500;
/** How long a run goes on before it is ended: long enough to be where it is meant to be. */
const GOES_ON_MS = 5;
/** Endless programs beside the one that is measured, on the same worker. */
const NEIGHBOURS = 4;

const LIMITS = { ...DEFAULT_LIMITS, fuel: 1_000_000_000_000, deadlineMs: 3_600_000 };
const MEMORY_OF_ONE = DEFAULT_LIMITS.memoryPages * 65_536;

interface State {
  readonly name: string;
  readonly body: string;
  readonly memoryBytes: number;
  readonly neighbours: number;
}

const STATES: readonly State[] = [
  {
    name: `computing beside ${NEIGHBOURS} others`,
    body: ENDLESS,
    memoryBytes: 2 ** 32,
    neighbours: NEIGHBOURS,
  },
  { name: 'waiting for a host call', body: ONE_CALL, memoryBytes: 2 ** 32, neighbours: 0 },
  { name: 'queued behind a full memory', body: ENDLESS, memoryBytes: MEMORY_OF_ONE, neighbours: 1 },
];

/** From the stop or the deadline to the result, wherever the run is. */
export async function measureStop(): Promise<string> {
  const figures: Figure[] = [];
  for (const state of STATES) figures.push(...(await measureState(state)));
  return renderLatencies(figures);
}

async function measureState({ name, body, memoryBytes, neighbours }: State): Promise<readonly Figure[]> {
  const workload = await openWorkload({ workers: 1, memoryBytes });
  try {
    const endless = await workload.prepare(ENDLESS);
    for (let count = 0; count < neighbours; count += 1) void workload.run(endless, { limits: LIMITS });
    const request = { program: await workload.prepare(body), limits: LIMITS, onHostCall: neverAnswer };
    // The first ones wait for the worker to start.
    for (let count = 0; count < 10; count += 1) await stopLatency(workload, request);
    const stops: number[] = [];
    const deadlines: number[] = [];
    for (let count = 0; count < SAMPLES; count += 1) {
      stops.push(await stopLatency(workload, request));
      deadlines.push(await deadlineLatency(workload, request));
    }
    return [
      { name: `stop: ${name}`, samples: stops },
      { name: `deadline: ${name}`, samples: deadlines },
    ];
  } finally {
    await workload.engine.stop();
  }
}

type Request = Pick<RunRequest, 'program' | 'limits' | 'onHostCall'>;

async function stopLatency({ run }: EngineWorkload, request: Request): Promise<number> {
  const stop = new AbortController();
  const running = run(request.program, { ...request, signal: stop.signal });
  await setTimeout(GOES_ON_MS);
  const start = performance.now();
  stop.abort();
  const { outcome } = await running;
  const spent = performance.now() - start;
  if (outcome !== 'cancelled')
    throw new Error(`expected a run that is cancelled, but it ended as ${outcome}`);
  return spent;
}

async function deadlineLatency({ run }: EngineWorkload, request: Request): Promise<number> {
  const limits = { ...request.limits, deadlineMs: GOES_ON_MS };
  const start = performance.now();
  const { outcome } = await run(request.program, { ...request, limits });
  const spent = performance.now() - start - GOES_ON_MS;
  if (outcome !== 'deadline') throw new Error(`expected a run past its deadline, but it ended as ${outcome}`);
  return Math.max(0, spent);
}

function neverAnswer(): Promise<never> {
  return new Promise(() => undefined);
}
