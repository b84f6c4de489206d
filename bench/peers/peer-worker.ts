import { parentPort, workerData } from 'node:worker_threads';
import { atMost } from './at-most.ts';
import type { Library } from './contender.ts';
import { extism } from './extism.ts';
import { quickJs } from './quickjs.ts';
import type { Workload } from './workloads.ts';

export type PeerName = 'extism' | 'quickjs';

export interface PeerSettings {
  readonly peer: PeerName;
  readonly workload: Workload;
  /** A flag that an answer is there, and the answer. */
  readonly answers: Int32Array;
}

/** What the worker says; the first is `ready`, and results come in the order of the runs. */
export type FromPeer =
  | { readonly type: 'ready' }
  | { readonly type: 'ask' }
  | { readonly type: 'done'; readonly result: number }
  | { readonly type: 'failed'; readonly error: string };

const LIBRARIES: Readonly<Record<PeerName, Library>> = { extism, quickjs: quickJs };

/** The entry of the thread: one run for each message. */
async function start(port: NonNullable<typeof parentPort>, settings: PeerSettings): Promise<void> {
  const { peer, workload, answers } = settings;
  const post = (message: FromPeer) => port.postMessage(message);
  const program = await LIBRARIES[peer].load(workload, () => ask(answers, post));
  const run = atMost(1, async () => {
    try {
      post({ type: 'done', result: await program.run() });
    } catch (error) {
      post({ type: 'failed', error: String(error) });
    }
  });
  port.on('message', () => void run());
  post({ type: 'ready' });
}

/** These libraries call the host synchronously, so the thread waits for the answer. */
function ask(answers: Int32Array, post: (message: FromPeer) => void): number {
  Atomics.store(answers, 0, 0);
  post({ type: 'ask' });
  Atomics.wait(answers, 0, 0);
  return Atomics.load(answers, 1);
}

if (parentPort === null) throw new Error('this file is started as a worker thread by in-worker.ts');
await start(parentPort, workerData);
