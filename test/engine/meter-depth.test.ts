import { describe, expect, it } from 'vitest';
import { meter } from '../../src/engine/meter.ts';
import { verify } from '../../src/engine/verify.ts';
import { attempt, exported, fuelLeft, instance, metered, wasm } from './fixtures/wasm.ts';

const AMPLE = 10_000_000;
/** What `decisions/005` says fits V8's stacks for suspended runs. */
const MOST_DEPTH = 4_000;

function refuel(): bigint {
  return BigInt(AMPLE);
}

function exhausted(): never {
  throw new WebAssembly.RuntimeError('exhausted');
}

const HOST = { wattle: { refuel, exhausted } };

/** Calls `run` with calls limited in depth. */
function callLimited(wat: string, maximumCallDepth: number, args: readonly number[] = []) {
  const form = { exportCounter: 'fuel', initialFuel: AMPLE, maximumCallDepth } as const;
  const bytes = metered(wasm(wat), { ...form, onEmpty: 'call' });
  expect(verify(bytes, { maximumCallDepth })).toEqual({ ok: true });
  const exports = instance(bytes, HOST);
  const call = attempt(() => exported(exports, 'run')(...args));
  return { ...call, fuel: AMPLE - fuelLeft(exports) };
}

const COUNT_DOWN = `(module (func $f (export "run") (param i32) (result i32)
  (if (result i32) (local.get 0)
    (then (i32.add (i32.const 1) (call $f (i32.sub (local.get 0) (i32.const 1)))))
    (else (i32.const 0)))))`;

describe('a limit of the depth of calls', () => {
  it('lets as many calls be nested as it says, and ends the next', () => {
    expect(callLimited(COUNT_DOWN, 10, [9])).toMatchObject({ result: 9, trap: null });
    expect(callLimited(COUNT_DOWN, 10, [10])).toMatchObject({ trap: 'exhausted' });
  });

  it('takes no fuel for the call that is too deep but what the caller paid', () => {
    const level = 7;
    expect(callLimited('(module (func $f (export "run") (call $f)))', 10).fuel).toBe(10 * 2);
    expect(callLimited(COUNT_DOWN, 10, [99]).fuel).toBe(10 * (1 + level));
  });

  it('changes neither results nor fuel below it', () => {
    const plain = exported(instance(wasm(COUNT_DOWN)), 'run')(30);
    const form = { exportCounter: 'fuel', initialFuel: AMPLE } as const;
    const unlimited = instance(metered(wasm(COUNT_DOWN), form));
    exported(unlimited, 'run')(30);
    expect(callLimited(COUNT_DOWN, 1_000, [30])).toEqual({
      result: plain,
      trap: null,
      fuel: AMPLE - fuelLeft(unlimited),
    });
  });

  it('counts each call from where it is made, however many came before it', () => {
    const wat = `(module
      (func $deep (param i32) (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "run") (param i32) (local $i i32)
        (loop $l
          (call $deep (local.get 0))
          (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))))`;
    expect(callLimited(wat, 12, [10]).trap).toBeNull();
    expect(callLimited(wat, 11, [10]).trap).toBe('exhausted');
  });

  it('does not count functions that call none, nor calls of the host', () => {
    const wat = `(module (import "wattle-test" "f" (func $host)) (func $leaf)
      (func (export "run") (call $leaf) (call $host) (call $leaf)))`;
    const bytes = metered(wasm(wat), { onEmpty: 'call', maximumCallDepth: 1 });
    const host = { f: () => undefined };
    expect(exported(instance(bytes, { ...HOST, 'wattle-test': host }), 'run')()).toBeUndefined();
  });

  it('gives what a tail call leads to the depth that its caller had', () => {
    const endless = `(module (func $leaf) (func $f (export "run") (param i32) (result i32)
      (call $leaf)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 7))))
      (return_call $f (i32.sub (local.get 0) (i32.const 1)))))`;
    expect(callLimited(endless, 1, [5_000])).toMatchObject({ result: 7, trap: null });
  });

  it('counts a call that goes deeper behind tail calls', () => {
    const wat = `(module (func $f (export "run") (return_call $g))
      (func $g (call $h)) (func $h (return_call $f)))`;
    expect(callLimited(wat, 50).trap).toBe('exhausted');
  });

  it('counts a function by the size of its parameters and locals', () => {
    const wat = (locals: string) =>
      `(module (func $f (export "run") (param i32) (local ${locals})
        (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1)))))))`;
    // A parameter counts as three words.
    expect(callLimited(wat('i64 '.repeat(13)), 10, [9]).trap).toBeNull();
    expect(callLimited(wat('i64 '.repeat(14)), 10, [9]).trap).toBe('exhausted');
    expect(callLimited(wat('i64 '.repeat(14)), 20, [9]).trap).toBeNull();
    expect(callLimited(wat('v128 '.repeat(7)), 10, [9]).trap).toBe('exhausted');
  });

  it('traps where there is no host to tell', () => {
    const bytes = metered(wasm('(module (func $f (export "run") (call $f)))'), {
      initialFuel: AMPLE,
      maximumCallDepth: 20,
    });
    expect(verify(bytes, { maximumCallDepth: 20 })).toEqual({ ok: true });
    expect(attempt(() => exported(instance(bytes), 'run')()).trap).toBe('unreachable');
  });

  it('imports what it calls, and hides the depth', () => {
    const bytes = metered(wasm('(module)'), { onEmpty: 'call', maximumCallDepth: 5, exportCounter: 'fuel' });
    const module = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.imports(module).map(({ name }) => name)).toEqual(['refuel', 'exhausted']);
    expect(WebAssembly.Module.exports(module)).toEqual([{ name: 'fuel', kind: 'global' }]);
  });

  it.each([
    ['plain calls', '', '', '(call $f (i64.const 0))', 1],
    ['13 locals, a weight of 1', `(local ${'i64 '.repeat(13)})`, '', '(call $f (i64.const 0))', 1],
    ['calls through a table', '', '', '(call_indirect (type $t) (i64.const 0) (i32.const 0))', 1],
    ['64 locals', `(local ${'i64 '.repeat(64)})`, '', '(call $f (i64.const 0))', 1],
    ['1,000 vectors', `(local ${'v128 '.repeat(1_000)})`, '', '(call $f (i64.const 0))', 1],
    ['40 parameters', '', 'i64 '.repeat(39), `(call $f ${'(i64.const 0) '.repeat(40)})`, 40],
    [
      '8 operands held',
      '',
      '',
      `${'(i64.load (i32.const 0)) '.repeat(8)} (call $f (i64.const 0)) ${'(drop) '.repeat(8)}`,
      1,
    ],
  ])('bites before the stack of a suspended run does: %s', async (_, locals, more, call, parameters) => {
    const wat = `(module (type $t (func (param i64 ${more}))) (table funcref (elem $f)) (memory 1)
      (func $f (type $t) ${locals} ${call})
      (func (export "run") (call $f ${'(i64.const 0) '.repeat(parameters)})))`;
    const bytes = metered(wasm(wat), { onEmpty: 'call', maximumCallDepth: MOST_DEPTH, initialFuel: AMPLE });
    const run = WebAssembly.promising(exported(instance(bytes, HOST), 'run'));
    await expect(run()).rejects.toThrow('exhausted');
  });
});

