import type { HostAnswer, Limits } from '../../../src/engine/port.ts';
import { program, type RunOptions } from '../fixtures/harness.ts';

/** One way for a run to go, and the outcome that it must have. */
export interface KindOfRun {
  readonly wat: string;
  readonly outcome: string;
  readonly limits?: Partial<Limits>;
  readonly onHostCall?: RunOptions['onHostCall'];
  /** Aborted as soon as the run waits for the host. */
  readonly aborted?: boolean;
  readonly grants?: readonly string[];
}

const DROP_BOTH = '(drop) (drop)';
const WAITING = program(`(call $host.wait (i32.const 1)) ${DROP_BOTH} (i32.const 0)`);
const STATUS = program('(local $s i32) (call $host.wait (i32.const 1)) (local.set $s) (drop) (local.get $s)');
const never = (): Promise<HostAnswer> => new Promise(() => undefined);

/** Every way in which a run can end, with host calls, growth and errors among them. */
export const KINDS: readonly KindOfRun[] = [
  { wat: program('(i32.const 0)'), outcome: 'ok' },
  { wat: program('(i32.const 4)'), outcome: 'status' },
  { wat: program('(unreachable)'), outcome: 'trap' },
  { wat: program('(loop (br 0)) (i32.const 0)'), outcome: 'out-of-fuel', limits: { fuel: 1_000 } },
  {
    wat: program('(local $s i32) (call $test.zeros (i32.const 70000)) (local.set $s) (drop) (local.get $s)'),
    outcome: 'out-of-memory',
    limits: { memoryPages: 1 },
  },
  { wat: WAITING, outcome: 'cancelled', onHostCall: never, aborted: true },
  { wat: program('(loop (br 0)) (i32.const 0)'), outcome: 'deadline', limits: { fuel: 1e9, deadlineMs: 1 } },
  { wat: WAITING, outcome: 'deadline', limits: { deadlineMs: 1 }, onHostCall: never },
  { wat: WAITING, outcome: 'ok' },
  {
    wat: STATUS,
    outcome: 'status',
    onHostCall: async () => ({ ok: false, status: 'EREMOTE', message: 'gone' }),
  },
  { wat: STATUS, outcome: 'trap', onHostCall: () => Promise.reject(new Error('broken')) },
  { wat: program(`(call $test.throws) ${DROP_BOTH} (i32.const 0)`), outcome: 'trap' },
  { wat: program('(drop (memory.grow (i32.const 3))) (i32.const 0)'), outcome: 'ok' },
  {
    wat: program(
      '(drop (table.grow (ref.null func) (i32.const 500))) (i32.const 0)',
      '(memory (export "memory") 1) (table 1 funcref)',
    ),
    outcome: 'ok',
  },
  {
    wat: program(
      `(local $i i32) (loop $l (call $debug.log (i32.const 8)) ${DROP_BOTH} (call $core.resv (i32.const 8)) ${DROP_BOTH}
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5)))) (i32.const 0)`,
      '(memory (export "memory") 1) (data (i32.const 8) "\\02\\00\\00\\00hi")',
    ),
    outcome: 'ok',
  },
  { wat: program('(call $deep) (i32.const 0)', '(memory 1) (func $deep (call $deep))'), outcome: 'trap' },
  { wat: WAITING, outcome: 'invalid', grants: ['core'] },
];
