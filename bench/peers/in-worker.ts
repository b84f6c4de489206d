import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Contender, Library, Session } from './contender.ts';
import type { FromPeer, PeerName, PeerSettings } from './peer-worker.ts';
import { ANSWER, type Workload } from './workloads.ts';

/** Gives a library without threads the isolation that Wattle has: a worker, reached by message. */
export function inWorker({ name, endless }: Library, peer: PeerName): Contender {
  return {
    name: `${name}, in a worker`,
    thread: 'own',
    fresh: true,
    endless,
    open: (workload) => open(peer, workload),
  };
}

async function open(peer: PeerName, workload: Workload): Promise<Session> {
  const answers = new Int32Array(new SharedArrayBuffer(8));
  const settings: PeerSettings = { peer, workload, answers };
  const worker = new Worker(new URL('./peer-worker.ts', import.meta.url), { workerData: settings });
  const waiting: PromiseWithResolvers<number>[] = [];
  await once(worker, 'message');
  worker.on('message', (message: FromPeer) => {
    if (message.type === 'ask') answer(answers);
    else if (message.type === 'failed') waiting.shift()?.reject(new Error(message.error));
    else if (message.type === 'done') waiting.shift()?.resolve(message.result);
  });
  return {
    run: () => {
      const run = Promise.withResolvers<number>();
      waiting.push(run);
      worker.postMessage(null);
      return run.promise;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}

/** The quickest way to a thread that waits: the value, the flag, and a notice. */
function answer(answers: Int32Array): void {
  Atomics.store(answers, 1, ANSWER);
  Atomics.store(answers, 0, 1);
  Atomics.notify(answers, 0);
}
