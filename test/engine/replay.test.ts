import { describe, expect, it } from 'vitest';
import type { HostAnswer } from '../../src/engine/port.ts';
import { recordHostCalls } from '../../src/engine/replay/record-host-calls.ts';
import type { RunRecording } from '../../src/engine/replay/recording.ts';
import { gate, harness, program } from './fixtures/harness.ts';
import { counting, record, replayWith } from './fixtures/recorded.ts';

const MEMORY = '(memory (export "memory") 1)';
const TEXTS = '(data (i32.const 8) "\\01\\00\\00\\00a") (data (i32.const 16) "\\01\\00\\00\\00b")';

/** Fetches each text, logs each answer, hands over the last, and ends with the first status that is no success. */
function fetching(...pointers: readonly number[]): string {
  const each = pointers.map(
    (pointer) => `(call $host.fetch (i32.const ${pointer})) (local.set $err) (local.set $text)
      (if (local.get $err) (then (return (local.get $err))))
      (call $debug.log (local.get $text)) (drop) (drop)
      (call $core.resv (local.get $text)) (drop) (drop)`,
  );
  return program(`(local $err i32) (local $text i32) ${each.join(' ')} (i32.const 0)`, `${MEMORY} ${TEXTS}`);
}

const A = 8;
const B = 16;
const ENDLESS = program('(loop $l (br $l)) (i32.const 0)');

function withCalls(recording: RunRecording, hostCalls: RunRecording['hostCalls']): RunRecording {
  return { ...recording, hostCalls };
}

describe('recordRuns', () => {
  it('keeps arguments, limits, what the host was asked and said, and the result without its times', async () => {
    const { recording, result } = await record(harness(), fetching(A, B), { onHostCall: counting() });
    expect(recording.hostCalls).toEqual([
      { call: 'host.fetch', args: ['a'], answer: { ok: true, value: 'a 1' } },
      { call: 'host.fetch', args: ['b'], answer: { ok: true, value: 'b 2' } },
    ]);
    expect(recording.result).toMatchObject({ outcome: 'ok', debug: ['a 1', 'b 2'], fuel: result.fuel });
    expect(JSON.stringify(recording)).not.toContain('durationMs');
  });

  it('keeps the bytes as they were when the host gave them', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const wat = program('(call $host.big (i32.const 1)) (drop) (drop) (i32.const 0)');
    const { recording } = await record(harness(), wat, {
      onHostCall: async () => ({ ok: true, value: bytes }),
    });
    bytes.fill(9);
    expect(recording.hostCalls[0]?.answer).toEqual({ ok: true, value: new Uint8Array([1, 2, 3]) });
  });
});

describe('recordHostCalls', () => {
  it('says when there was more than it may keep, and goes on answering', async () => {
    const recorder = recordHostCalls(async () => ({ ok: true, value: 'x'.repeat(60) }), 100);
    const call = { capability: 'host', name: 'fetch', args: [] };
    await recorder.onHostCall(call);
    expect(recorder.calls()).toMatchObject({ ok: true });
    expect(await recorder.onHostCall(call)).toMatchObject({ ok: true });
    expect(recorder.calls()).toEqual({ ok: false, problem: expect.stringContaining('100 bytes') });
  });
});

describe('replay', () => {
  it('gives the same with no host at all', async () => {
    const h = harness();
    const { recording, result } = await record(h, fetching(A, B), { onHostCall: counting() });
    const replayed = await replayWith(h, fetching(A, B), recording);
    expect(replayed).toMatchObject({ same: true, sameModule: true });
    expect(replayed.result.fuel).toBe(result.fuel);
  });

  it('gives the same with slices of another length', async () => {
    const h = harness();
    const { recording } = await record(h, fetching(A, B), { onHostCall: counting() });
    for (const slice of [100, 101, 1_000_000]) {
      expect(await replayWith(h, fetching(A, B), recording, { limits: { slice } })).toMatchObject({
        same: true,
      });
    }
  });

  const answers: readonly (readonly [string, () => Promise<HostAnswer>])[] = [
    ['a failure', async () => ({ ok: false, status: 'EREMOTE', message: 'no such host' })],
    ['an exception', () => Promise.reject(new Error('inside'))],
    ['a value of the wrong type', async () => ({ ok: true, value: 1n })],
    ['a value that is none', async () => ({ ok: true, value: {} as never })],
    ['more than a call may give back', async () => ({ ok: true, value: 'x'.repeat(5 * 2 ** 20) })],
  ];
  it.each(answers)('gives the same where the host answered with %s', async (_, onHostCall) => {
    const h = harness();
    const { recording, result } = await record(h, fetching(A), { onHostCall });
    expect(result.outcome).not.toBe('ok');
    expect(await replayWith(h, fetching(A), recording)).toMatchObject({ same: true });
  });

  it('names the call that was expected and the one that came, and ends there', async () => {
    const h = harness();
    const { recording } = await record(h, fetching(A, B), { onHostCall: counting() });
    const replayed = await replayWith(h, fetching(A, A), recording);
    expect(replayed).toMatchObject({
      same: false,
      sameModule: false,
      differences: [{ field: 'host call 2', recorded: 'host.fetch("b")', replayed: 'host.fetch("a")' }],
      result: { outcome: 'cancelled' },
    });
  });

  it('names a call beyond those that were recorded', async () => {
    const h = harness();
    const { recording } = await record(h, fetching(A), { onHostCall: counting() });
    expect(await replayWith(h, fetching(A, B), recording)).toMatchObject({
      differences: [{ field: 'host call 2', recorded: 'no call', replayed: 'host.fetch("b")' }],
    });
  });

  it('names a recorded call that was not made', async () => {
    const h = harness();
    const { recording } = await record(h, fetching(A, B), { onHostCall: counting() });
    const replayed = await replayWith(h, fetching(A), recording);
    expect(replayed.same ? [] : replayed.differences).toContainEqual({
      field: 'host call 2',
      recorded: 'host.fetch("b")',
      replayed: 'no call',
    });
  });

  it('names every field of the result that differs', async () => {
    const h = harness();
    const { recording, result } = await record(h, fetching(A), { onHostCall: counting() });
    const forged = { ...recording.result, fuel: 1, debug: ['other'], result: null };
    expect(await replayWith(h, fetching(A), { ...recording, result: forged })).toMatchObject({
      differences: [
        { field: 'fuel', recorded: '1', replayed: String(result.fuel) },
        { field: 'result', recorded: 'none', replayed: '0x03000000612031' },
        { field: 'debug line 1 text', recorded: 'other', replayed: 'a 1' },
      ],
    });
  });

  it('takes calls written by hand, where any arguments will do', async () => {
    const h = harness();
    const { recording } = await record(h, fetching(A), { onHostCall: counting() });
    const byHand = [{ call: 'host.fetch', answer: { ok: true, value: 'a 1' } }] as const;
    expect(await replayWith(h, fetching(A), withCalls(recording, byHand))).toMatchObject({ same: true });
  });
});

