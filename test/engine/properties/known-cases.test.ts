import { describe, expect, it } from 'vitest';
import { verify } from '../../../src/engine/verify.ts';
import { callMetered, wasm } from '../fixtures/wasm.ts';
import { FuelCount, WASMTIME_RULES } from './fuel-rules.ts';
import { interpret } from './observation.ts';
import { constant, simple } from './operand-source.ts';
import { type Instruction, type Program, SEEN_TYPE } from './program.ts';

const NOTHING = 1;
const AMPLE = 100_000;

/** A program of one function without parameters and results, with one local. */
function programOf(...body: Instruction[]): Program {
  return {
    types: [SEEN_TYPE, { params: [], results: [] }],
    functions: [{ type: NOTHING, locals: ['i32'], body }],
    memory: { minimum: 1, maximum: 10 },
    tables: [{ minimum: 1, maximum: 1_000 }],
    globals: [],
    elements: [],
    data: [{ mode: 'passive', table: 0, offset: 0, items: [...Buffer.from('abcdefghijklmnopqrstuvwxyz')] }],
  };
}

const i32 = (value: number) => constant('i32', value);
const drop = simple('drop');

describe('the interpreter that the meter is held against', () => {
  const turn = [
    simple('local.get', 0),
    i32(1),
    simple('i32.sub'),
    simple('local.tee', 0),
    simple('br_if', 0),
  ];
  const loop = { kind: 'structured', op: 'loop', type: NOTHING, body: turn, otherwise: null } as const;

  it.each([
    ['an empty function', [], 1],
    ['a loop of ten turns', [i32(10), simple('local.set', 0), loop], 53],
    ['memory.fill of 100', [i32(0), i32(0), i32(100), simple('memory.fill', 0)], 105],
    ['memory.init of 20', [i32(0), i32(0), i32(20), simple('memory.init', 0, 0)], 25],
    ['table.grow of 100', [simple('ref.null', 0x70), i32(100), simple('table.grow', 0), drop], 104],
    ['memory.grow', [i32(3), simple('memory.grow', 0), drop], 6],
    ['memory.grow past the maximum, a constant', [i32(100), simple('memory.grow', 0), drop], 103],
    ['memory.grow past the maximum, a large constant', [i32(-1), simple('memory.grow', 0), drop], 3],
  ])('counts what Wasmtime counts: %s', (_, body, fuel) => {
    const run = interpret(programOf(...body), [], new FuelCount(WASMTIME_RULES, AMPLE));
    expect([run.trap, run.used]).toEqual([null, fuel]);
  });
});

describe('cases that random programs found', () => {
  it.each([
    ['table.init', '(table.init $e (i32.const 7) (i32.const 0) (i32.const 1))', 'table index'],
    ['memory.copy', '(memory.copy (i32.const -1) (i32.const 0) (i32.const 1))', 'memory access'],
  ])('%s of a small constant size is paid before it traps in a loop', (_, operation, trap) => {
    const call = callMetered(
      `(module (memory 1) (table 1 funcref) (func $f) (elem $e func $f)
        (func (export "run") (loop ${operation} (if (i32.const 0) (then nop) (else nop)))))`,
      AMPLE,
    );
    expect(call.trap).toContain(trap);
    expect(call.fuel).toBeGreaterThanOrEqual(1 + 3 + 1 + 1);
  });

  it('verify refuses a loop that is checked for ever but never pays', () => {
    const take = 'i64.const 1 i64.sub local.tee $fuel global.set $counter';
    const unpaid = wasm(`(module (global $counter (mut i64) (i64.const 100))
      (func (export "run") (local $fuel i64)
        global.get $counter local.tee $fuel i64.const 1 i64.le_s
        if local.get $fuel ${take} unreachable end
        local.get $fuel ${take}
        loop $l
          local.get $fuel i64.const 0 i64.le_s if unreachable end
          br $l
        end))`);
    expect(verify(unpaid)).toMatchObject({ ok: false });
  });
});
