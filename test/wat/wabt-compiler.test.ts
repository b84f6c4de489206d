import { describe, expect, it } from 'vitest';
import { WabtCompiler } from '../../src/wat/wabt-compiler.ts';

describe('WabtCompiler', () => {
  it('gives the bytes of a module', async () => {
    const compiler = await WabtCompiler.load();
    const outcome = await compiler.compile('(module)');
    expect(outcome).toEqual({ kind: 'module', bytes: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) });
  });

  it('gives every error with its place, counted from 0', async () => {
    const compiler = await WabtCompiler.load();
    expect(await compiler.compile('(module\n  (func (drop))\n  (func (i32.eqz)))')).toEqual({
      kind: 'refused',
      errors: [
        { line: 1, column: 9, message: 'type mismatch in drop, expected [any] but got []' },
        { line: 2, column: 9, message: 'type mismatch in i32.eqz, expected [i32] but got []' },
        { line: 2, column: 9, message: 'type mismatch at end of function, expected [] but got [i32]' },
      ],
    });
  });

  it('takes no errors from the source lines that wabt quotes', async () => {
    const compiler = await WabtCompiler.load();
    const outcome = await compiler.compile('(module\n  $module:9:9: error: made up)');
    expect(outcome).toMatchObject({ kind: 'refused', errors: [{ line: 1 }] });
  });

  it.each([
    '(func (drop (v128.const i32x4 0 0 0 0)))',
    '(memory 1 1 shared)',
    '(func (return_call 0))',
    '(table 1 externref)',
  ])('refuses the feature of %s', async (field) => {
    const compiler = await WabtCompiler.load();
    expect(await compiler.compile(`(module ${field})`)).toMatchObject({ kind: 'refused' });
  });

  it('reports one syntax error, since those behind it follow from it', async () => {
    const compiler = await WabtCompiler.load();
    expect(
      await compiler.compile('(module (func (drop (i32.load align=4 offset=4 (i32.const 0)))))'),
    ).toEqual({
      kind: 'refused',
      errors: [{ line: 0, column: 38, message: 'unexpected token 4, expected ).' }],
    });
  });
});

describe('a text that wabt cannot take', () => {
  const nested = (levels: number) =>
    `(module (func (drop ${'(i32.eqz '.repeat(levels)}(i32.const 1)${')'.repeat(levels)})))`;
  const manyResults = `(module (func (block (result${' i32'.repeat(6528)}) nop)))`;
  const broken = { kind: 'broken', cause: expect.any(Error) };

  it.each([
    ['a trap', nested(500)],
    ['a trap in its error texts', manyResults],
  ])('gives %s as an outcome, and the next text a fresh wabt', async (_kind, text) => {
    const compiler = await WabtCompiler.load();
    for (let round = 0; round < 3; round += 1) {
      expect(await compiler.compile(text)).toEqual(broken);
      expect(await compiler.compile('(module)')).toMatchObject({ kind: 'module' });
    }
  });

  it('does no harm to texts that are compiled at the same time', async () => {
    const compiler = await WabtCompiler.load();
    const texts = ['(module)', manyResults, '(module)', nested(500), '(module)', '(module (func (drop)))'];
    const outcomes = await Promise.all(texts.map((text) => compiler.compile(text)));
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'module',
      'broken',
      'module',
      'broken',
      'module',
      'refused',
    ]);
  });
});
