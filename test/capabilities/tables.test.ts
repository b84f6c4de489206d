import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostValue } from '../../src/engine/port.ts';
import { openPure } from './open-capability.ts';

const parse = (...args: HostValue[]) => openPure().value('csv.parse', ...args);

function write(name: string, rows: unknown, ...rest: HostValue[]): HostValue | null {
  const run = openPure();
  return run.get(name, run.handle(rows), ...rest);
}

describe('csv.parse', () => {
  it.each<[HostValue[], unknown]>([
    [
      ['name,age\nAda,36\nBob,7\n'],
      [
        { name: 'Ada', age: '36' },
        { name: 'Bob', age: '7' },
      ],
    ],
    [['a,b\r\n1,2\r\n'], [{ a: '1', b: '2' }]],
    [['\ufeffa;b\n1;"x;y"', ';'], [{ a: '1', b: 'x;y' }]],
    [['a|b\n1|2', '|'], [{ a: '1', b: '2' }]],
    [['a\tb\n1\t2', '\t'], [{ a: '1', b: '2' }]],
    [['a,b\n"line 1\nline 2","say ""hi"""'], [{ a: 'line 1\nline 2', b: 'say "hi"' }]],
    [
      ['a, "b"\n1, "2,3" \n "x" ,\t"y"'],
      [
        { a: '1', b: '2,3' },
        { a: 'x', b: 'y' },
      ],
    ],
    [['a\tb\n1\t "2\t3"', '\t'], [{ a: '1', b: '2\t3' }]],
    [['a b\n1 "2 3"', ' '], [{ a: '1', b: '2 3' }]],
    [['a,b\n 1 , 5" nail '], [{ a: ' 1 ', b: ' 5" nail ' }]],
    [
      ['a,b\n1\n1,2,3'],
      [
        { a: '1', b: '' },
        { a: '1', b: '2', column_3: '3' },
      ],
    ],
    [[' a ,,a\n1,2,3'], [{ a: '1', column_2: '2', a_2: '3' }]],
    [['a,b\n\n1,2\n\n'], [{ a: '1', b: '2' }]],
    [['__proto__,constructor\n1,2'], [JSON.parse('{"__proto__":"1","constructor":"2"}')]],
    [
      ['a,b\n1,2', ',', false],
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [['a,"",'], []],
    [['""', ',', false], []],
    [[',', ',', false], [['', '']]],
    [
      ['1\r2', ',', false],
      [['1'], ['2']],
    ],
    [[''], []],
  ])('%j', (args, expected) => {
    expect(parse(...args)).toEqual(expected);
  });

  it.each<[HostValue[], string, RegExp]>([
    [['a,b\n1,"x'], 'EPARSE', /^line 2: a quoted cell is not closed; a quote inside one is written ""$/],
    [['a\n"x"y'], 'EPARSE', /^line 2: a quoted cell goes on after its closing quote with "y"/],
    [['a', ', '], 'EBOUND', /expected one character such as , or ; .* got ", "/],
    [['a', '"'], 'EBOUND', /one character/],
    [['a', ''], 'EBOUND', /one character/],
    [['a\n'.repeat(100_002)], 'EBOUND', /more than 100000 items/],
    [[','.repeat(1_001)], 'EBOUND', /a table of 1002 columns/],
    [[','.repeat(600_000), ',', false], 'EBOUND', /more than 500000 cells/],
  ])('%j fails with %s', (args, status, message) => {
    expect(openPure().call('csv.parse', ...args)).toMatchObject({
      ok: false,
      status,
      message: expect.stringMatching(message),
    });
  });

  it('reads what csv.stringify writes', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é', '😀', '|'),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', ';', '\t', '|', '^', ']', '-', '.', '\\'),
        (table, separator) => {
          const run = openPure();
          const text = run.get('csv.stringify', run.handle(table), separator) ?? '';
          expect(run.value('csv.parse', text, separator, false)).toEqual(table);
        },
      ),
    );
  });
});

describe('csv.stringify', () => {
  it.each([
    [
      [
        { a: 1, b: 'x,y' },
        { b: null, c: [1] },
      ],
      'a,b,c\n1,"x,y",\n,,[1]\n',
    ],
    [
      [
        ['a', 'b'],
        [1, true],
      ],
      'a,b\n1,true\n',
    ],
    [[], ''],
    [[{ 'a b': ' x' }], 'a b\n" x"\n'],
  ])('of %j is %j', (rows, expected) => {
    expect(write('csv.stringify', rows)).toBe(expected);
  });

  it('names the row that is none', () => {
    const run = openPure();
    expect(run.call('csv.stringify', run.handle([['a'], 5]))).toEqual({
      ok: false,
      status: 'ETRFM',
      message: 'item 1: expected an object or an array for a row, got number',
    });
  });
});

describe('markdown.table', () => {
  it('lines columns up, and numbers to the right', () => {
    const rows = [
      { name: 'Ada', age: 36, note: 'a|b' },
      { name: 'Élise', age: 7, note: 'two\nlines' },
    ];
    expect(write('markdown.table', rows)).toBe(
      [
        '| name  | age | note      |',
        '| ----- | --: | --------- |',
        '| Ada   |  36 | a\\|b      |',
        '| Élise |   7 | two lines |',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [[], ''],
    [[['a', 'b'], [1]], '|   a | b   |\n| --: | --- |\n|   1 |     |\n'],
    [[['x'.repeat(50)], ['y']], `| ${'x'.repeat(50)} |\n| --- |\n| y   |\n`],
  ])('of %j', (rows, expected) => {
    expect(write('markdown.table', rows)).toBe(expected);
  });
});

describe('markdown.escape', () => {
  it('takes the meaning from signs', () => {
    expect(openPure().get('markdown.escape', '*a* [b](c) `d` é')).toBe('\\*a\\* \\[b\\]\\(c\\) \\`d\\` é');
  });
});
