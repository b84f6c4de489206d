import { describe, expect, it } from 'vitest';
import { harness, program } from './fixtures/harness.ts';

const MEMORY = '(memory (export "memory") 1)';
const LIMITS = { fuel: 1e9, deadlineMs: 60_000 };

/** So often that V8 replaces the first, quickly made code of a function by the optimised one on the way. */
const TURNS = 300_000;

/** Counts down a loop around a check, which returns 7 where it does not hold. */
function always(check: string): string {
  return program(
    `(local $turns i32) (local.set $turns (i32.const ${TURNS}))
     (loop $l
       (if (i32.eqz ${check}) (then (return (i32.const 7))))
       (br_if $l (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))
     (i32.const 0)`,
    `${MEMORY}
     (global $f64 (mut f64) (f64.const 0)) (global $v128 (mut v128) (v128.const i64x2 0 0))
     (func $moved64 (param $x f64) (result f64)
       (f64.store (i32.const 8) (local.get $x))
       (global.set $f64 (f64.load (i32.const 8)))
       (select (global.get $f64) (f64.const 1) (i32.const 1)))
     (func $moved32 (param $x f32) (result f32)
       (f32.store (i32.const 8) (local.get $x))
       (f32.load (i32.const 8)))
     (func $moved128 (param $x v128) (result v128)
       (v128.store (i32.const 16) (local.get $x))
       (global.set $v128 (v128.load (i32.const 16)))
       (global.get $v128))`,
  );
}

describe('the bits of a NaN', () => {
  it.each([
    [
      'a moved f64',
      '(i64.eq (i64.reinterpret_f64 (call $moved64 (f64.reinterpret_i64 (i64.const 0x7ff4000000000001)))) (i64.const 0x7ff4000000000001))',
    ],
    [
      'a moved f32',
      '(i32.eq (i32.reinterpret_f32 (call $moved32 (f32.reinterpret_i32 (i32.const 0xffa00001)))) (i32.const 0xffa00001))',
    ],
    [
      'a moved v128',
      '(i64x2.all_true (i64x2.eq (call $moved128 (v128.const i64x2 0x7ff4000000000001 -3)) (v128.const i64x2 0x7ff4000000000001 -3)))',
    ],
    [
      'a negated f64',
      '(i64.eq (i64.reinterpret_f64 (f64.neg (call $moved64 (f64.reinterpret_i64 (i64.const 0x7ff4000000000001))))) (i64.const 0xfff4000000000001))',
    ],
    [
      'an f64 with another sign',
      '(i64.eq (i64.reinterpret_f64 (f64.copysign (call $moved64 (f64.reinterpret_i64 (i64.const 0xfff4000000000001))) (f64.const 1))) (i64.const 0x7ff4000000000001))',
    ],
  ])('stay what they are in %s, before and after V8 optimises', async (_, check) => {
    expect(await harness().run(always(check), { limits: LIMITS })).toMatchObject({ outcome: 'ok' });
  });

  it('are the same ones for every NaN that a host function gives', async () => {
    const wat = program(
      `(call $test.scale (i64.const 0) (f64.reinterpret_i64 (i64.const 0xfff8123456789abc)))
       (drop) (i64.reinterpret_f64) (i64.ne (i64.const 0x7ff8000000000000))`,
      MEMORY,
    );
    expect(await harness().run(wat)).toMatchObject({ outcome: 'ok' });
  });
});
