import { flushCompileCache } from 'node:module';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { guestCapabilitiesOf } from '../guest-capability.ts';
import type { FromWorker, ToWorker, WorkerSettings } from '../messages.ts';
import { HostHeap } from './host-heap.ts';
import { MemoryPool } from './memory-pool.ts';
import { RunTable } from './run-table.ts';
import { TurnQueue } from './turn-queue.ts';

/** The entry of a worker thread: loads the pure capabilities, then does what the main thread says. */
async function start(port: NonNullable<typeof parentPort>, settings: WorkerSettings): Promise<void> {
  const post = (message: FromWorker) => port.postMessage(message);
  const clock = () => performance.now();
  const table = new RunTable({
    capabilities: guestCapabilitiesOf(await import(settings.pureCapabilities)),
    clock,
    turns: new TurnQueue(clock),
    memories: new MemoryPool(),
    heap: new HostHeap(settings.heldBytes),
    post,
  });
  port.on('message', (message: ToWorker) => table.receive(message));
  post({ type: 'ready' });
  // A thread that is terminated does not keep what it compiled.
  flushCompileCache();
}

if (parentPort === null) throw new Error('this file is started as a worker thread by the engine');
await start(parentPort, workerData);
