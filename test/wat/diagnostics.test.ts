import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/wat/diagnostics.ts';
import { mistakesIn } from './sandbox.ts';

async function rendered(body: string): Promise<string[]> {
  return renderDiagnostics(body, await mistakesIn(body)).split('\n');
}

describe('renderDiagnostics', () => {
  it('shows place, message, source line, caret and hint', async () => {
    expect(await rendered('(nop)\n  (local.get $x)')).toEqual([
      '2:14: unknown local "$x"',
      '    (local.get $x)',
      '               ^',
      'hint: give it a value first: (let $x VALUE)',
    ]);
  });

  it('separates mistakes by an empty line', async () => {
    expect(await rendered('()\n(i32.const)')).toEqual([
      '1:1: "()" is empty',
      '  ()',
      '  ^',
      'hint: leave it out',
      '',
      '2:2: i32.const needs an integer, got nothing',
      '  (i32.const)',
      '   ^',
      'hint: write (i32.const 1)',
    ]);
  });

  it('leaves the hint out where there is none', () => {
    const mistake = { line: 1, column: 2, message: 'the module is refused', hint: null };
    expect(renderDiagnostics('(nop)', [mistake])).toBe('1:2: the module is refused\n  (nop)\n   ^');
  });

  it('shows no source of an empty line', async () => {
    const [mistake, hint, ...more] = await rendered('');
    expect(mistake).toBe('1:1: the body has no instructions');
    expect(hint).toMatch(/^hint: /);
    expect(more).toEqual([]);
  });

  it('counts characters, so that the caret stands right behind others than ASCII and tabs', async () => {
    expect(await rendered('\t(; 😀 ;) ()')).toEqual([
      '1:10: "()" is empty',
      '   (; 😀 ;) ()',
      '           ^',
      'hint: leave it out',
    ]);
  });

  it('cuts a long line around the caret', async () => {
    const [, source = '', caret = ''] = await rendered(`${'(nop)'.repeat(60)}(frob)${'(nop)'.repeat(60)}`);
    expect(source).toHaveLength(2 + 3 + 100 + 3);
    expect(source.slice(caret.length - 1)).toMatch(/^frob\)/);
  });

  it('prints nothing that could steer a terminal', async () => {
    const body = '(frob) ;; \u001b[2J\u202e.';
    expect((await rendered(body))[1]).toBe('  (frob) ;;  [2J .');
  });

  it('answers an empty text for no mistakes', () => {
    expect(renderDiagnostics('(nop)', [])).toBe('');
  });
});
