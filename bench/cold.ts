import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { type EngineWorkload, openWorkload } from './engine-workload.ts';
import { renderLatencies } from './latency-table.ts';
import { type Figure, sample, time } from './measure.ts';

const PROGRAMS = 1_000;
/** Programs before the measured ones: until then V8 still compiles the compiler, on the same cores. */
const WARM_UP = 1_500;
/** Between two programs, as between two steps of a model. */
const PAUSE_MS = 5;
/** The numbers of a text, as a length-prefixed argument. */
const ARGUMENT = prefixed('12 drums, 7 flutes and 1998 fiddles: 30 bows');
const SEED = '(local.set $check (i32.const 1))';

/** From source text to result on a warm worker, each time another program: sum, largest and number of numbers. */
export async function measureCold(): Promise<string> {
  const source = await readFile(new URL('./cold-program.wat', import.meta.url), 'utf8');
  if (!source.includes(SEED)) throw new Error(`expected ${SEED} in the program, but it is not there`);
  const workload = await openWorkload();
  try {
    const lines = source.trimEnd().split('\n').length;
    const figures = [
      await measure(`${lines} lines, one after the other`, 0, { source, workload }),
      await measure(`${lines} lines, ${PAUSE_MS} ms apart`, PAUSE_MS, { source, workload }),
      await sample('a plain loop, to show how busy the machine is', PROGRAMS, async () => spin()),
    ];
    return renderLatencies(figures);
  } finally {
    await workload.engine.stop();
  }
}

async function measure(
  name: string,
  pauseMs: number,
  { source, workload }: { readonly source: string; readonly workload: EngineWorkload },
): Promise<Figure> {
  const samples: number[] = [];
  for (let index = -WARM_UP; index < PROGRAMS; index += 1) {
    if (pauseMs > 0) await setTimeout(pauseMs);
    // Another constant makes other machine code: neither this engine nor V8 has seen the module before.
    const seed = pauseMs * 100_000 + index + WARM_UP + 2;
    const body = source.replace(SEED, `(local.set $check (i32.const ${seed}))`);
    const spent = await time(() => runOnce(body, workload));
    if (index >= 0) samples.push(spent);
  }
  return { name, samples };
}

async function runOnce(body: string, { prepare, run }: EngineWorkload): Promise<void> {
  const program = await prepare(body);
  const { outcome, error, result } = await run(program, {
    args: [ARGUMENT],
    resultSize: 'length-prefixed',
  });
  if (outcome !== 'ok') throw new Error(`expected the outcome ok, but got ${outcome}: ${error}`);
  const sum = new DataView((result ?? new Uint8Array(8)).buffer).getInt32(4, true);
  if (sum !== 2_047) throw new Error(`expected the sum 2047, but got ${sum}`);
}

/** About a millisecond of computing, which nothing but other processes can make longer. */
function spin(): number {
  let value = 1;
  for (let turn = 0; turn < 1_000_000; turn += 1) value = (Math.imul(value, 31) + turn) | 0;
  return value;
}

function prefixed(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const argument = new Uint8Array(4 + bytes.length);
  new DataView(argument.buffer).setUint32(0, bytes.length, true);
  argument.set(bytes, 4);
  return argument;
}
