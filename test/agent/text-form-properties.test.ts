import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderArguments } from '../../src/agent/arguments.ts';
import { parseAtUse } from '../../src/agent/at-use.ts';
import { printUse } from '../../src/agent/print-use.ts';
import { readTextForms } from '../../src/agent/text-forms.ts';
import type { CallArguments } from '../../src/agent/tools.ts';
import { coerce } from '../../src/wat/coerce.ts';
import type { Signature, ValueType, WireValue } from '../../src/wat/types.ts';

const NAME = fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$/);
const TEXT = fc.string({ unit: 'binary' });
const CALL_PIECES = [
  'ToolCall::Wat(',
  '@use ',
  'name',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '“',
  '\\',
  '\\u00e9',
  '`'.repeat(3),
  '~~~~',
  'wat',
  '\n',
  '\r\n',
  'signature:',
  'args:',
  'url: ',
  ',',
  '1e9',
  '-0',
  'true',
  ' ',
  '\ud800',
];

interface Typed {
  readonly type: ValueType;
  readonly value: fc.Arbitrary<WireValue>;
}

/** A type of the wire format with values of it. */
const typed: fc.Arbitrary<Typed> = fc.letrec<{ any: Typed }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Typed>(
      { type: { kind: 'bool' }, value: fc.boolean() },
      { type: { kind: 'i32' }, value: fc.integer() },
      { type: { kind: 'i64' }, value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
      { type: { kind: 'f64' }, value: fc.double() },
      { type: { kind: 'string' }, value: TEXT },
      { type: { kind: 'bytes' }, value: fc.uint8Array().map((bytes) => Uint8Array.from(bytes)) },
    ),
    tie('any').map(
      ({ type, value }): Typed => ({
        type: { kind: 'list', of: type },
        value: fc.array(value, { maxLength: 4 }),
      }),
    ),
    tie('any').map(
      ({ type, value }): Typed => ({
        type: { kind: 'map', of: type },
        value: fc
          .array(fc.tuple(fc.oneof(TEXT, fc.constant('__proto__')), value), { maxLength: 4 })
          .map((entries) => Object.fromEntries(entries)),
      }),
    ),
    tie('any').map(({ type, value }): Typed => {
      if (type.kind === 'option') return { type, value };
      return { type: { kind: 'option', of: type }, value: fc.option(value) };
    }),
    fc.uniqueArray(fc.tuple(NAME, tie('any')), { maxLength: 3, selector: ([name]) => name }).map(
      (fields): Typed => ({
        type: { kind: 'struct', fields: fields.map(([name, { type }]) => ({ name, type })) },
        value: fc
          .tuple(...fields.map(([, { value }]) => value))
          .map((values) => Object.fromEntries(fields.map(([name], index) => [name, values[index] ?? null]))),
      }),
    ),
  ),
})).any;

/** A signature and arguments for it. */
const called = fc
  .uniqueArray(fc.tuple(NAME, typed), { maxLength: 4, selector: ([name]) => name })
  .chain((params) =>
    fc.record({
      signature: fc.constant<Signature>({
        params: params.map(([name, { type }]) => ({ name, type })),
        result: null,
      }),
      args: fc.tuple(...params.map(([, { value }]) => value)),
    }),
  );

function valuesOf(signature: Signature, written: CallArguments): readonly unknown[] {
  const ordered = orderArguments(signature, written);
  if (!ordered.ok) throw new Error(ordered.message);
  return signature.params.map(({ type }, index) => {
    const coerced = coerce(ordered.args[index], type);
    if (!coerced.ok) throw new Error(coerced.message);
    return coerced.value;
  });
}

describe('a call in a text', () => {
  it('has the arguments again that it was printed from', () => {
    fc.assert(
      fc.property(called, ({ signature, args }) => {
        const use = parseAtUse(`@use ${printUse('program', args)}`);
        if (!use.ok) throw new Error(use.message);
        expect(valuesOf(signature, use.args)).toEqual(args);
      }),
      { numRuns: 500 },
    );
  });

  it('has them again by name and in any order', () => {
    fc.assert(
      fc.property(called, fc.nat(), ({ signature, args }, seed) => {
        const printed = signature.params.map(
          ({ name }, index) => `${name}: ${printUse('', [args[index]]).slice(1, -1)}`,
        );
        const turned = [...printed.slice(seed % 4), ...printed.slice(0, seed % 4)];
        const [parse] =
          readTextForms(`ToolCall::Wat(\n\`\`\`wat\n(nop)\n\`\`\`\nargs: (${turned.join(', ')})\n)`) ?? [];
        if (parse?.ok !== true || parse.request.tool !== 'run_program')
          throw new Error(JSON.stringify(parse));
        expect(valuesOf(signature, parse.request.args)).toEqual(args);
      }),
      { numRuns: 500 },
    );
  });

  it('never makes its reader throw', () => {
    const text = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...CALL_PIECES) }, TEXT));
    fc.assert(
      fc.property(text, (pieces) => {
        const reply = pieces.join('');
        for (const parse of readTextForms(reply) ?? [])
          if (!parse.ok) expect(parse.message).toMatch(/^Expected/);
        expect(typeof parseAtUse(`@use ${reply}`).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, string, string]>([
    ['brackets', '@use a(', '['],
    ['quotes', '@use a(', '“'],
    ['digits', '@use a(', '1'],
    ['spaces', '@use a(b', ' '],
    ['calls', '', '@use a(b c)\n'],
    ['calls without an end', '', '@use a(“\n'],
    ['fences in a program', 'ToolCall::Wat(```wat\n', '```\n'],
    ['spaces behind a fence', 'ToolCall::Wat(```wat\n', '```\n   \n'],
    ['programs', '', 'ToolCall::Wat(```\n```)\n'],
    ['programs without an end', '', 'ToolCall::Wat(```\n'],
    ['prose', '', 'a b\n@use c("d")\n'],
    ['entries', '@use a(', 'b: 1, '],
  ])('is read in a time that grows with its length only: %s', (_what, start, piece) => {
    const time = (length: number): number => {
      const text = start + piece.repeat(length / piece.length);
      const begin = performance.now();
      readTextForms(text);
      parseAtUse(text);
      return performance.now() - begin;
    };
    time(20_000);
    const short = Math.min(time(100_000), time(100_000), time(100_000));
    // Ten times the length takes ten times as long; a time that grew with the square would be a hundred times.
    const long = Math.min(time(1_000_000), time(1_000_000));
    expect(long).toBeLessThan(50 * Math.max(short, 5));
  });
});
