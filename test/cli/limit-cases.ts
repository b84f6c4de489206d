import { expect } from 'vitest';
import type { Limits } from '../../src/engine/port.ts';
import { module, program } from './run-fixture.ts';

/** One program at both sides of a limit: where it is just kept, and where it bites. */
export interface LimitCase {
  readonly file: string;
  /** Other options that the case needs. */
  readonly words?: readonly string[];
  readonly kept: readonly [limit: number, result: object];
  readonly bitten: readonly [limit: number, result: object];
}

const OK = { outcome: 'ok', status: 'SUCCESS' };

const TEN_TURNS = program(`(local $i i32) (local.set $i (i32.const 10))
  (loop $l (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1))))) (i32.const 0)`);

/** Takes some tenths of a second for little fuel: growing by nothing is slow. */
const LONG = program(`(local $i i32) (local.set $i (i32.const 600000))
  (loop $l (drop (memory.grow (i32.const 0)))
    (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1))))) (i32.const 0)`);

/** Stores 4 bytes under a key of 1 and reads them again: 10 bytes in and out. */
const STORE = program(
  `(local $e i32) (local $p i32)
  (call $kv.set "k" "four") (local.set $e) (drop) (if (local.get $e) (then (return (local.get $e))))
  (call $kv.get "k") (local.set $e) (local.set $p) (local.get $e)`,
  ['kv'],
);

/** Every limit of a run, from the words of `wattle run` to what its JSON says. */
export const LIMIT_CASES: Readonly<Record<keyof Limits, LimitCase>> = {
  fuel: {
    file: TEN_TURNS,
    kept: [49, OK],
    bitten: [48, { outcome: 'out-of-fuel', fuel: 48, error: 'the budget of 48 fuel is used up' }],
  },
  // One look at the clock, at the last turn of the loop, long after the deadline: or none at all.
  // Late either way: the fuel tells whether it was ended on the way, or only at its end.
  slice: {
    file: LONG,
    words: ['--deadline', '20'],
    kept: [4_199_997, { outcome: 'deadline', fuel: 4_200_004 }],
    bitten: [4_199_996, { outcome: 'deadline', fuel: 4_199_996 }],
  },
  deadlineMs: {
    file: LONG,
    kept: [600_000, OK],
    bitten: [20, { outcome: 'deadline', status: null, error: 'the deadline of 20 ms has passed' }],
  },
  memoryPages: {
    file: program('(i32.shl (i32.lt_s (memory.grow (i32.const 3)) (i32.const 0)) (i32.const 1))'),
    kept: [4, { ...OK, memoryBytes: 4 * 65_536 }],
    bitten: [3, { outcome: 'out-of-memory', status: 'ENOMEM', memoryBytes: 65_536 }],
  },
  tableElements: {
    file: module(
      '(table $t 2 funcref)',
      '(i32.shl (i32.lt_s (table.grow $t (ref.null func) (i32.const 3)) (i32.const 0)) (i32.const 1))',
    ),
    kept: [5, OK],
    bitten: [4, { outcome: 'out-of-memory', status: 'ENOMEM' }],
  },
  tables: {
    file: module('(import "none" "t" (table 1 funcref)) (table 1 funcref)'),
    kept: [2, { outcome: 'invalid', error: expect.stringContaining('the program imports none.t') }],
    bitten: [1, { outcome: 'invalid', error: expect.stringContaining('a module of 2 tables; at most 1') }],
  },
  callDepth: {
    file: program(
      `(i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
      (if (result i32) (i32.lt_u (i32.load (i32.const 64)) (i32.const 50)) (then (call $run)) (else (i32.const 0)))`,
    ),
    kept: [50, OK],
    bitten: [49, { outcome: 'trap', status: null, error: 'trap: call stack exhausted' }],
  },
  hostCalls: {
    file: STORE,
    kept: [2, { ...OK, hostCalls: [expect.anything(), expect.anything()] }],
    bitten: [1, { outcome: 'trap', error: 'trap: more than 1 host calls', hostCalls: [expect.anything()] }],
  },
  hostCallBytes: {
    file: STORE,
    kept: [5, OK],
    bitten: [4, { outcome: 'status', status: 'EBOUND', error: expect.stringContaining('kv.set: ') }],
  },
  hostTrafficBytes: {
    file: STORE,
    kept: [
      10,
      {
        ...OK,
        hostCalls: [
          { bytesIn: 5, bytesOut: 0 },
          { bytesIn: 1, bytesOut: 4 },
        ],
      },
    ],
    bitten: [
      9,
      {
        outcome: 'status',
        status: 'EBOUND',
        error:
          'the program returned EBOUND: kv.get: a result of 4 bytes; of the 9 that all calls of a run may move, 3 are left',
        hostCalls: [{ status: 'SUCCESS' }, { status: 'EBOUND', bytesIn: 1, bytesOut: 0 }],
      },
    ],
  },
  moduleBytes: {
    file: module(''),
    kept: [36, OK],
    bitten: [35, { outcome: 'invalid', error: expect.stringContaining('a module of 36 bytes; at most 35') }],
  },
  functions: {
    file: STORE,
    kept: [3, OK],
    bitten: [2, { outcome: 'invalid', error: expect.stringContaining('a module of 3 functions; at most 2') }],
  },
  locals: {
    file: STORE,
    kept: [2, OK],
    bitten: [
      1,
      { outcome: 'invalid', error: expect.stringContaining('a function with 2 locals; at most 1') },
    ],
  },
};