describe('replay of a run that the clock ended', () => {
  it('goes as far as the call that was not answered', async () => {
    const h = harness();
    const stop = new AbortController();
    const host = gate<HostAnswer>();
    const recorded = record(h, fetching(A), { onHostCall: () => host.wait(), signal: stop.signal });
    await host.asked;
    stop.abort();
    const { recording } = await recorded;
    host.open({ ok: true, value: 'late' });
    expect(recording.hostCalls).toEqual([{ call: 'host.fetch', args: ['a'], answer: null }]);
    expect(await replayWith(h, fetching(A), recording)).toMatchObject({ same: true });
    expect(await replayWith(h, fetching(B), recording)).toMatchObject({ same: false });
  });

  it('goes as far as the fuel that an endless program had used', async () => {
    const h = harness();
    const { recording, result } = await record(h, ENDLESS, { limits: { deadlineMs: 30, fuel: 1e12 } });
    expect(result.outcome).toBe('deadline');
    const replayed = await replayWith(h, ENDLESS, recording);
    expect(replayed).toMatchObject({ same: true, result: { outcome: 'out-of-fuel' } });
  });

  it('does not pass for the same when it is cut short itself', async () => {
    const h = harness();
    const { recording } = await record(h, ENDLESS, { limits: { deadlineMs: 30, fuel: 1e12 } });
    const longer = { ...recording, result: { ...recording.result, fuel: 1e11 } };
    expect(await replayWith(h, ENDLESS, longer, { limits: { deadlineMs: 30 } })).toMatchObject({
      differences: [{ field: 'outcome', recorded: 'deadline at 100000000000 fuel' }],
    });
  });

  it('is not asked how far a run had got that lost its worker', async () => {
    const h = harness();
    const { recording } = await record(h, ENDLESS, { limits: { deadlineMs: 30, fuel: 1e12 } });
    const lost = { ...recording, result: { ...recording.result, fuel: 1e12 } };
    expect(await replayWith(h, ENDLESS, lost, { limits: { deadlineMs: 30 } })).toMatchObject({ same: true });
  });

  it('still holds the debug lines and the calls to what was recorded', async () => {
    const h = harness();
    const stop = new AbortController();
    const calls = counting();
    const { recording } = await record(h, fetching(A, B), {
      onHostCall: (call) => {
        if (call.args[0] === 'b') stop.abort();
        return calls(call);
      },
      signal: stop.signal,
    });
    expect(recording.result).toMatchObject({ outcome: 'cancelled', debug: ['a 1'] });
    expect(await replayWith(h, fetching(A, B), recording)).toMatchObject({ same: true });
    const forged = { ...recording, result: { ...recording.result, debug: ['b 1'] } };
    expect(await replayWith(h, fetching(A, B), forged)).toMatchObject({
      differences: [{ field: 'debug line 1 text', recorded: 'b 1', replayed: 'a 1' }],
    });
  });
});

describe('replay that is stopped', () => {
  it('says that it was', async () => {
    const h = harness();
    const { recording } = await record(h, fetching(A), { onHostCall: counting() });
    const replayed = await replayWith(h, fetching(A), recording, { signal: AbortSignal.abort() });
    expect(replayed.same ? [] : replayed.differences).toContainEqual({
      field: 'outcome',
      recorded: 'ok',
      replayed: 'cancelled',
    });
  });
});
