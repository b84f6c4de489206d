import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FUEL_CASES } from '../fixtures/fuel-cases.ts';
import { wasm } from '../fixtures/wasm.ts';
import { endless } from './budgets.ts';
import { codeRange } from './module-form.ts';
import type { MutantTask } from './mutant-messages.ts';
import { MutantRunner } from './mutant-runner.ts';
import { meteredOf, type NamedProperty } from './named-property.ts';
import { printProgram } from './print-program.ts';
import { programArbitrary } from './program-arbitrary.ts';

const BUDGET = 2_000;
/** Small, so that a change meets something that matters. */
const SIZE = { functions: 3, choices: 120 };

interface Subject extends Pick<MutantTask, 'call' | 'args'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Edit {
  readonly kind: 'set' | 'flip' | 'insert' | 'delete';
  readonly at: number;
  readonly byte: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const byte = fc.oneof(
  fc.nat(255),
  // Opcodes and numbers that the added code is made of.
  fc.constantFrom(0x00, 0x01, 0x0b, 0x0c, 0x0d, 0x1a, 0x20, 0x21, 0x22, 0x23, 0x24, 0x40, 0x42, 0x57),
  fc.constantFrom(0x02, 0x03, 0x04, 0x10, 0x12, 0x7c, 0x7d, 0x7e, 0x7f, 0xad, 0xfc),
);

function editsArbitrary(kinds: readonly Edit['kind'][], most: number): fc.Arbitrary<readonly Edit[]> {
  const edit = fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(65_535), byte });
  return fc.array(edit, { minLength: 1, maxLength: most });
}

function edited(
  bytes: Uint8Array<ArrayBuffer>,
  edits: readonly Edit[],
  range: Range,
): Uint8Array<ArrayBuffer> {
  const list = [...bytes];
  for (const { kind, at, byte: value } of edits) {
    const place = range.start + (at % Math.max(1, Math.min(range.end, list.length) - range.start));
    if (kind === 'set') list[place] = value;
    else if (kind === 'flip') list[place] = (list[place] ?? 0) ^ (1 << (value % 8));
    else list.splice(place, kind === 'delete' ? 1 : 0, ...(kind === 'insert' ? [value] : []));
  }
  return Uint8Array.from(list);
}

const generated: fc.Arbitrary<Subject> = programArbitrary(SIZE).map(({ program, args }) => ({
  bytes: printProgram(endless(program)),
  call: `f${program.functions.length}`,
  args,
}));

/** Written by hand, the larger operations and the loops among them. */
const fixture: fc.Arbitrary<Subject> = fc
  .constantFrom(...FUEL_CASES)
  .map(({ wat, args = [] }) => ({ bytes: wasm(wat), call: 'run', args }));

const subject = fc.oneof({ arbitrary: generated, weight: 3 }, { arbitrary: fixture, weight: 1 });

/** Treats each case on a thread of its own. A case that does not end is not shrunk: that takes too long. */
function survives<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  taskOf: (value: T) => Omit<MutantTask, 'id' | 'budget'>,
): NamedProperty {
  const check: NamedProperty['check'] = async (settings) => {
    const runner = new MutantRunner();
    const property = fc.asyncProperty(arbitrary, async (value) => {
      const { problem } = await runner.run({ ...taskOf(value), budget: BUDGET });
      assert.equal(problem, null);
    });
    try {
      await fc.assert(property, { ...settings, endOnFailure: true });
      return runner.counts;
    } finally {
      await runner.close();
    }
  };
  return { name, check };
}

const whole = ({ bytes }: Pick<Subject, 'bytes'>): Range => ({ start: 0, end: bytes.length });
const KINDS = ['set', 'flip', 'insert', 'delete'] as const;

const tampered = survives(
  'a tampered module is refused, or runs within its limits',
  fc.tuple(subject, editsArbitrary(KINDS, 3)),
  ([{ bytes, call, args }, edits]) => ({
    kind: 'plain',
    mutants: [edited(bytes, edits, whole({ bytes }))],
    call,
    args,
  }),
);

const tamperedCode = survives(
  'a module with one byte of its code changed is refused, or runs within its limits',
  fc.tuple(subject, editsArbitrary(['set', 'flip'], 1)),
  ([{ bytes, call, args }, edits]) => ({
    kind: 'plain',
    mutants: [edited(bytes, edits, codeRange(bytes))],
    call,
    args,
  }),
);

const formArbitrary = fc.constantFrom('trap' as const, 'call' as const);

function meteredSubject({ bytes, call, args }: Subject, onEmpty: 'trap' | 'call'): Subject {
  return { bytes: meteredOf(bytes, { onEmpty, exportCounter: 'fuel', initialFuel: BUDGET }), call, args };
}

const tamperedMetering = survives(
  'a metered module with one byte of its code changed is refused, or still stops',
  fc.tuple(subject, formArbitrary, editsArbitrary(['set', 'flip'], 1)),
  ([original, onEmpty, edits]) => {
    const { bytes, call, args } = meteredSubject(original, onEmpty);
    return { kind: 'metered', mutants: [edited(bytes, edits, codeRange(bytes))], call, args };
  },
);

const tamperedProof = survives(
  'whatever bytes it is given, verify answers',
  fc.tuple(subject, formArbitrary, editsArbitrary(KINDS, 4)),
  ([original, onEmpty, edits]) => {
    const { bytes, call, args } = meteredSubject(original, onEmpty);
    return { kind: 'unproved', mutants: [edited(bytes, edits, whole({ bytes }))], call, args };
  },
);

export const MUTATIONS: readonly NamedProperty[] = [tampered, tamperedCode, tamperedMetering, tamperedProof];
