import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAssembler } from '../../src/wat/assemble.ts';
import { assembleBody, execute, mistakesIn, moduleOf, OPTIONS } from './sandbox.ts';

/** Ways to nest so many levels (parentheses, or flat blocks) around one instruction. */
const NESTED: Readonly<Record<string, (levels: number, inner: string) => string>> = {
  'folded operands': (levels, inner) =>
    `${'(i32.eqz '.repeat(levels - 1)}(${inner})${')'.repeat(levels - 1)}`,
  'folded blocks': (levels, inner) =>
    `${'(block (result i32) '.repeat(levels - 1)}(${inner})${')'.repeat(levels - 1)}`,
  'folded loops': (levels, inner) =>
    `${'(loop (result i32) '.repeat(levels - 1)}(${inner})${')'.repeat(levels - 1)}`,
  'folded ifs': (levels, inner) => {
    const count = Math.floor((levels - 1) / 2);
    return `${'(if (result i32) (i32.const 1) (then '.repeat(count)}(${inner})${') (else (i32.const 0)))'.repeat(count)}`;
  },
  'conditions of ifs': (levels, inner) =>
    `${'(if (result i32) '.repeat(levels - 2)}(${inner})${' (then (i32.const 1)) (else (i32.const 0)))'.repeat(levels - 2)}`,
  'flat blocks': (levels, inner) =>
    `${'block (result i32) '.repeat(levels)} ${inner} ${'end '.repeat(levels)}`,
  'flat ifs': (levels, inner) =>
    `${'i32.const 1 if (result i32) '.repeat(levels)} ${inner} ${'else i32.const 0 end '.repeat(levels)}`,
};

const MAX_BODY = 256 * 1024;
const TOO_DEEP = /nest deeper than 100$/;

describe.each(Object.entries(NESTED))('nesting by %s', (_kind, nest) => {
  it('works to 100 levels', async () => {
    expect((await execute(nest(100, 'i32.const 1'))).status).toBeTypeOf('number');
  });

  it('does not harm the assembler at 100 levels when something is wrong inside', async () => {
    for (let round = 0; round < 3; round += 1)
      expect((await mistakesIn(nest(100, 'i64.const 1')))[0]?.message).toMatch(/i64/);
    expect((await execute('(i32.const 1)')).status).toBe(1);
  });

  it.each([103, 1000, 4000])('is refused at %i levels, once, where it goes too far', async (levels) => {
    const [first, ...rest] = await mistakesIn(nest(levels, 'nop'));
    expect(first?.message).toMatch(TOO_DEEP);
    expect(first?.column).toBeLessThan(101 * 40);
    expect(rest).toEqual([]);
  });
});

describe('nesting', () => {
  it('counts what macros add', async () => {
    const nested = (levels: number) =>
      `${'(block '.repeat(levels)}(check (i32.const 1))${')'.repeat(levels)}(i32.const 0)`;
    expect((await execute(nested(95))).status).toBe(1);
    expect((await mistakesIn(nested(98)))[0]?.message).toMatch(TOO_DEEP);
  });

  it('counts flat blocks and parentheses together', async () => {
    const body = `${'block '.repeat(60)}${'(block '.repeat(60)}${')'.repeat(60)}${'end '.repeat(60)}`;
    expect((await mistakesIn(body))[0]?.message).toMatch(TOO_DEEP);
  });

  it('is free in comments', async () => {
    expect((await execute(`${'(;'.repeat(60_000)}${';)'.repeat(60_000)}(i32.const 2)`)).status).toBe(2);
  });

  it.each(['(', ')', '(;', '(block ', 'block ', 'if ', 'end ', '((', '"', '"""', '(then ', '(local '])(
    'does not overflow on a body full of %j',
    async (text) => {
      const mistakes = await mistakesIn(text.repeat(Math.floor(MAX_BODY / text.length)));
      expect(mistakes.length).toBeGreaterThan(0);
      expect(mistakes.length).toBeLessThanOrEqual(21);
    },
  );
});

