import { describe, expect, it } from 'vitest';
import { verify } from '../../src/engine/verify.ts';
import { FUEL_CASES } from './fixtures/fuel-cases.ts';
import { tamper, verdict } from './fixtures/verdict.ts';
import { metered, moduleOf, wasm } from './fixtures/wasm.ts';

const KEEP = 'local.tee $fuel global.set $counter';
const CHECK = 'local.get $fuel i64.const 0 i64.le_s if i64.const 0 call $refuel local.set $fuel end';
const ENTRY = `global.get $counter local.tee $fuel i64.const 1 i64.le_s if
  i64.const -1 call $refuel local.set $fuel end local.get $fuel i64.const 3 i64.sub ${KEEP}`;
const LOOP = `${CHECK} local.get $fuel i64.const 2 i64.sub ${KEEP}`;
const LEAVE = 'local.get $fuel i64.const 0 i64.le_s br_if 1';
const REFILL = 'i64.const 0 call $refuel local.set $fuel';
const OUTLINED = `block $done loop $again block $empty loop $inner
  ${LEAVE} local.get $fuel i64.const 1 i64.sub ${KEEP} local.get 0 br_if $inner end br $done end ${REFILL} br $again end end`;
const TAKE = 'local.get $fuel i64.const 5 i64.sub local.tee $fuel global.set $counter';
const RELOAD = 'global.get $counter i64.const 1 i64.sub local.tee $fuel global.set $counter';
const BY_SIZE = `local.get $fuel local.get $size i64.extend_i32_u i64.sub ${KEEP} ${CHECK}`;
const BULK = `local.tee $size ${BY_SIZE}`;
const GROWTH = `local.tee $size local.get $size i64.extend_i32_u table.size $t i64.extend_i32_u i64.add
  i64.const 500 i64.le_u if ${BY_SIZE} end`;
const REFUEL = `global.get $counter local.get 0 i64.add call $host local.get 0 i64.sub
  local.tee 0 global.set $counter local.get 0`;

/** The form that is proved, written out by hand. */
const PROVED = `(module
  (type $void (func))
  (import "wattle" "refuel" (func $host (param i64) (result i64)))
  (table $t 1 500 funcref) (memory 1) (global $counter (mut i64) (i64.const 0))
  (func $run (export "run") (param i32) (local $fuel i64) (local $size i32)
    ${ENTRY}
    loop $l
      ${LOOP}
      ${OUTLINED}
      local.get 0
      if ${TAKE} nop end
      call $leaf ${RELOAD}
      i32.const 0 call_indirect (type $void) ${RELOAD}
      i32.const 0 i32.const 0 local.get 0 ${BULK} memory.fill
      i32.const 0 i32.const 0 i32.const 128 memory.fill
      ref.null func local.get 0 ${GROWTH} table.grow $t drop
      local.get 0 br_if $l
    end)
  (func $leaf (local $fuel i64) (local $size i32) ${ENTRY})
  (func $refuel (param i64) (result i64) ${REFUEL}))`;

/** The form with one part replaced: its first occurrence behind `after`. */
function tampered(part: string, replacement: string, after = ''): string {
  return tamper(PROVED, part, replacement, after);
}

