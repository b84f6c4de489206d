import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MeterOptions } from '../../../src/engine/meter.ts';
import { verify } from '../../../src/engine/verify.ts';
import { holdFuel } from './agreement.ts';
import { endless } from './budgets.ts';
import { EXHAUSTED } from './interpreter.ts';
import { expected, holds, meteredOf, type NamedProperty } from './named-property.ts';
import { assertSame, execute, type Interpreted } from './observation.ts';
import { printProgram } from './print-program.ts';
import { type Case, programArbitrary } from './program-arbitrary.ts';

/** Few enough for the interpreter, and for V8's stack many times over. */
const depthArbitrary = fc.integer({ min: 1, max: 30 });
const formArbitrary = fc.constantFrom('trap' as const, 'call' as const);

/** The trap form has one trap for all. */
function inForm(interpreted: Interpreted, onEmpty: MeterOptions['onEmpty']): Interpreted {
  const named = interpreted.trap === 'out of fuel' || interpreted.trap === EXHAUSTED;
  return named && onEmpty === 'trap' ? { ...interpreted, trap: 'unreachable' } : interpreted;
}

function endsAlike(subject: Case, depth: number, budget: number, onEmpty: 'trap' | 'call'): void {
  const interpreted = inForm(expected(subject, { budget, depth }), onEmpty);
  const bytes = meteredOf(printProgram(subject.program), {
    onEmpty,
    exportCounter: 'fuel',
    initialFuel: budget,
    maximumCallDepth: depth,
  });
  assert.deepEqual(verify(bytes, { maximumCallDepth: depth }), { ok: true });
  const run = execute(bytes, subject);
  assertSame(run, interpreted);
  holdFuel(budget - Number(run.fuelLeft), interpreted);
}

const limited = holds(
  'a program whose calls are too deep ends at the same call as in the interpreter, for the same fuel',
  fc.tuple(programArbitrary(), depthArbitrary, formArbitrary),
  ([subject, depth, onEmpty]) => endsAlike(subject, depth, 2 ** 45, onEmpty),
);

const recursive = holds(
  'a program that would not end is ended by depth or by fuel, as in the interpreter',
  fc.tuple(programArbitrary(), depthArbitrary, fc.nat(1_500)),
  ([subject, depth, budget]) =>
    endsAlike({ ...subject, program: endless(subject.program) }, depth, budget, 'trap'),
);

export const DEPTHS: readonly NamedProperty[] = [limited, recursive];