describe('the size of a body', () => {
  it('is at most 256 KiB of UTF-8', async () => {
    const end = '(i32.const 0)';
    const fitting = `;; ${'é'.repeat((MAX_BODY - end.length - 5) / 2)}`;
    const padding = ' '.repeat(MAX_BODY - end.length - 1 - Buffer.byteLength(fitting));
    const whole = `${fitting}\n${padding}${end}`;
    expect(Buffer.byteLength(whole)).toBe(MAX_BODY);
    expect((await assembleBody(whole)).ok).toBe(true);
    expect(await mistakesIn(` ${whole}`)).toEqual([
      {
        line: 1,
        column: 1,
        message: 'the body is longer than 262144 bytes',
        hint: 'split the work over several programs',
      },
    ]);
  });

  it('does not matter for the time that one of 100 lines takes', async () => {
    const line = '(local.set $n (i32.add (local.get $n) (i32.const 1))) ;; counts';
    const body = `(local $n i32)\n${`${line}\n`.repeat(98)}(local.get $n)`;
    const times: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      const start = performance.now();
      await moduleOf(body);
      times.push(performance.now() - start);
    }
    // Well under a millisecond on a quiet machine; the bound only tells a wrong order of growth.
    expect(times.toSorted((a, b) => a - b)[30]).toBeLessThan(10);
  });
});

