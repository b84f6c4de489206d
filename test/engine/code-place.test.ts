import { afterAll, describe, expect, it } from 'vitest';
import { program, sharedHarness } from './fixtures/harness.ts';

const { engine, run } = sharedHarness();

afterAll(() => engine.stop());

const refusing = {
  onHostCall: async () => ({ ok: false, status: 'ENOENT', message: 'none' }) as const,
};

/** A call of a function with effects, whose status is left alone. */
const CALL = '(call $host.wait (i32.const 1)) (drop) (drop)';
/** The same, whose status ends the program. */
const CHECKED = '(drop (call $host.wait! (i32.const 1)))';

describe('the place of a run', () => {
  it('is none for one that worked', async () => {
    expect((await run(program(`${CALL} (i32.const 0)`))).place).toBeNull();
  });

  it.each([
    [
      'i32.div_u',
      '(drop (i32.div_u (i32.const 1) (i32.const 1))) (drop (i32.div_u (i32.const 1) (i32.const 0)))',
      1,
    ],
    ['unreachable', '(if (i32.const 0) (then unreachable)) unreachable', 1],
    ['i32.load', '(drop (i32.load (i32.const 0))) (drop (i32.load (i32.const -1)))', 1],
    ['i32.trunc_f64_s', '(drop (i32.trunc_f64_s (f64.const nan)))', 0],
    ['memory.fill', '(memory.fill (i32.const -9) (i32.const 0) (i32.const 200))', 0],
  ])('is the instruction that trapped: %s', async (instruction, body, occurrence) => {
    const result = await run(program(`${body} (i32.const 0)`));
    expect(result).toMatchObject({ outcome: 'trap', place: { instruction, occurrence } });
  });

  it('is the call that failed, where it ends the program', async () => {
    const result = await run(program(`${CALL} (loop ${CHECKED}) ${CALL} (i32.const 0)`), refusing);
    expect(result).toMatchObject({
      outcome: 'status',
      status: 'ENOENT',
      place: { instruction: 'call', occurrence: 1 },
    });
  });

  it('is the last call that failed with the status that the program returned', async () => {
    const result = await run(program(`${CALL} ${CALL} (i32.const 4)`), refusing);
    expect(result.status).toBe('ENOENT');
    expect(result.place).toEqual({ instruction: 'call', occurrence: 1 });
  });

  it('is none where no call gave that status', async () => {
    expect((await run(program(`${CALL} (i32.const 5)`), refusing)).place).toBeNull();
  });

  it('is the call that the run waited for when it was ended', async () => {
    const waiting = { limits: { deadlineMs: 50 }, onHostCall: () => new Promise<never>(() => undefined) };
    const result = await run(
      program(`(drop (i32.div_u (i32.const 1) (i32.const 1))) ${CALL} (i32.const 0)`),
      waiting,
    );
    expect(result).toMatchObject({ outcome: 'deadline', place: { instruction: 'call', occurrence: 0 } });
  });

  it.each([
    ['the only one', '(loop (br 0))', 0],
    ['the second', '(loop) (loop (br 0))', 1],
    ['the inner one', '(loop (loop (br 0)))', 1],
    ['the outer one', '(loop (loop) (br 0))', 0],
    ['one with a block at its beginning', '(loop (block (loop)) (br 0))', 0],
    ['one behind blocks', '(loop) (block (loop) (block (loop (block (br 1)))))', 2],
    ['one with calls in it', `(loop (loop ${CALL}) (br 0))`, 0],
  ])('is the loop in which the fuel ran out: %s', async (_, body, occurrence) => {
    const result = await run(program(`${body} (i32.const 0)`), {
      limits: { fuel: 5_000, hostCalls: 1_000_000 },
    });
    expect(result).toMatchObject({ outcome: 'out-of-fuel', place: { instruction: 'loop', occurrence } });
  });

  it('is found in a function that calls itself', async () => {
    const wat = `(module (func $deep (param i32) (result i32)
        (if (result i32) (local.get 0)
          (then (call $deep (i32.sub (local.get 0) (i32.const 1))))
          (else (i32.rem_u (i32.const 1) (local.get 0)))))
      (func (export "run") (result i32) (call $deep (i32.const 9))))`;
    expect((await run(wat)).place).toEqual({ instruction: 'i32.rem_u', occurrence: 0 });
  });

  it('is none for calls that are too deep, and for what ends before it begins', async () => {
    const wat = '(module (func $run (export "run") (result i32) (call $run)))';
    expect(await run(wat)).toMatchObject({ outcome: 'trap', place: null });
    const stopped = await run(program('(i32.const 0)'), { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ outcome: 'cancelled', place: null });
  });
});
