import { parentPort } from 'node:worker_threads';
import { meter } from '../../../src/engine/meter.ts';
import { verify } from '../../../src/engine/verify.ts';
import type { Counts, MutantReport, MutantTask } from './mutant-messages.ts';
import { seenAnswer } from './program.ts';

/** How much is granted, how often, to a module that asks for more. */
const SLICE = 100n;
const MOST_ASKS = 20;

interface Outcome {
  readonly verdict: keyof Counts;
  readonly problem: string | null;
}

type Bytes = Uint8Array<ArrayBuffer>;

class Enough extends Error {}

function treat(bytes: Bytes, task: MutantTask): Outcome {
  try {
    if (task.kind === 'plain') return meterAndRun(bytes, task);
    const proof = verify(bytes, task.depth === undefined ? {} : { maximumCallDepth: task.depth });
    if (!WebAssembly.validate(bytes)) return { verdict: 'invalid', problem: null };
    if (!proof.ok || task.kind === 'unproved') return { verdict: 'refused', problem: null };
    return { verdict: 'ran', problem: problemOfRun(bytes, task) };
  } catch (error) {
    return { verdict: 'refused', problem: `it threw: ${error instanceof Error ? error.stack : error}` };
  }
}

function meterAndRun(bytes: Bytes, task: MutantTask): Outcome {
  verify(bytes);
  const limits = { maximumPages: 16, maximumTableElements: 1_000 };
  const metered = meter(bytes, { ...limits, exportCounter: 'fuel', initialFuel: task.budget });
  if (!metered.ok) {
    const where = metered.offset >= 0 && metered.offset <= bytes.length;
    return { verdict: 'refused', problem: where ? null : `an offset of ${metered.offset}` };
  }
  if (!WebAssembly.validate(metered.bytes)) return { verdict: 'ran', problem: 'metered, it is not valid' };
  const proof = verify(metered.bytes);
  if (!proof.ok) return { verdict: 'ran', problem: `metered, it is not proved: ${proof.reason}` };
  return { verdict: 'ran', problem: problemOfRun(metered.bytes, task) };
}

/** Watches the counter, which only the host may fill, and keeps the host's account of it. */
class CounterWatch {
  counter: WebAssembly.Global | null = null;
  problem: string | null = null;
  #granted: bigint;
  #used = 0n;
  #asks = 0;

  constructor(budget: number) {
    this.#granted = BigInt(budget);
  }

  look(): void {
    const value = this.counter?.value;
    if (typeof value === 'bigint') this.#left(value);
  }

  refuel(left: bigint): bigint {
    this.#left(left);
    this.#asks += 1;
    if (this.#asks > MOST_ASKS) throw new Enough();
    this.#granted += SLICE - left;
    return SLICE;
  }

  #left(left: bigint): void {
    const used = this.#granted - left;
    if (used < this.#used) this.problem = `fuel came back: ${this.#used} used, then ${used}`;
    this.#used = used;
  }
}

function problemOfRun(
  bytes: Uint8Array<ArrayBuffer>,
  { budget, depth, call, args }: MutantTask,
): string | null {
  const watch = new CounterWatch(budget);
  const seen = (argument: number) => {
    watch.look();
    return seenAnswer(argument);
  };
  const refuel = (left: bigint) => watch.refuel(left);
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      h: { seen },
      wattle: { refuel, exhausted },
    });
    const { fuel } = exports;
    watch.counter = fuel instanceof WebAssembly.Global ? fuel : null;
    const run = exports[call];
    if (typeof run === 'function') run(...args);
  } catch (error) {
    if (!isEnd(error)) throw error;
    if (depth !== undefined && error instanceof RangeError) return "it was V8's stack that ended";
    // The check that asked in vain has told what the counter does not show yet.
    if (error instanceof Enough) return watch.problem;
  }
  watch.look();
  return watch.problem;
}

function exhausted(): never {
  throw new WebAssembly.RuntimeError('call stack exhausted');
}

/** A tampered module may trap, overflow the stack, fail to link, or have other parameters than before. */
function isEnd(error: unknown): boolean {
  return (
    error instanceof Enough ||
    error instanceof WebAssembly.RuntimeError ||
    error instanceof WebAssembly.LinkError ||
    error instanceof RangeError ||
    error instanceof TypeError
  );
}

function treatAll(task: MutantTask): MutantReport {
  const counts = { refused: 0, invalid: 0, ran: 0 };
  let problem: MutantReport['problem'] = null;
  for (const [mutant, bytes] of task.mutants.entries()) {
    const outcome = treat(bytes, task);
    counts[outcome.verdict] += 1;
    if (outcome.problem !== null) problem ??= { mutant, what: outcome.problem };
  }
  return { id: task.id, counts, problem };
}

parentPort?.on('message', (task: MutantTask) => parentPort?.postMessage(treatAll(task)));