describe('the number of mistakes', () => {
  it('that is listed is 20, in the order of the text, with a last one that says so', async () => {
    for (const line of ['(nonsense)\n', '(drop)\n', '(check)\n', '"\\q"\n']) {
      const mistakes = await mistakesIn(line.repeat(500));
      expect(mistakes.map((mistake) => mistake.line)).toEqual(
        Array.from({ length: 21 }, (_, index) => index + 1),
      );
      expect(mistakes.at(-1)).toMatchObject({
        message: 'there are more than 20 mistakes',
        hint: 'mend these first',
      });
    }
    expect(await mistakesIn('(nonsense)\n'.repeat(20))).toHaveLength(20);
  });

  it('covers text, names, locals and structure of one body together', async () => {
    const body =
      '(resv "\\q")\n(local.get $x)\n(call $nothing)\n(local $y str)\n(if (i32.const 1))\n(frob)\n(check)';
    expect((await mistakesIn(body)).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('words', () => {
  it('have at most 200 characters', async () => {
    const name = `$${'x'.repeat(199)}`;
    expect((await execute(`(local ${name} i32) (local.get ${name})`)).status).toBe(0);
    expect((await mistakesIn(`(local ${name}x i32) (i32.const 0)`))[0]).toMatchObject({
      column: 8,
      message: 'a word of 201 characters; the longest allowed has 200',
    });
  });
});

describe('locals', () => {
  it('are at most 5000', async () => {
    const declared = (count: number) => `${'(local i32)'.repeat(count)}(i32.const 0)`;
    expect((await execute(declared(5000))).status).toBe(0);
    expect((await mistakesIn(declared(5001)))[0]?.message).toBe('more than 5000 locals');
  });
});

describe('the types of a block', () => {
  const types = (count: number) => 'i32 '.repeat(count);

  it('have at most 100 results', async () => {
    const body = (count: number) =>
      `(block (result ${types(count)}) ${'(i32.const 1) '.repeat(count)}) ${'drop '.repeat(count - 1)}`;
    expect((await execute(body(100))).status).toBe(1);
    expect(await mistakesIn(body(101))).toEqual([
      {
        line: 1,
        column: 416,
        message: 'a block has at most 100 results',
        hint: 'keep many values in memory instead',
      },
    ]);
  });

  it('have at most 100 parameters, counted over all lists, and are reported once', async () => {
    const one = '(param i32)';
    const body = (count: number) =>
      `${'(i32.const 1) '.repeat(count)} block ${one.repeat(count)} ${'drop '.repeat(count)} end i32.const 2`;
    expect((await execute(body(100))).status).toBe(2);
    const [first, ...rest] = await mistakesIn(body(1000));
    expect(first?.message).toBe('a block has at most 100 params');
    expect(rest).toEqual([]);
  });
});

describe('branches', () => {
  it('by br_table have at most 1000 labels', async () => {
    const body = (count: number) => `(block (br_table ${'0 '.repeat(count)}(i32.const 0))) (i32.const 3)`;
    expect((await execute(body(1000))).status).toBe(3);
    expect(await mistakesIn(body(1001))).toEqual([
      {
        line: 1,
        column: 2018,
        message: 'a br_table has at most 1000 labels, got 1001',
        hint: 'look the value up in memory instead',
      },
    ]);
  });

  it('carry at most 10,000 values together', async () => {
    const branches = (count: number) =>
      `(block (result ${'i32 '.repeat(100)}) ${'i32.const 1 '.repeat(100)} ${'(br_if 0 (i32.const 0)) '.repeat(count)}) ${'drop '.repeat(99)}`;
    expect((await execute(branches(100))).status).toBe(1);
    const [first, ...rest] = await mistakesIn(branches(200));
    expect(first?.message).toBe('the branches of the body carry more than 10000 values together');
    expect(rest).toEqual([]);
  });

  it('to a loop carry what the loop takes, and to the body its status', async () => {
    const loops = `(loop (result i32) (br_if 0 (i32.const 0)) (i32.const 1)) drop `;
    expect((await execute(`${loops.repeat(2000)} (i32.const 4)`)).status).toBe(4);
    const exits = (count: number) =>
      `${'(br_if 0 (i32.const 1) (i32.const 0)) drop '.repeat(count)}(i32.const 4)`;
    expect((await execute(exits(5000))).status).toBe(4);
  });
});

describe('bodies that wabt itself cannot take', () => {
  const results = (count: number) => `(result${' i32'.repeat(count)})`;

  it.each([
    ['types that its stack cannot print', `(block ${results(6528)} nop)`],
    ['types in many errors', `(block ${results(5000)} (br_table ${'0 '.repeat(20_000)}(i32.const 0)))`],
    ['types by number', `(block ${results(100)} nop) ${'(block (type 1) nop) '.repeat(10_000)}`],
    [
      'types in the errors of many branches',
      `(block ${results(100)} (br_table ${'0 '.repeat(1000)}(i32.const 0)))`.repeat(100),
    ],
    [
      'branches to labels of other types',
      `(block ${results(100)} (block (br_table 1 ${'0 '.repeat(999)}(i32.const 0))) unreachable)`.repeat(100),
    ],
  ])('get a diagnostic and harm nobody: %s', async (_kind, body) => {
    const assembler = await loadAssembler();
    const outcome = await assembler.assemble(body, OPTIONS);
    expect(outcome.ok ? [] : outcome.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^(a block has|a br_table has|a program has|the branches of|the labels of)/),
    );
    expect(await assembler.assemble('(i32.const 0)', OPTIONS)).toMatchObject({ ok: true });
  });
});

describe('any text', () => {
  const words = fc.constantFrom(
    ...[
      '(',
      ')',
      '"',
      '"""',
      '\\',
      ';;',
      '(;',
      ';)',
      '\n',
      ' ',
      '$x',
      '$kv.get',
      'call',
      'local.get',
      'local',
    ],
    ...[
      'i32',
      'i64',
      'i32.const',
      'i32.add',
      'block',
      'loop',
      'if',
      'then',
      'else',
      'end',
      'br',
      'br_table',
      '0',
    ],
    ...[
      'argv',
      'check',
      'resv',
      'drop',
      'result',
      'param',
      'é',
      '-1',
      'offset=4',
      'i32.load',
      'func',
      '“',
      '\u0000',
    ],
  );
  const soup = fc.array(fc.tuple(words, fc.constantFrom(' ', ' ', '')), { maxLength: 40 });
  const lists = fc.letrec<{ node: string; list: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      words.filter((word) => /^[^()";\\]+$/.test(word)),
      tie('list'),
    ),
    list: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => `(${nodes.join(' ')})`),
  }));

  async function expectSound(body: string): Promise<void> {
    const outcome = await assembleBody(body, OPTIONS);
    if (outcome.ok) {
      expect(WebAssembly.validate(outcome.bytes)).toBe(true);
      return;
    }
    const lines = body.split('\n');
    expect(outcome.diagnostics.length).toBeGreaterThan(0);
    for (const { line, column, message } of outcome.diagnostics) {
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeLessThanOrEqual([...(lines[line - 1] ?? '')].length + 1);
      expect(message).not.toBe('');
    }
  }

  it('is assembled to a valid module or refused at a place inside it', async () => {
    const anything = fc.oneof(
      soup.map((pairs) => pairs.flat().join('')),
      fc.array(lists.list, { maxLength: 6 }).map((all) => all.join('\n')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    await fc.assert(fc.asyncProperty(anything, expectSound), { numRuns: 1500 });
  });
});
