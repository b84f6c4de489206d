import assert from 'node:assert/strict';
import { wasm } from '../fixtures/wasm.ts';
import { codeRange } from './module-form.ts';
import { MutantRunner } from './mutant-runner.ts';
import { meteredOf, type NamedProperty } from './named-property.ts';

/** Programs that never end by themselves, one for each way to go on for ever. */
export const ENDLESS_PROGRAMS: Readonly<Record<string, string>> = {
  'a loop': '(module (func (export "run") (loop (br 0))))',
  'a loop with work': `(module (func (export "run") (local i32)
    (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.const 1)))))`,
  'a loop with arms': `(module (func (export "run") (local i32)
    (loop $l (if (local.get 0) (then (local.set 0 (i32.const 0)) (br $l)) (else (local.set 0 (i32.const 1)) (br $l))))))`,
  'a loop with a parameter': `(module (func (export "run") (result i32)
    (i32.const 7) (loop (param i32) (result i32) (i32.const 1) (i32.add) (br 0))))`,
  'a loop in a loop':
    '(module (func (export "run") (loop $o (block $b (loop $i (br_if $i (i32.const 1)) (br $b))) (br $o))))',
  'a loop by table':
    '(module (func (export "run") (loop $l (block $b (br_table $b $l $l (i32.const 1))) (br $l))))',
  'a loop with calls': `(module (type $t (func)) (table funcref (elem $f)) (func $f)
    (func (export "run") (loop (call $f) (call_indirect (type $t) (i32.const 0)) (br 0))))`,
  'tail calls': `(module (type $t (func (param i32) (result i32))) (table funcref (elem $f))
    (func $f (type $t) (return_call_indirect (type $t) (local.get 0) (i32.const 0)))
    (func $g (export "run") (result i32) (return_call $f (i32.const 3))))`,
  'bulk operations': `(module (memory 1 2) (table 8 funcref) (func (export "run") (local i32)
    (loop (memory.fill (i32.const 0) (i32.const 1) (local.get 0)) (drop (memory.grow (local.get 0)))
      (drop (table.grow (ref.null func) (local.get 0))) (local.set 0 (i32.const 200)) (br 0))))`,
};

/** Programs that call deeper for ever, one for each way to do so. */
export const DEEP_PROGRAMS: Readonly<Record<string, string>> = {
  'a call of itself': '(module (func $f (export "run") (call $f)))',
  'a call of itself with work': `(module (func $f (export "run") (param i32) (result i32)
    (i32.add (local.get 0) (call $f (i32.add (local.get 0) (i32.const 1))))))`,
  'a call of itself with ways out': `(module (memory 1) (func $f (export "run") (param i32) (result i32) (local i64)
    (local.set 1 (i64.const 7))
    (if (i32.eq (local.get 0) (i32.const 99)) (then (return (call $f (i32.const 1)))))
    (drop (br_if 0 (call $f (i32.const 2)) (i32.const 0)))
    (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
    (call $f (i32.wrap_i64 (local.get 1)))))`,
  'calls in arms': `(module (func $f (export "run") (param i32)
    (if (local.get 0) (then (call $f (i32.const 0))) (else (call $f (i32.const 1))))))`,
  'a call in a loop':
    '(module (func $leaf) (func $f (export "run") (loop $l (call $leaf) (call $f) (br $l))))',
  'a call through a table': `(module (type $t (func)) (table funcref (elem $f))
    (func $f (export "run") (call_indirect (type $t) (i32.const 0))))`,
  'two that call each other': '(module (func $f (export "run") (call $g)) (func $g (call $f)))',
  'calls and tail calls': `(module (func $f (export "run") (call $g) (return_call $g))
    (func $g (return_call $h)) (func $h (call $leaf) (return_call $f)) (func $leaf))`,
  'many locals': `(module (func $f (export "run") (local ${'i64 '.repeat(40)})
    (local.set 39 (i64.const 1)) (call $f)))`,
};

/** Opcodes and numbers that the added code is made of, and what could stand in their place. */
const VALUES = [
  ...[0x00, 0x01, 0x02, 0x03, 0x04, 0x0b, 0x0c, 0x0d, 0x10, 0x12, 0x1a, 0x20, 0x21, 0x22, 0x23, 0x24],
  ...[0x40, 0x42, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x7c, 0x7d, 0x7e, 0x7f],
  ...[0xa7, 0xac, 0xad, 0xfc],
];
const BITS = [1, 2, 4, 8, 16, 32, 64, 128];
const ALL = Array.from({ length: 256 }, (_, value) => value);
const BUDGET = 1_000;
/** So deep may calls be nested, with fuel for more than V8's stack holds. */
const DEPTH = 50;
const DEEP_BUDGET = 400_000;

export interface EveryChange {
  /** For each problem, the offset of the byte and what went wrong. */
  readonly problems: readonly string[];
  readonly counts: MutantRunner['counts'];
}

interface ChangeTerms {
  readonly onEmpty: 'trap' | 'call';
  /** Whether it is calls that are endless. */
  readonly deep?: boolean;
  /** Whether each byte is changed to each value there is. */
  readonly thorough?: boolean;
}

/** Meters a program and changes each byte of its code, one at a time, to each likely value. */
export async function everyChange(
  wat: string,
  { onEmpty, deep = false, thorough = false }: ChangeTerms,
): Promise<EveryChange> {
  const budget = deep ? DEEP_BUDGET : BUDGET;
  const limit = deep ? { maximumCallDepth: DEPTH } : {};
  const bytes = meteredOf(wasm(wat), { onEmpty, exportCounter: 'fuel', initialFuel: budget, ...limit });
  const { start, end } = codeRange(bytes);
  const runner = new MutantRunner();
  const problems: string[] = [];
  try {
    for (let at = start; at < end; at += 1) {
      const old = bytes[at] ?? 0;
      const values = thorough ? ALL : [...VALUES, ...BITS.map((bit) => old ^ bit)];
      const mutants = values.filter((value) => value !== old).map((value) => bytes.with(at, value));
      const { problem } = await runner.run({
        mutants,
        kind: 'metered',
        budget,
        ...(deep ? { depth: DEPTH } : {}),
        call: 'run',
        args: [],
      });
      if (problem !== null) {
        const value = mutants[problem.mutant]?.[at];
        problems.push(`byte ${at} of code from ${start}: ${old} became ${value}: ${problem.what}`);
      }
    }
  } finally {
    await runner.close();
  }
  return { problems, counts: runner.counts };
}

/** All of these programs, in both forms, as a property whose cases are all there are. */
export const EVERY_CHANGE: NamedProperty = {
  name: 'an endless program with any one byte of its code changed is refused, or still stops',
  check: async () => {
    const all = { refused: 0, invalid: 0, ran: 0 };
    const programs = [ENDLESS_PROGRAMS, DEEP_PROGRAMS].flatMap((list) => Object.entries(list));
    for (const [program, wat] of programs) {
      for (const onEmpty of ['trap', 'call'] as const) {
        const terms = { onEmpty, deep: program in DEEP_PROGRAMS, thorough: true };
        const { problems, counts } = await everyChange(wat, terms);
        assert.deepEqual(problems, [], program);
        all.refused += counts.refused;
        all.invalid += counts.invalid;
        all.ran += counts.ran;
      }
    }
    return all;
  },
};
