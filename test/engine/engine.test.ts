import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/engine/limits.ts';
import { FUEL_CASES } from './fixtures/fuel-cases.ts';
import { program, sharedHarness } from './fixtures/harness.ts';

const { engine, prepare, run } = sharedHarness();
afterAll(() => engine.stop());

const TEN_TURNS = `(local $i i32) (local.set $i (i32.const 10))
  (loop $l (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1))))) (i32.const 0)`;

describe('a run', () => {
  it('ends as ok with its bill', async () => {
    expect(await run(program(TEN_TURNS))).toEqual({
      outcome: 'ok',
      status: 'SUCCESS',
      result: null,
      fuel: 54,
      memoryBytes: 65_536,
      durationMs: expect.any(Number),
      hostCalls: [],
      debug: [],
      error: null,
      place: null,
    });
  });

  it('takes arguments and gives a result of fixed size', async () => {
    const body = `(local $p i32) (call $core.argv (i32.const 1)) (drop) (local.set $p)
      (i32.store (local.get $p) (i32.add (i32.load (local.get $p)) (i32.const 1)))
      (call $core.resv (local.get $p)) (drop) (drop) (i32.const 0)`;
    const args = [Uint8Array.of(9), Uint8Array.of(41, 0, 0, 0)];
    const { result, outcome } = await run(program(body), { args, resultSize: 4 });
    expect({ result, outcome }).toEqual({ result: Uint8Array.of(42, 0, 0, 0), outcome: 'ok' });
  });

  it('gives a result of any length, with its length', async () => {
    const fields = '(memory (export "memory") 1) (data (i32.const 16) "\\03\\00\\00\\00abc")';
    const body = '(call $core.resv (i32.const 16)) (drop) (drop) (i32.const 0)';
    const { result } = await run(program(body, fields), { resultSize: 'length-prefixed' });
    expect(result).toEqual(Uint8Array.of(3, 0, 0, 0, 97, 98, 99));
  });

  it('does not lay open what lies beside its arguments', async () => {
    const around = new Uint8Array(1_000).fill(7);
    const body = '(call $core.argv (i32.const 0)) (drop) (call $core.resv) (drop) (drop) (i32.const 0)';
    const { result } = await run(program(body), { args: [around.subarray(500, 502)], resultSize: 2 });
    expect(result).toEqual(Uint8Array.of(7, 7));
  });

  it('ends as status with the name of the code, and with what the failed function said', async () => {
    const { outcome, status, error } = await run(
      program('(local $s i32) (call $test.fails) (local.set $s) (drop) (local.get $s)'),
    );
    expect({ outcome, status, error }).toEqual({
      outcome: 'status',
      status: 'EPARSE',
      error: 'the program returned EPARSE: test.fails: no sense in it',
    });
  });

  it('ends as status without a name for a code that is none', async () => {
    expect(await run(program('(i32.const 42)'))).toMatchObject({
      outcome: 'status',
      status: null,
      error: 'the program returned 42, which is no status',
    });
  });

  it.each([
    ['(unreachable)', 'unreachable instruction executed'],
    ['(i32.load (i32.const -4))', 'memory access out of bounds'],
    ['(i32.div_s (i32.const 1) (i32.const 0))', 'integer divide by zero'],
    ['(i32.div_s (i32.const 0x80000000) (i32.const -1))', 'integer overflow in a division'],
    ['(i32.trunc_f64_s (f64.const nan))', 'a float that fits no integer'],
    ['(call $deep) (i32.const 0)', 'call stack exhausted'],
    ['(call_indirect (result i32) (i32.const 7))', 'table access out of bounds'],
    ['(call_indirect (result i32) (i32.const 0))', 'indirect call of a missing function or of another type'],
  ])('ends as trap in clear words: %s', async (body, words) => {
    const fields = '(memory (export "memory") 1) (table 1 funcref) (func $deep (call $deep))';
    const { outcome, error, fuel } = await run(program(body, fields));
    expect({ outcome, error }).toEqual({ outcome: 'trap', error: `trap: ${words}` });
    expect(fuel).toBeGreaterThan(0);
  });

  it('ends as out-of-fuel with the whole budget, one unit more being enough', async () => {
    const least = FUEL_CASES.find(({ name }) => name === 'a loop of ten turns')?.leastBudget ?? 0;
    expect(await run(program(TEN_TURNS), { limits: { fuel: least - 1 } })).toMatchObject({
      outcome: 'out-of-fuel',
      fuel: least - 1,
      error: `the budget of ${least - 1} fuel is used up`,
    });
    expect(await run(program(TEN_TURNS), { limits: { fuel: least } })).toMatchObject({ outcome: 'ok' });
  });

  it('uses the same fuel however it is sliced', async () => {
    const body = `(local $i i32) (loop $l (memory.fill (i32.const 0) (i32.const 0) (local.get $i))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 300)))) (i32.const 0)`;
    const slices = await Promise.all(
      [100, 777, 1_000_000].map((slice) => run(program(body), { limits: { slice } })),
    );
    expect(new Set(slices.map(({ fuel }) => fuel)).size).toBe(1);
    expect(slices.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  });

  it('has no more memory than its limit: growing further answers -1', async () => {
    const body = `(drop (memory.grow (i32.const 2)))
      (if (result i32) (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then (i32.const 0)) (else (i32.const 1)))`;
    expect(await run(program(body), { limits: { memoryPages: 3 } })).toMatchObject({
      outcome: 'ok',
      memoryBytes: 3 * 65_536,
    });
    expect(await run(program(body), { limits: { memoryPages: 4 } })).toMatchObject({
      outcome: 'status',
      memoryBytes: 4 * 65_536,
    });
  });

  it('counts ENOMEM as out-of-memory', async () => {
    const body = '(local $s i32) (call $test.zeros (i32.const 70000)) (local.set $s) (drop) (local.get $s)';
    expect(await run(program(body), { limits: { memoryPages: 1 } })).toMatchObject({
      outcome: 'out-of-memory',
      status: 'ENOMEM',
      error: 'the program returned ENOMEM: test.zeros: no memory left for a result of 70000 bytes',
    });
    expect(await run(program(body), { limits: { memoryPages: 2 } })).toMatchObject({ outcome: 'ok' });
  });

  it('keeps 200 debug lines of 4000 characters and says what it cut', async () => {
    const fields = `(memory (export "memory") 1) (data (i32.const 8) "\\02\\00\\00\\00hi")`;
    const body = `(local $i i32) (loop $l (call $debug.log (i32.const 8)) (drop) (drop)
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 205)))) (i32.const 0)`;
    const { debug } = await run(program(body, fields));
    expect(debug).toHaveLength(201);
    expect([debug[0], debug[199], debug[200]]).toEqual(['hi', 'hi', '… (5 more lines)']);
    const long = `(memory (export "memory") 1) (data (i32.const 8) "\\a3\\0f\\00\\00${'x'.repeat(4_003)}")`;
    const cut = await run(program('(call $debug.log (i32.const 8)) (drop) (drop) (i32.const 0)', long));
    expect(cut.debug).toEqual([`${'x'.repeat(4_000)}… (3 more characters)`]);
  });

  it('leaves nothing behind for the next run', async () => {
    const fields = '(memory (export "memory") 1) (global $g (mut i32) (i32.const 0))';
    const body = `(if (i32.or (global.get $g) (i32.load (i32.const 0))) (then (unreachable)))
      (global.set $g (i32.const 1)) (i32.store (i32.const 0) (i32.const 1)) (i32.const 0)`;
    const outcomes = [await run(program(body, fields)), await run(program(body, fields))];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  });

  it.each([
    ['returns', '(i32.const 0)'],
    ['traps', '(unreachable)'],
    ['grows its memory', '(drop (memory.grow (i32.const 1))) (i32.const 0)'],
    ['uses up its fuel', '(loop $again (br $again)) (unreachable)'],
  ])('finds a memory that is zero and small after one that %s', async (_name, end) => {
    const unlikeFresh = '(i32.or (i32.load (i32.const 60000)) (i32.ne (memory.size) (i32.const 1)))';
    const body = `(if ${unlikeFresh} (then (return (i32.const 5))))
      (i32.store (i32.const 60000) (i32.const 1)) ${end}`;
    const limits = { ...DEFAULT_LIMITS, fuel: 1_000 };
    const first = await run(program(body), { limits });
    expect(await run(program(body), { limits })).toEqual({ ...first, durationMs: expect.any(Number) });
    expect(first.status).not.toBe('EBOUND');
  });
});

describe('a run is invalid', () => {
  it('when its program imports what is not granted', async () => {
    const wat = program('(call $host.wait (i32.const 1)) (drop) (drop) (i32.const 0)');
    expect(await run(wat, { grants: ['core', 'test'] })).toMatchObject({
      outcome: 'invalid',
      error: 'the program imports host.wait; granted are core, test',
    });
  });

  it('when a worker does not have a granted function', async () => {
    expect(await run(program('(call $test.missing) (drop) (drop) (i32.const 0)'))).toMatchObject({
      outcome: 'invalid',
      error: 'no worker has the function test.missing',
    });
  });

  it('when there is no function to run', async () => {
    expect(await run('(module (func (export "other")))')).toMatchObject({
      outcome: 'invalid',
      error: 'the program exports no function "run"',
    });
  });

  it('when a limit is out of its range', async () => {
    expect(await run(program('(i32.const 0)'), { limits: { fuel: 0, hostCalls: 1.5 } })).toMatchObject({
      outcome: 'invalid',
      error:
        'fuel must be a whole number of fuel from 1 to 1000000000000, not 0; ' +
        'hostCalls must be a whole number of calls from 0 to 1000000, not 1.5',
    });
  });

  it('when its program was prepared for more memory, or by somebody else', async () => {
    const prepared = await prepare(program('(i32.const 0)'), { memoryPages: 10 });
    const request = {
      args: [],
      resultSize: 0,
      grants: [],
      limits: { ...DEFAULT_LIMITS, memoryPages: 9 },
      signal: new AbortController().signal,
      onHostCall: async () => ({ ok: true, value: null }) as const,
    };
    expect(await engine.run({ ...request, program: prepared })).toMatchObject({
      outcome: 'invalid',
      error: 'the program was prepared for 10 pages of 64 KiB (memoryPages); the run allows 9',
    });
    expect(await engine.run({ ...request, program: { ...prepared } })).toMatchObject({
      outcome: 'invalid',
      error: 'the program was not prepared by this engine',
    });
  });
});

describe('createEngine', () => {
  it('rejects a run when its workers cannot start, since no program is to blame', async () => {
    const broken = sharedHarness({ pureCapabilities: new URL('./none.ts', import.meta.url) });
    await expect(broken.run(program('(i32.const 0)'))).rejects.toThrow(/none\.ts/);
    await broken.engine.stop();
  });

  it('rejects a run when the module of capabilities exports none', async () => {
    const broken = sharedHarness({ pureCapabilities: new URL('./fixtures/wasm.ts', import.meta.url) });
    await expect(broken.run(program('(i32.const 0)'))).rejects.toThrow(/pureCapabilities/);
    await broken.engine.stop();
  });
});
