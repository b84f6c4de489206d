import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MeterOptions } from '../../../src/engine/meter.ts';
import type { CostTable } from '../../../src/engine/metering/costs.ts';
import { verify } from '../../../src/engine/verify.ts';
import type { FuelRules } from './fuel-rules.ts';
import { expected, holds, meteredOf, type NamedProperty } from './named-property.ts';
import { assertSame, execute, type Interpreted } from './observation.ts';
import { OPCODES } from './opcodes.ts';
import { printProgram } from './print-program.ts';
import type { Program } from './program.ts';
import { type Case, programArbitrary } from './program-arbitrary.ts';

/** More than any program can use. */
const AMPLE = 2 ** 45;

const formArbitrary: fc.Arbitrary<MeterOptions> = fc.record({
  onEmpty: fc.constantFrom('trap' as const, 'call' as const),
  exportCounter: fc.constant('fuel'),
  initialFuel: fc.constant(AMPLE),
});

/** Runs a case metered with ample fuel, and holds all that can be seen of it against the interpreter. */
function holdAgainst(subject: Case, interpreted: Interpreted, options: MeterOptions): void {
  const metered = meteredOf(printProgram(subject.program), options);
  const usedWhenSeen: number[] = [];
  const run = execute(metered, subject, {
    onSeen: (left) => usedWhenSeen.push(AMPLE - Number(left)),
  });
  assertSame(run, interpreted);
  assert.deepEqual(usedWhenSeen, interpreted.usedWhenSeen, 'the fuel at the calls of the host');
  holdFuel(AMPLE - Number(run.fuelLeft), interpreted);
}

/** Exact for a program that ends; what a trap cuts off may have been paid as far as the run of code goes. */
export function holdFuel(charged: number, { trap, used, ahead }: Interpreted): void {
  if (trap === null) {
    assert.equal(charged, used, 'the fuel');
  } else {
    assert.ok(charged >= used, `${charged} charged for ${used} used before a trap`);
    assert.ok(charged <= used + ahead, `${charged} charged for ${used} used and at most ${ahead} ahead`);
  }
}

const plain = holds('a plain program does what the interpreter does', programArbitrary(), (subject) => {
  assertSame(execute(printProgram(subject.program), subject), expected(subject));
});

const metered = holds(
  'a metered program does what the plain one does, for the fuel that the interpreter counts',
  fc.tuple(programArbitrary(), formArbitrary),
  ([subject, form]) => holdAgainst(subject, expected(subject), form),
);

const PRICE = fc.integer({ min: 1, max: 5 });
const PRICED = [...OPCODES.keys(), 'i32.const', 'i64.const', 'f32.const', 'f64.const'];

/** Branches and calls cost at least 1, so that nothing endless is free. */
const JUMPS = ['br', 'br_if', 'br_table', 'call', 'call_indirect', 'return_call', 'return_call_indirect'];

function withPricedJumps(rules: FuelRules): FuelRules {
  const jumps = JUMPS.map((name) => [name, Math.max(1, rules.operators[name] ?? rules.operator)] as const);
  return { ...rules, operators: { ...rules.operators, ...Object.fromEntries(jumps) } };
}

const anyRules: fc.Arbitrary<FuelRules> = fc.record({
  functionEntry: PRICE,
  operator: fc.nat(3),
  operators: fc.dictionary(fc.constantFrom(...PRICED), fc.nat(9), { maxKeys: 30 }),
  perByte: PRICE,
  perElement: PRICE,
  perPage: PRICE,
  uncheckedBulk: fc.constantFrom(0, 10, 128),
});
const rulesArbitrary = anyRules.map(withPricedJumps);

const otherPrices = holds(
  'another cost table is followed as exactly',
  fc.tuple(programArbitrary(), formArbitrary, rulesArbitrary),
  ([subject, form, rules]) => {
    const costs: CostTable = { name: 'random', ...rules };
    holdAgainst(subject, expected(subject, { rules }), { ...form, costs });
  },
);

function capped(program: Program, pages: number, elements: number): Program {
  const { memory, tables } = program;
  return {
    ...program,
    memory: { minimum: memory.minimum, maximum: Math.min(memory.maximum, pages) },
    tables: tables.map(({ minimum, maximum }) => ({ minimum, maximum: Math.min(maximum, elements) })),
  };
}

const caps = holds(
  'lower maxima make the program another one, which is metered as exactly',
  fc.tuple(
    programArbitrary(),
    formArbitrary,
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 8, max: 40 }),
  ),
  ([subject, form, maximumPages, maximumTableElements]) => {
    const program = capped(subject.program, maximumPages, maximumTableElements);
    const interpreted = expected({ ...subject, program });
    holdAgainst(subject, interpreted, { ...form, maximumPages, maximumTableElements });
  },
);

const proved = holds(
  'what the meter makes is proved',
  fc.tuple(
    programArbitrary(),
    fc.record({
      onEmpty: fc.constantFrom('trap' as const, 'call' as const),
      initialFuel: fc.nat(),
      costs: rulesArbitrary.map((rules) => ({ name: 'random', ...rules })),
    }),
    fc.constantFrom({}, { exportCounter: 'fuel' }, { maximumPages: 2, maximumTableElements: 30 }),
  ),
  ([{ program }, form, more]) => {
    const bytes = printProgram(program, { names: true });
    assert.deepEqual(verify(meteredOf(bytes, { ...form, ...more })), { ok: true });
  },
);

const twice = holds(
  'a metered program can be metered again, and still does the same',
  programArbitrary(),
  (subject) => {
    const first = meteredOf(printProgram(subject.program), { exportCounter: 'fuel', initialFuel: AMPLE });
    const second = meteredOf(first, { exportCounter: 'more', onEmpty: 'call', initialFuel: AMPLE });
    assert.deepEqual(verify(second), { ok: true });
    const interpreted = expected(subject);
    const run = execute(second, subject);
    assertSame(run, interpreted);
    holdFuel(AMPLE - Number(run.fuelLeft), interpreted);
  },
);

export const AGREEMENT: readonly NamedProperty[] = [plain, metered, otherPrices, caps, proved, twice];