describe("meter's options", () => {
  it.each([
    [{ initialFuel: Number.NaN }, 'initialFuel must be a whole number from 0 to 9007199254740991, not NaN'],
    [{ initialFuel: Number.POSITIVE_INFINITY }, 'not Infinity'],
    [{ initialFuel: 1.5 }, 'not 1.5'],
    [{ initialFuel: -1 }, 'not -1'],
    [{ initialFuel: 2 ** 70 }, `not ${2 ** 70}`],
    [{ maximumPages: 65_537 }, 'maximumPages must be a whole number from 0 to 65536, not 65537'],
    [{ maximumPages: -1 }, 'not -1'],
    [{ maximumTableElements: 2 ** 32 }, 'maximumTableElements must be a whole number from 0 to 4294967295'],
    [{ maximumTableElements: 0.5 }, 'not 0.5'],
    [{ maximumCallDepth: 0 }, 'maximumCallDepth must be a whole number from 1 to 2147483647, not 0'],
    [{ maximumCallDepth: 2 ** 31 }, 'not 2147483648'],
    [{ exportCounter: '\ud800' }, 'exportCounter must be well-formed text, not "\\ud800"'],
  ])('refuses %o', (options, message) => {
    const metering = () => meter(wasm('(module)'), options);
    expect(metering).toThrow(RangeError);
    expect(metering).toThrow(message);
  });

  it.each([
    { initialFuel: 0 },
    { initialFuel: Number.MAX_SAFE_INTEGER },
    { maximumPages: 0 },
    { maximumPages: 65_536 },
    { maximumTableElements: 2 ** 32 - 1 },
    { maximumCallDepth: 1 },
    { maximumCallDepth: 2 ** 31 - 1 },
    { exportCounter: '' },
  ])('takes %o', (options) => {
    expect(WebAssembly.validate(metered(wasm('(module)'), options))).toBe(true);
  });
});
