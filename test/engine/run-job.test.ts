import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import type { CallAnswer, ToWorker } from '../../src/engine/messages.ts';
import { Admission } from '../../src/engine/pool/admission.ts';
import { RunJob } from '../../src/engine/pool/run-job.ts';
import type { CompiledProgram, RunRequest } from '../../src/engine/port.ts';
import { moduleOf } from './fixtures/wasm.ts';

const PROGRAM: CompiledProgram = {
  hash: 'h',
  module: new WebAssembly.Module(moduleOf()),
  code: moduleOf(),
  heapBase: 0,
  heapBytes: 0,
  memory: null,
  imports: [],
};
const CALL = {
  run: 1,
  request: { capability: 'host', name: 'big', args: [] },
  bytesIn: 5,
  memoryBytes: 0,
} as const;
const REPORT = {
  outcome: 'trap',
  status: null,
  result: null,
  fuel: 1,
  memoryBytes: 0,
  debug: [],
  error: 'trap',
  frames: [],
} as const;

function job(request: Partial<RunRequest>, now = () => 0) {
  const hostErrors: string[] = [];
  const made = new RunJob({
    id: 1,
    request: {
      program: PROGRAM,
      args: [],
      resultSize: 0,
      grants: [],
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      onHostCall: async () => ({ ok: true, value: 'x'.repeat(10) }),
      ...request,
    },
    now,
    room: new Admission(1_000_000, () => undefined).room(0),
    onHostError: (name, error) => hostErrors.push(`${name}: ${error}`),
    graceMs: 1_000,
  });
  return { made, hostErrors };
}

describe('RunJob', () => {
  it('ends the call as failed when its answer cannot be posted', async () => {
    const { made, hostErrors } = job({});
    const answers: CallAnswer[] = [];
    made.startOn({
      post(message: ToWorker) {
        if (message.type !== 'answer') return;
        if ('ok' in message.answer) throw new Error('Data cannot be cloned, out of memory.');
        answers.push(message.answer);
      },
      giveUp: () => undefined,
    });
    await made.onCall(CALL);
    made.onDone(REPORT);
    expect(answers).toEqual([{ failed: true }]);
    expect(hostErrors).toEqual(['host.big: Error: Data cannot be cloned, out of memory.']);
    expect((await made.result).hostCalls).toMatchObject([
      { name: 'host.big', status: 'EREMOTE', message: 'it failed inside the host', bytesIn: 5, bytesOut: 0 },
    ]);
  });

  it('counts neither its deadline nor its duration while its thread comes up', async () => {
    let time = 0;
    const { made } = job({}, () => time);
    const posted: ToWorker[] = [];
    time = 10;
    made.holdClock();
    time = 40_000;
    made.startOn({ post: (message) => posted.push(message), giveUp: () => undefined });
    expect(posted).toMatchObject([{ type: 'start', remainingMs: DEFAULT_LIMITS.deadlineMs - 10 }]);
    time += 5;
    made.onDone(REPORT);
    expect((await made.result).durationMs).toBe(15);
  });

  it('can be stopped while its thread comes up', async () => {
    let time = 0;
    const stop = new AbortController();
    const { made } = job({ signal: stop.signal }, () => time);
    time = 10;
    made.holdClock();
    time = 40_000;
    stop.abort();
    expect(await made.result).toMatchObject({ outcome: 'cancelled', durationMs: 10 });
  });

  it('is not made with arguments that were transferred', () => {
    const args = [new Uint8Array(8)];
    structuredClone(args[0]?.buffer, { transfer: args.map(({ buffer }) => buffer) });
    expect(() => job({ args })).toThrow(TypeError);
  });
});
