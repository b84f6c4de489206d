import { describe, expect, it } from 'vitest';
import { verify } from '../../src/engine/verify.ts';
import { tamper, verdict } from './fixtures/verdict.ts';
import { metered, wasm } from './fixtures/wasm.ts';

const WEIGHT = 2;
const FUEL_ENTRY = `global.get $counter local.tee $fuel i64.const 1 i64.le_s if
  i64.const -1 call $refuel local.set $fuel end
  local.get $fuel i64.const 3 i64.sub local.tee $fuel global.set $counter`;
const DEPTH_ENTRY = `global.get $depth i32.const ${WEIGHT} i32.sub local.tee $left i32.const 0 i32.lt_s
  if call $exhausted unreachable end`;
const HAND_ON = 'local.get $left global.set $depth';
const HAND_BACK = `local.get $left i32.const ${WEIGHT} i32.add global.set $depth`;
const RELOAD = 'global.get $counter i64.const 1 i64.sub local.tee $fuel global.set $counter';
const LOCALS = '(local $fuel i64) (local $left i32)';
const REFUEL = `global.get $counter local.get 0 i64.add call $host local.get 0 i64.sub
  local.tee 0 global.set $counter local.get 0`;

/** The form that is proved, written out by hand. */
const PROVED = `(module
  (type $void (func))
  (import "h" "print" (func $print))
  (import "wattle" "refuel" (func $host (param i64) (result i64)))
  (import "wattle" "exhausted" (func $exhausted))
  (table $t 1 500 funcref)
  (memory 1)
  (global $own (mut i32) (i32.const 0))
  (global $counter (mut i64) (i64.const 0)) (global $depth (mut i32) (i32.const 100))
  (func $run (export "run") (param i32) ${LOCALS} (local $more i64)
    ${DEPTH_ENTRY} ${FUEL_ENTRY}
    nop
    call $print ${RELOAD}
    ${HAND_ON} call $leaf ${RELOAD}
    local.get 0 if ${HAND_BACK} return_call $void end
    i32.const 0 ${HAND_ON} call_indirect (type $void) ${RELOAD}
    i32.const 0 ${HAND_BACK} return_call_indirect (type $void))
  (func $void (type $void) (local $fuel i64) ${FUEL_ENTRY} return_call $void)
  (func $leaf (local $fuel i64) ${FUEL_ENTRY})
  (func $refuel (param i64) (result i64) ${REFUEL}))`;

/** The form with one part replaced: its first occurrence behind `after`. */
function tampered(part: string, replacement: string, after = ''): string {
  return tamper(PROVED, part, replacement, after);
}

