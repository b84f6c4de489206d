import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdFuel } from './agreement.ts';
import { expected, holds, meteredOf, type NamedProperty } from './named-property.ts';
import { assertSame, execute, type Interpreted } from './observation.ts';
import { printProgram } from './print-program.ts';
import { type Program, TURNS } from './program.ts';
import { type Case, programArbitrary } from './program-arbitrary.ts';

/** So many that only fuel can end the program. */
const ENDLESS = 2 ** 31 - 1;

const budgetArbitrary = fc.oneof(fc.nat(60), fc.nat(1_500));

/** The trap form stops with the trap of `unreachable`. */
function asTrapForm(interpreted: Interpreted): Interpreted {
  return interpreted.trap === 'out of fuel' ? { ...interpreted, trap: 'unreachable' } : interpreted;
}

/** Runs a case in the trap form, which stops at the same check as the interpreter and has done the same. */
function stopsInTime(subject: Case, budget: number): void {
  const interpreted = asTrapForm(expected(subject, { budget }));
  const bytes = meteredOf(printProgram(subject.program), { exportCounter: 'fuel', initialFuel: budget });
  const run = execute(bytes, subject);
  assertSame(run, interpreted);
  holdFuel(budget - Number(run.fuelLeft), interpreted);
}

const trapForm = holds(
  'a program stops at the first check where its budget is used up',
  fc.tuple(programArbitrary(), budgetArbitrary),
  ([subject, budget]) => stopsInTime(subject, budget),
);

/** The program with no end of its own, where it has loops or recursion. */
export function endless(program: Program): Program {
  const globals = program.globals.map((global, index) =>
    index === TURNS ? { ...global, value: ENDLESS } : global,
  );
  return { ...program, globals };
}

const endlessForm = holds(
  'a program that would not end stops as well',
  fc.tuple(programArbitrary(), budgetArbitrary),
  ([subject, budget]) => stopsInTime({ ...subject, program: endless(subject.program) }, budget),
);

const callForm = holds(
  'a program asks for more at the same checks, with the same fuel left, as the interpreter',
  fc.tuple(programArbitrary(), fc.nat(100), fc.integer({ min: 1, max: 300 })),
  ([subject, budget, slice]) => {
    const expectedAsks: number[] = [];
    const interpreted = expected(subject, {
      budget,
      whenEmpty: (used, granted) => {
        expectedAsks.push(granted - used);
        return used + slice - granted;
      },
    });
    const asks: number[] = [];
    const form = { exportCounter: 'fuel', onEmpty: 'call', initialFuel: budget } as const;
    const run = execute(meteredOf(printProgram(subject.program), form), subject, {
      refuel: (left) => {
        asks.push(Number(left));
        return BigInt(slice);
      },
    });
    assertSame(run, interpreted);
    assert.deepEqual(asks, expectedAsks, 'the fuel left at each check that asked');
    const granted = asks.reduce((sum, left) => sum + slice - left, budget);
    holdFuel(granted - Number(run.fuelLeft), interpreted);
  },
);

export const BUDGETS: readonly NamedProperty[] = [trapForm, endlessForm, callForm];
