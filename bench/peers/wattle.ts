import type { HostAnswer, RunResult } from '../../src/engine/port.ts';
import { openWorkload } from '../engine-workload.ts';
import type { Contender, Session } from './contender.ts';
import { ANSWER, type Workload } from './workloads.ts';

/** The engine as the bot uses it, with its limits as they are by default. */
export const wattle: Contender = { name: 'Wattle', thread: 'own', fresh: true, endless: 'run', open };

async function open({ body }: Workload): Promise<Session> {
  const { engine, prepare, run } = await openWorkload();
  const program = await prepare(body);
  const given = { resultSize: 4, onHostCall: answer };
  return {
    run: async () => numberOf(await run(program, given)),
    close: () => engine.stop(),
  };
}

async function answer(): Promise<HostAnswer> {
  return { ok: true, value: ANSWER };
}

function numberOf({ result, error }: RunResult): number {
  if (result === null) throw new Error(error ?? 'the program gave no result');
  return new DataView(result.buffer, result.byteOffset, result.byteLength).getInt32(0, true);
}
