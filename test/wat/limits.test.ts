import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

const TOO_DEEP = /nest deeper than 100$/;

describe.each(Object.entries(NESTED))('nesting by %s', (_kind, nest) => {
  it('works to 100 levels', () => {
    expect(execute(nest(100, 'i32.const 1')).status).toBeTypeOf('number');
  });

  it('does not harm the assembler at 100 levels when something is wrong inside', () => {
    for (let round = 0; round < 3; round += 1)
      expect(mistakesIn(nest(100, 'i64.const 1'))[0]?.message).toMatch(/i64/);
    expect(execute('(i32.const 1)').status).toBe(1);
  });

  it.each([103, 1000, 10_000])('is refused at %i levels, once, where it goes too far', (levels) => {
    const [first, ...rest] = mistakesIn(nest(levels, 'nop'));
    expect(first?.message).toMatch(TOO_DEEP);
    expect(first?.column).toBeLessThan(101 * 40);
    expect(rest).toEqual([]);
  });
});

describe('nesting', () => {
  it('counts what macros add', () => {
    const nested = (levels: number) =>
      `${'(block '.repeat(levels)}(check (i32.const 1))${')'.repeat(levels)}(i32.const 0)`;
    expect(execute(nested(95)).status).toBe(1);
    expect(mistakesIn(nested(98))[0]?.message).toMatch(TOO_DEEP);
  });

  it('counts flat blocks and parentheses together', () => {
    const body = `${'block '.repeat(60)}${'(block '.repeat(60)}${')'.repeat(60)}${'end '.repeat(60)}`;
    expect(mistakesIn(body)[0]?.message).toMatch(TOO_DEEP);
  });

  it('is free in comments', () => {
    expect(execute(`${'(;'.repeat(100_000)}${';)'.repeat(100_000)}(i32.const 2)`).status).toBe(2);
  });

  it.each(['(', ')', '(;', '(block ', 'block ', 'if ', 'end ', '((', '"', '"""', '(then ', '(local '])(
    'does not overflow on 100,000 times %j',
    (text) => {
      const mistakes = mistakesIn(text.repeat(100_000));
      expect(mistakes.length).toBeGreaterThan(0);
      expect(mistakes.length).toBeLessThanOrEqual(21);
    },
  );
});

describe('the size of a body', () => {
  it('is at most 1 MiB of UTF-8', () => {
    const end = '(i32.const 0)';
    const fitting = `;; ${'é'.repeat((1024 * 1024 - end.length - 4) / 2)}`;
    const padding = ' '.repeat(1024 * 1024 - end.length - 1 - Buffer.byteLength(fitting));
    const whole = `${fitting}\n${padding}${end}`;
    expect(Buffer.byteLength(whole)).toBe(1024 * 1024);
    expect(assembleBody(whole).ok).toBe(true);
    expect(mistakesIn(` ${whole}`)).toEqual([
      {
        line: 1,
        column: 1,
        message: 'the body is longer than 1048576 bytes',
        hint: 'split the work over several programs',
      },
    ]);
  });

  it('does not matter for the time that one of 100 lines takes', () => {
    const line = '(local.set $n (i32.add (local.get $n) (i32.const 1))) ;; counts';
    const body = `(local $n i32)\n${`${line}\n`.repeat(98)}(local.get $n)`;
    const times = Array.from({ length: 60 }, () => {
      const start = performance.now();
      moduleOf(body);
      return performance.now() - start;
    }).toSorted((a, b) => a - b);
    // Well under a millisecond on a quiet machine; the bound only tells a wrong order of growth.
    expect(times[30]).toBeLessThan(10);
  });
});

describe('the number of mistakes', () => {
  it('that is listed is 20, in the order of the text, with a last one that says so', () => {
    for (const line of ['(nonsense)\n', '(drop)\n', '(check)\n', '"\\q"\n']) {
      const mistakes = mistakesIn(line.repeat(500));
      expect(mistakes.map((mistake) => mistake.line)).toEqual(
        Array.from({ length: 21 }, (_, index) => index + 1),
      );
      expect(mistakes.at(-1)).toMatchObject({ message: 'there are more than 20 mistakes', hint: null });
    }
    expect(mistakesIn('(nonsense)\n'.repeat(20))).toHaveLength(20);
  });

  it('covers text, names, locals and structure of one body together', () => {
    const body =
      '(resv "\\q")\n(local.get $x)\n(call $nothing)\n(local $y str)\n(if (i32.const 1))\n(frob)\n(check)';
    expect(mistakesIn(body).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('words', () => {
  it('have at most 200 characters', () => {
    const name = `$${'x'.repeat(199)}`;
    expect(execute(`(local ${name} i32) (local.get ${name})`).status).toBe(0);
    expect(mistakesIn(`(local ${name}x i32) (i32.const 0)`)[0]).toMatchObject({
      column: 8,
      message: 'a word of 201 characters; the longest allowed has 200',
    });
  });
});

describe('locals', () => {
  it('are at most 5000', () => {
    const declared = (count: number) => `${'(local i32)'.repeat(count)}(i32.const 0)`;
    expect(execute(declared(5000)).status).toBe(0);
    expect(mistakesIn(declared(5001))[0]?.message).toBe('more than 5000 locals');
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

  function expectSound(body: string): void {
    const outcome = assembleBody(body, OPTIONS);
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

  it('is assembled to a valid module or refused at a place inside it', () => {
    const anything = fc.oneof(
      soup.map((pairs) => pairs.flat().join('')),
      fc.array(lists.list, { maxLength: 6 }).map((all) => all.join('\n')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    fc.assert(fc.property(anything, expectSound), { numRuns: 1500 });
  });
});