describe('verify', () => {
  it('proves the form that it describes', () => {
    expect(verdict(PROVED)).toBe('proved');
  });

  it.each(FUEL_CASES)('proves what the meter makes: $name', ({ wat }) => {
    expect(verify(metered(wasm(wat)))).toEqual({ ok: true });
    expect(verify(metered(wasm(wat), { onEmpty: 'call', exportCounter: 'fuel' }))).toEqual({ ok: true });
  });

  it('refuses a module that was not metered', () => {
    expect(verify(wasm('(module (func (export "run") (loop (br 0))))'))).toMatchObject({
      reason: 'no counter',
    });
  });

  it.each([
    ['an entry check', ENTRY, '', 'a function entry without a check'],
    ["a leaf's entry check", ENTRY, '$leaf (local', 'a function entry without a check'],
    [
      'the question of an entry',
      'i64.const -1 call $refuel local.set $fuel',
      '',
      'a function entry without a check',
    ],
    ['a loop check', LOOP, '', 'a loop without a check'],
    ['the check of a loop that still pays', CHECK, 'loop $l', 'a loop without a check'],
    ['the check of an outlined loop', LEAVE, '', 'a loop without a check'],
    ['the question of an outlined loop', REFILL, 'br $done', 'a check that does not ask for more'],
    ['the charge for a bulk operation', BULK, '', 'a bulk operation without a check'],
    ['the check of a bulk operation', CHECK, BULK.slice(0, 40), 'the counter is touched'],
    ['the charge for growth', GROWTH, '', 'a bulk operation without a check'],
    ['a load behind a call', RELOAD, '', 'a call behind which the counter is not loaded'],
    [
      'a load behind an indirect call',
      RELOAD,
      '(type $void)',
      'a call behind which the counter is not loaded',
    ],
  ])('refuses a module without %s', (_, part, after, reason) => {
    expect(verdict(tampered(part, '', after))).toBe(reason);
  });

  it.each([
    ['fills the counter', 'nop', 'i64.const 1000 global.set $counter', 'the counter is touched'],
    ['reads the counter', 'nop', 'global.get $counter drop', 'the counter is touched'],
    ['fills its copy', 'nop', 'i64.const 1000 local.set $fuel', 'the counter is touched'],
    ['gives fuel back', 'i64.const 5 i64.sub', 'i64.const -5 i64.sub', 'the counter is touched'],
    ['adds instead of taking', 'i64.const 5 i64.sub', 'i64.const 5 i64.add', 'the counter is touched'],
    ['asks the host itself', 'nop', 'i64.const 0 call $host drop', 'the counter can be filled'],
    ['refuels itself', 'nop', 'i64.const 0 call $refuel drop', 'the counter can be filled'],
    ['checks for a debt', 'i64.const 0 i64.le_s', 'i64.const -2000 i64.le_s', 'a loop without a check'],
    ['gives itself fuel when it asks', 'i64.const 0 call', 'i64.const 9 call', 'a loop without a check'],
    ['checks the other way round', 'i64.le_s', 'i64.ge_s', 'a loop without a check'],
    ['leaves an outlined loop for elsewhere', 'br_if 1', 'br_if 3', 'a loop without a check'],
    ['turns a loop for nothing', 'i64.const 1 i64.sub', 'i64.const 0 i64.sub', 'the counter is touched'],
    [
      'turns a loop for nothing in one of two arms',
      'local.get 0 br_if $inner',
      'loop $free CHECK local.get 0 if TAKE_1 else end br $free end',
      'a turn of a loop that takes nothing',
    ],
    [
      'calls for nothing behind a loop',
      'call $leaf',
      'loop CHECK end call $leaf',
      'a call for which nothing is taken',
    ],
    ['does a larger operation unpaid', 'i32.const 128', 'i32.const 129', 'a bulk operation without a check'],
    ['does a negative operation unpaid', 'i32.const 128', 'i32.const -1', 'a bulk operation without a check'],
    [
      'pays for growth up to less than the maximum',
      'i64.const 500',
      'i64.const 499',
      'the counter is touched',
    ],
    [
      'pays for a signed size',
      'i64.extend_i32_u i64.sub',
      'i64.extend_i32_s i64.sub',
      'the counter is touched',
    ],
  ])('refuses a module that %s', (_, part, replacement, reason) => {
    const written = replacement.replace('CHECK', CHECK).replace('TAKE_1', TAKE);
    expect(verdict(tampered(part, written, 'loop $l'))).toBe(reason);
  });

  it.each([
    ['asks for another price than it checks', 'i64.const -1 call', 'i64.const -2 call'],
    ['forgets the answer', 'call $refuel local.set $fuel', 'call $refuel drop'],
    ['has no price', 'i64.const 1 i64.le_s', 'i64.const 0 i64.le_s'],
    ['has a price below 0', 'i64.const 1 i64.le_s', 'i64.const -9000 i64.le_s'],
  ])('refuses a module with a function entry that %s', (_, part, replacement) => {
    expect(verdict(tampered(part, replacement, '$run (export'))).toBe('a function entry without a check');
  });

  it.each([
    ['exports the refuel function', '(export "more" (func $refuel))'],
    ['has the host function in a table', '(elem (table $t) (i32.const 0) func $host)'],
    ['has the refuel function in a passive segment', '(elem $e funcref (ref.func $refuel))'],
    ['has the refuel function in a global', '(global $g funcref (ref.func $refuel))'],
  ])('refuses a module that %s', (_, field) => {
    expect(verdict(tampered('(global $counter', `${field} (global $counter`))).toBe(
      'the counter can be filled',
    );
  });

  it('refuses a refuel function that does more', () => {
    expect(verdict(tampered('call $host', 'call $host call $host'))).toBe(
      'the last function does more than to ask the host for fuel',
    );
  });

  it('refuses a second import from the host module, and a start function', () => {
    const second = '(import "wattle" "other" (func)) (table $t';
    expect(verdict(tampered('(table $t', second))).toBe('an import from wattle that is not known');
    expect(verdict(tampered('(func $leaf', '(start $leaf) (func $leaf'))).toBe('a start function');
  });

  it('refuses what it cannot read', () => {
    expect(verify(moduleOf([17, [1, 2]]))).toMatchObject({ reason: 'a section 17 that is not known' });
    expect(verify(moduleOf([10, [200]]))).toMatchObject({ ok: false });
    expect(verify(Uint8Array.of())).toMatchObject({ reason: 'no counter' });
    expect(verdict(tampered('nop', 'i32.const 0 i32.atomic.load drop'))).toBe(
      'an operator outside the feature set',
    );
  });
});
