import { describe, expect, it } from 'vitest';
import { WabtCompiler } from '../../src/wat/wabt-compiler.ts';

describe('WabtCompiler', () => {
  it('gives the bytes of a module', async () => {
    const compiler = await WabtCompiler.load();
    const outcome = compiler.compile('(module)');
    expect(outcome).toEqual({ ok: true, bytes: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) });
  });

  it('gives every error with its place, counted from 0', async () => {
    const compiler = await WabtCompiler.load();
    expect(compiler.compile('(module\n  (func (drop))\n  (func (i32.eqz)))')).toEqual({
      ok: false,
      errors: [
        { line: 1, column: 9, message: 'type mismatch in drop, expected [any] but got []' },
        { line: 2, column: 9, message: 'type mismatch in i32.eqz, expected [i32] but got []' },
        { line: 2, column: 9, message: 'type mismatch at end of function, expected [] but got [i32]' },
      ],
    });
  });

  it('takes no errors from the source lines that wabt quotes', async () => {
    const compiler = await WabtCompiler.load();
    const outcome = compiler.compile('(module\n  $module:9:9: error: made up)');
    expect(outcome.ok ? [] : outcome.errors.map(({ line }) => line)).toEqual([1]);
  });

  it.each([
    '(func (drop (v128.const i32x4 0 0 0 0)))',
    '(memory 1 1 shared)',
    '(func (return_call 0))',
    '(table 1 externref)',
  ])('refuses the feature of %s', async (field) => {
    const compiler = await WabtCompiler.load();
    expect(compiler.compile(`(module ${field})`).ok).toBe(false);
  });

  it('does not pass off a broken wabt as a mistake in the text', async () => {
    const compiler = await WabtCompiler.load();
    const deep = `${'(i32.eqz '.repeat(500)}(i32.const 1)${')'.repeat(500)}`;
    expect(() => compiler.compile(`(module (func (drop ${deep})))`)).toThrow(
      expect.objectContaining({ code: 'INTERNAL', message: 'the assembler wabt failed' }),
    );
  });
});
