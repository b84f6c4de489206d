import { describe, expect, it } from 'vitest';
import { tamper, verdict } from './fixtures/verdict.ts';
import { metered, wasm } from './fixtures/wasm.ts';

const REFILL = 'if i64.const -1 call $refuel local.set $fuel end';
const TAKE = 'local.get $fuel i64.const 3 i64.sub local.tee $fuel global.set $counter';
const ENDED = 'i32.const 0 i32.lt_s if call $exhausted unreachable end';
const DEPTH_ENTRY = `global.get $depth i32.const 1 i32.sub local.tee $left ${ENDED}`;
const FUEL_ENTRY = `global.get $counter local.tee $fuel i64.const 1 i64.le_s ${REFILL} ${TAKE}`;
const TWIN_DEPTH = `local.get $left i32.const 1 i32.sub local.tee $left ${ENDED}`;
const TWIN_FUEL = `local.get $fuel i64.const 1 i64.le_s ${REFILL} ${TAKE}`;
const CALL_TWIN = 'local.get $fuel local.get $left call $twin';
const KEEP_AND_TAKE = 'i64.const 1 i64.sub local.tee $fuel global.set $counter';
const HAND_BACK = 'local.get $fuel';

/** A function and its twin, in the form that is proved. */
const PROVED = `(module
  (type $void (func))
  (import "wattle" "refuel" (func $host (param i64) (result i64)))
  (import "wattle" "exhausted" (func $exhausted))
  (table $t 1 500 funcref) (memory 1)
  (global $counter (mut i64) (i64.const 0)) (global $depth (mut i32) (i32.const 100))
  (func $run (export "run") (param i32) (result i32) (local $fuel i64) (local $left i32)
    ${DEPTH_ENTRY} ${FUEL_ENTRY}
    nop local.get 0 ${CALL_TWIN} ${KEEP_AND_TAKE})
  (func $own (param i32) (result i32 i64) (local $fuel i64) (local $left i32)
    ${DEPTH_ENTRY} ${FUEL_ENTRY} local.get 0 i64.const 99)
  (func $twin (param i32) (param $fuel i64) (param $left i32) (result i32 i64)
    ${TWIN_DEPTH} ${TWIN_FUEL}
    block $all (result i32)
      nop local.get 0 i32.eqz if i32.const 5 ${HAND_BACK} return end
      local.get 0 i32.const 1 i32.sub ${CALL_TWIN} ${KEEP_AND_TAKE}
      local.get 0 br_if $all
      local.get 0 ${CALL_TWIN} local.set $fuel drop
    end ${HAND_BACK})
  (func $refuel (param i64) (result i64) global.get $counter local.get 0 i64.add call $host local.get 0 i64.sub
    local.tee 0 global.set $counter local.get 0))`;

/** The form with one part replaced: its first occurrence in the function `within`. */
function tampered(within: '$run' | '$twin', part: string, replacement: string): string {
  return tamper(PROVED, part, replacement, `(func ${within} (`);
}

const UNPAID = 'a call for which nothing is taken';
const KEEPS = 'a twin that keeps the fuel';
const NOT_HANDED = 'a twin that is not handed the fuel';

