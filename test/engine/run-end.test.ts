import { describe, expect, it } from 'vitest';
import type { HostAnswer } from '../../src/engine/port.ts';
import { endOfError } from '../../src/engine/worker/run-end.ts';
import { gate, harness, program } from './fixtures/harness.ts';

describe('endOfError', () => {
  it('counts memory that the machine does not have as out-of-memory', () => {
    const error = new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory');
    expect(endOfError(error, null)).toEqual({
      outcome: 'out-of-memory',
      status: null,
      error: `no memory for the program: ${error.message}`,
      frames: [],
    });
  });

  it('counts a module that does not fit its imports as invalid', () => {
    expect(endOfError(new WebAssembly.LinkError('import 3'), null)).toMatchObject({ outcome: 'invalid' });
  });

  it('never keeps a failure of its own to itself', () => {
    expect(endOfError(new TypeError('x is undefined'), null)).toMatchObject({
      outcome: 'trap',
      error: 'engine failure: x is undefined',
    });
  });
});

describe('a run of a module whose segments do not fit', () => {
  const BODY = '(i32.const 0)';

  it.each([
    ['data', program(BODY, '(memory 1) (data (i32.const 65536) "x")')],
    ['elements', program(BODY, '(table 1 funcref) (func $f) (elem (i32.const 1) $f)')],
  ])('ends as a trap that says so: %s', async (_, wat) => {
    const { run } = harness();
    expect(await run(wat)).toMatchObject({
      outcome: 'trap',
      error: 'trap: a data or element segment that does not fit',
      fuel: 0,
    });
  });

  it('is told from one that reaches past its table', async () => {
    const { run } = harness();
    const reach = '(drop (table.get 0 (i32.const 1))) (i32.const 0)';
    expect((await run(program(reach, '(table 1 funcref)'))).error).toBe('trap: table access out of bounds');
  });
});

describe('a run whose last call is long', () => {
  const WAIT = '(call $host.wait (i32.const 1)) (drop) (drop)';
  const SPIN = '(call $test.spin (i32.const 200)) (drop) (drop)';

  it('ends as deadline when it is late by then, though its program returned', async () => {
    const { run } = harness();
    await run(program('(i32.const 0)'));
    expect(await run(program(`${SPIN} (i32.const 0)`), { limits: { deadlineMs: 50 } })).toMatchObject({
      outcome: 'deadline',
      status: null,
      error: 'the deadline of 50 ms has passed',
    });
  });

  it('ends as cancelled when it was stopped meanwhile, with what it had used', async () => {
    const { run } = harness();
    const host = gate<HostAnswer>();
    const stop = new AbortController();
    const result = run(program(`${WAIT} ${SPIN} (i32.const 0)`), {
      signal: stop.signal,
      onHostCall: host.wait,
    });
    await host.asked;
    host.open({ ok: true, value: 0 });
    setImmediate(() => stop.abort());
    const { outcome, status, error, fuel } = await result;
    expect({ outcome, status, error }).toEqual({
      outcome: 'cancelled',
      status: null,
      error: 'the run was cancelled',
    });
    expect(fuel).toBeGreaterThan(0);
  });

  it.each([
    [
      'returns',
      '(local $status i32)',
      '(call $test.stalls (i32.const 200)) (local.set $status) (drop) (local.get $status)',
    ],
    ['ends with', '', '(call $test.stalls! (i32.const 200)) (i32.const 0)'],
  ])(
    'ends as cancelled when it was stopped before a call for which there was no memory, whose status it %s',
    async (_, local, last) => {
      const { run } = harness();
      const host = gate<HostAnswer>();
      const stop = new AbortController();
      const result = run(program(`${local} ${WAIT} ${last}`), { signal: stop.signal, onHostCall: host.wait });
      await host.asked;
      host.open({ ok: true, value: 0 });
      setImmediate(() => stop.abort());
      expect(await result).toMatchObject({
        outcome: 'cancelled',
        status: null,
        error: 'the run was cancelled',
      });
    },
  );
});
