import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kv } from '../../../src/capabilities/kv.ts';
import { createCapabilityHost } from '../../../src/capabilities/registry.ts';
import { loadAssembler } from '../../../src/wat/assemble.ts';
import { FORMS } from '../../../src/wat/dialect/forms.ts';
import { Choices, generateBody, PARAMETERS, resultKind } from './generated-program.ts';
import { runBody } from './runs.ts';

const RESULTS = {
  i32: 'i32',
  i64: 'i64',
  f64: 'f64',
  bool: 'bool',
  text: 'string',
  value: 'string',
  list: 'list<i32>',
};
const imports = createCapabilityHost([kv]).imports(['kv']);
const assembler = await loadAssembler();
const memory = { initialPages: 1, maximumPages: 16 };

describe('a well-typed body', () => {
  it('assembles and runs, whatever comes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9999), { minLength: 5, maxLength: 400 }), async (numbers) => {
        const choices = new Choices(numbers);
        const kind = resultKind(choices);
        const body = generateBody(choices, kind);
        const run = await runBody(`(${PARAMETERS}) -> ${RESULTS[kind]}`, body, [
          4,
          'r',
          { a: 1 },
          ['x', 'y'],
        ]);
        expect(run.diagnostics, body).toEqual([]);
        expect(run.outcome, `${run.error}\n${body}`).not.toBe('invalid');
      }),
      { numRuns: 250 },
    );
  });
});

describe('any words in any lists', () => {
  const words = fc.constantFrom(
    ...FORMS.keys(),
    ...[
      '$x',
      '$y',
      '$n',
      '0',
      '1.5',
      '"a"',
      '"{} {$x}"',
      'then',
      'else',
      'result',
      'i32',
      'true',
      'null',
      'ENOENT',
      '-',
    ],
    ...[
      'local.set',
      'local.get',
      'i32.add',
      'call',
      '$kv.get',
      'kv.get',
      'kv.set',
      'json.parse',
      'return',
      'block',
      'loop',
    ],
    ...['drop', 'br', 'br_if', 'param', 'local', 'foreach', 'offset=4', 'i32.load', 'select', '==', 'end'],
  );
  const lists = fc.letrec<{ node: string; list: string }>((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, words, tie('list')),
    list: fc.array(tie('node'), { maxLength: 6 }).map((nodes) => `(${nodes.join(' ')})`),
  }));

  it('are assembled to a valid module, or refused at a place inside the body', async () => {
    const bodies = fc.array(fc.oneof(lists.list, words), { maxLength: 8 }).map((parts) => parts.join('\n'));
    const signatures = fc.constantFrom(
      null,
      { params: [{ name: 'x', type: { kind: 'string' as const } }], result: { kind: 'i32' as const } },
      { params: [], result: { kind: 'list' as const, of: { kind: 'string' as const } } },
    );
    await fc.assert(
      fc.asyncProperty(bodies, signatures, async (body, signature) => {
        const outcome = await assembler.assemble(body, { imports, signature, memory });
        if (outcome.ok) expect(WebAssembly.validate(outcome.bytes)).toBe(true);
        const lines = body.split('\n').length;
        for (const { line, column, message } of outcome.ok ? [] : outcome.diagnostics) {
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toMatch(/undefined|\[object|NaN|pending|never comes/);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