describe('verify, of a function that is handed the fuel', () => {
  it('proves the form that it describes', () => {
    expect(verdict(PROVED)).toBe('proved');
  });

  it.each([
    ['other fuel', CALL_TWIN, 'i64.const 1000 local.get $left call $twin', 'the depth of calls is touched'],
    ['another depth', CALL_TWIN, 'local.get $fuel i32.const 1000 call $twin', 'the counter is touched'],
    [
      'more depth',
      CALL_TWIN,
      'local.get $fuel local.get $left i32.const 1 i32.add call $twin',
      'the counter is touched',
    ],
    [
      'nothing behind a nop',
      CALL_TWIN,
      'local.get $fuel local.get $left nop call $twin',
      'the counter is touched',
    ],
  ])('refuses a caller that hands over %s', (_, part, replacement, reason) => {
    expect(verdict(tampered('$run', part, replacement))).toBe(reason);
    expect(verdict(tampered('$twin', part, replacement))).toBe(reason);
  });

  it.each([
    ['drops the fuel', KEEP_AND_TAKE, 'drop', 'a call behind which the fuel is not kept'],
    [
      'adds to it',
      KEEP_AND_TAKE,
      KEEP_AND_TAKE.replace('sub', 'add'),
      'a call behind which the fuel is not kept',
    ],
    ['calls it unpaid', TAKE, '', UNPAID],
    [
      'hands it nothing of its own',
      'nop',
      'local.get 0 i64.const 9 i32.const 9 call $twin drop drop',
      NOT_HANDED,
    ],
    [
      'does a bulk operation of the size that it answers',
      'nop',
      `i32.const 0 i32.const 0 i32.const 5 ${CALL_TWIN} local.set $fuel memory.fill`,
      'a bulk operation without a check',
    ],
  ])('refuses a caller that %s', (_, part, replacement, reason) => {
    expect(verdict(tampered('$run', part, replacement))).toBe(reason);
  });

  it.each([
    ['returns other fuel', `${HAND_BACK} return`, 'i64.const 9 return', KEEPS],
    ['ends with other fuel', `end ${HAND_BACK})`, 'end i64.const 9)', KEEPS],
    ['goes on behind its block', `end ${HAND_BACK})`, `end nop ${HAND_BACK})`, KEEPS],
    ['leaves by a branch', 'nop', 'i32.const 5 i64.const 9 br 1 nop', KEEPS],
    ['leaves by a table', 'nop', 'i32.const 5 i64.const 9 local.get 0 br_table 1 1 nop', KEEPS],
    ['leaves by a tail call', 'nop', 'i32.const 5 return_call $own nop', KEEPS],
    [
      'is called in its own place',
      'nop',
      `local.get 0 ${CALL_TWIN.replace('call', 'return_call')} nop`,
      'the counter is touched',
    ],
    ['has no block', 'block $all (result i32)', 'nop block $all (result i32)', 'a twin without a block'],
    ['does not check the fuel', TWIN_FUEL, TAKE, 'a function entry without a check'],
    ['does not check the depth', TWIN_DEPTH, '', 'the counter is touched'],
    [
      'takes no depth',
      'i32.const 1 i32.sub local.tee $left',
      'i32.const 0 i32.sub local.tee $left',
      'the counter is touched',
    ],
    ['fills its copy', 'nop', 'i64.const 9 local.set $fuel', 'the counter is touched'],
    ['fills its depth', 'nop', 'i32.const 9 local.set $left', 'the depth of calls is touched'],
    ['reads its fuel', 'nop', 'local.get $fuel drop', 'the counter is touched'],
  ])('refuses a twin that %s', (_, part, replacement, reason) => {
    expect(verdict(tampered('$twin', part, replacement))).toBe(reason);
  });

  it.each([
    ['exported', '(export "twin" (func $twin))'],
    ['in a table', '(elem (table $t) (i32.const 0) func $twin)'],
    ['in a global', '(global funcref (ref.func $twin))'],
  ])('refuses a twin that is %s', (_, field) => {
    expect(verdict(PROVED.replace('(global $counter', `${field} (global $counter`))).toBe(
      'a twin that others can call',
    );
  });
});

describe('meter, of a function that calls itself', () => {
  const LIMITED = { onEmpty: 'call', maximumCallDepth: 100 } as const;
  const added = (wat: string) => {
    const plain = metered(wasm(wat), { onEmpty: 'call' });
    return codes(metered(wasm(wat), LIMITED)) - codes(plain);
  };
  const self = (head: string, body = '') => `(module (func $f ${head} (call $f) ${body}))`;

  it('writes a twin of a small one', () => {
    expect(added(self(''))).toBe(1);
    expect(added(self('', '(return)'))).toBe(1);
    expect(added('(module (func $f (param f64) (result f64) (call $f (local.get 0))))')).toBe(1);
  });

  it.each([
    ['is large', self('', '(nop) '.repeat(130))],
    ['has a tail call', self('', '(return_call $f)')],
    ['has two results', self('(result i32 i32)')],
    [
      'has five parameters',
      `(module (func $f (param i32 i32 i32 i32 i32)
      (call $f ${'(i32.const 0) '.repeat(5)})))`,
    ],
    ['calls others only', '(module (func $f (call $g)) (func $g (call $f)))'],
  ])('writes none of one that %s', (_, wat) => {
    expect(added(wat)).toBe(0);
  });
});

/** How many functions the code section holds, for modules whose sections before it are short. */
function codes(bytes: Uint8Array): number {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const low = bytes[at + 1] ?? 0;
    const wide = low >= 0x80;
    const start = at + (wide ? 3 : 2);
    if (id === 10) return bytes[start] ?? 0;
    at = start + (wide ? low - 0x80 + (bytes[at + 2] ?? 0) * 0x80 : low);
  }
  return 0;
}
