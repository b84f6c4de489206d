import { quantile } from '../measure.ts';
import type { Contender, Session } from './contender.ts';
import type { Workload } from './workloads.ts';

/** How long and how often each contender is measured. */
export interface Plan {
  readonly rounds: number;
  readonly warmUpMs: number;
  /** A block of runs ends after so many of them, or after so long. */
  readonly blockRuns: number;
  readonly blockMs: number;
  readonly now: () => number;
}

/** One contender's runs of a workload: single runs in milliseconds, and per round what it reached. */
export interface Measured {
  readonly contender: Contender;
  readonly latencies: readonly number[];
  readonly rounds: readonly Round[];
}

export interface Round {
  /** Milliseconds of a run, one after the other. */
  readonly median: number;
  /** Runs in a second, many at once. */
  readonly perSecond: number;
}

/** A contender that gave an error or a wrong result. */
export interface Failed {
  readonly contender: Contender;
  readonly failure: string;
}

export type Outcome = Measured | Failed;

/** A contender that was opened, with what was measured so far. */
interface Entrant {
  readonly contender: Contender;
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly latencies: number[];
  readonly rounds: Round[];
}

/**
 * Measures all contenders in turns, block by block, so that whatever else the machine does meets each of them.
 * Every result is compared with that of the workload. One that fails is left out of the rounds that follow.
 */
export async function compare(
  contenders: readonly Contender[],
  workload: Workload,
  plan: Plan,
): Promise<readonly Outcome[]> {
  const failures = new Map<Contender, string>();
  const entrants: Entrant[] = [];
  try {
    for (const contender of contenders) {
      await guarded(failures, contender, async () => {
        const entrant = await enter(contender, workload);
        entrants.push(entrant);
        await warmUp(entrant, plan);
      });
    }
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const entrant of rotated(entrants, round)) {
        if (failures.has(entrant.contender)) continue;
        await guarded(failures, entrant.contender, () => measureRound(entrant, plan));
      }
    }
  } finally {
    await Promise.all(entrants.map(({ close }) => close()));
  }
  return contenders.map((contender) => outcomeOf(contender, entrants, failures));
}

async function guarded(
  failures: Map<Contender, string>,
  contender: Contender,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    failures.set(contender, error instanceof Error ? error.message : String(error));
  }
}

async function enter(contender: Contender, workload: Workload): Promise<Entrant> {
  const session: Session = await contender.open(workload);
  const run = async () => {
    const result = await session.run();
    if (result !== workload.result) throw new Error(`expected ${workload.result}, but got ${result}`);
  };
  return { contender, run, close: () => session.close(), latencies: [], rounds: [] };
}

async function warmUp({ run }: Entrant, { now, warmUpMs }: Plan): Promise<void> {
  const start = now();
  do await run();
  while (now() - start < warmUpMs);
}

/** So that nobody always comes after the same other. */
function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const first = by % Math.max(1, items.length);
  return [...items.slice(first), ...items.slice(0, first)];
}

async function measureRound(entrant: Entrant, plan: Plan): Promise<void> {
  const block = await oneByOne(entrant.run, plan);
  const median = quantile(block, 0.5);
  const count = Math.min(plan.blockRuns, Math.max(2, Math.round(plan.blockMs / median)));
  entrant.latencies.push(...block);
  entrant.rounds.push({ median, perSecond: await atOnce(entrant.run, count, plan.now) });
}

async function oneByOne(
  run: () => Promise<void>,
  { now, blockRuns, blockMs }: Plan,
): Promise<readonly number[]> {
  const samples: number[] = [];
  const start = now();
  for (let end = start; samples.length < blockRuns && end - start < blockMs; ) {
    const begin = now();
    await run();
    end = now();
    samples.push(end - begin);
  }
  return samples;
}

async function atOnce(run: () => Promise<void>, count: number, now: () => number): Promise<number> {
  const start = now();
  await Promise.all(Array.from({ length: count }, run));
  return (count * 1_000) / (now() - start);
}

function outcomeOf(
  contender: Contender,
  entrants: readonly Entrant[],
  failures: ReadonlyMap<Contender, string>,
): Outcome {
  const failure = failures.get(contender);
  if (failure !== undefined) return { contender, failure };
  const entrant = entrants.find((candidate) => candidate.contender === contender);
  return { contender, latencies: entrant?.latencies ?? [], rounds: entrant?.rounds ?? [] };
}