describe('verify, of the depth of calls', () => {
  it('proves the form that it describes', () => {
    expect(verdict(PROVED)).toBe('proved');
  });

  it.each([
    ['a count at its entry', DEPTH_ENTRY, '', 'the depth of calls is touched'],
    ['a count before a call', HAND_ON, '', 'a call that is not counted'],
    ['a count before an indirect call', HAND_ON, 'return_call $void end', 'a call that is not counted'],
    ['a count before a tail call', HAND_BACK, '', 'a tail call that is not counted'],
    [
      'a count before an indirect tail call',
      HAND_BACK,
      'i32.const 0 local.get $left i32.const',
      'a tail call that is not counted',
    ],
    ['the end of a run that is too deep', 'call $exhausted', '', 'a function entry without a check'],
    ['the trap behind it', 'call $exhausted unreachable', '', 'a function entry without a check'],
  ])('refuses a module without %s', (_, part, after, reason) => {
    expect(verdict(tampered(part, '', after))).toBe(reason);
  });

  it.each([
    ['sets the depth', 'nop', 'i32.const 100 global.set $depth', 'the depth of calls is touched'],
    ['reads the depth', 'nop', 'global.get $depth drop', 'the depth of calls is touched'],
    ['changes what is left', 'nop', 'i32.const 100 local.set $left', 'the depth of calls is touched'],
    ['reads what is left', 'nop', 'local.get $left drop', 'the depth of calls is touched'],
    [
      'keeps a size in what is left',
      'nop',
      `i32.const 0 i32.const 0 i32.const 9 local.tee $left local.get $fuel local.get $left i64.extend_i32_u
        i64.sub local.tee $fuel global.set $counter local.get $fuel i64.const 0 i64.le_s
        if i64.const 0 call $refuel local.set $fuel end memory.fill`,
      'the depth of calls is touched',
    ],
    ['ends its run by itself', 'nop', 'call $exhausted', 'the run can be ended from the code'],
    [
      'takes nothing',
      `i32.const ${WEIGHT} i32.sub`,
      'i32.const 0 i32.sub',
      'a function entry without a check',
    ],
    [
      'takes less than nothing',
      `i32.const ${WEIGHT} i32.sub`,
      'i32.const -1 i32.sub',
      'a function entry without a check',
    ],
    [
      'takes so much that it wraps',
      `i32.const ${WEIGHT} i32.sub`,
      'i32.const 2000000000 i32.sub',
      'a function entry without a check',
    ],
    ['looks the other way', 'i32.lt_s', 'i32.ge_s', 'a function entry without a check'],
    [
      'hands back too much',
      `i32.const ${WEIGHT} i32.add`,
      'i32.const 3 i32.add',
      'the depth of calls is touched',
    ],
    [
      'calls behind something else',
      `${HAND_ON} call $leaf`,
      `${HAND_ON} nop call $leaf`,
      'a call that is not counted',
    ],
    [
      'comes to a call from elsewhere',
      `${HAND_ON} call $leaf`,
      `block ${HAND_ON} end call $leaf`,
      'a call that is not counted',
    ],
    [
      'counts for less than its size',
      '(local $more i64)',
      `(local ${'i64 '.repeat(40)})`,
      'a function that counts for less than its size',
    ],
  ])('refuses a module that %s', (_, part, replacement, reason) => {
    expect(verdict(tampered(part, replacement))).toBe(reason);
  });

  it('refuses a large function that is not counted, though it calls nothing', () => {
    const leaf = `(func $leaf (local $fuel i64) (local ${'v128 '.repeat(130)})`;
    expect(verdict(tampered('(func $leaf (local $fuel i64)', leaf))).toBe(
      'a function that counts for less than its size',
    );
  });

  it.each([
    ['exports the depth', '(export "depth" (global $depth))', 'the depth of calls is exported'],
    [
      'has the end of a run in a table',
      '(elem (table $t) (i32.const 0) func $exhausted)',
      'the run can be ended from the code',
    ],
  ])('refuses a module that %s', (_, field, reason) => {
    expect(verdict(tampered('(global $own', `${field} (global $own`))).toBe(reason);
  });

  it('refuses a depth that cannot change, and one from outside', () => {
    expect(verdict(tampered('(i32.const 100)', '(i32.const -1)', '(global $depth'))).toBe(
      'the last global is no depth of calls',
    );
    const fixed = '(module (global (mut i64) (i64.const 0)) (global i32 (i32.const 1)))';
    expect(verdict(fixed)).toBe('the last global is no depth of calls');
  });

  it('demands the depth that is asked for', () => {
    const bytes = wasm('(module (func $f (export "run") (call $f)))');
    const limited = metered(bytes, { onEmpty: 'call', maximumCallDepth: 7 });
    expect(verify(limited, { maximumCallDepth: 7 })).toEqual({ ok: true });
    expect(verify(limited, { maximumCallDepth: 8 })).toMatchObject({
      reason: 'calls limited to 7 depth, not 8',
    });
    expect(verify(metered(bytes), { maximumCallDepth: 8 })).toMatchObject({
      reason: 'calls limited to no depth, not 8',
    });
  });
});
