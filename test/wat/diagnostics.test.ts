import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/wat/diagnostics.ts';
import { mistakesIn } from './sandbox.ts';

function rendered(body: string): string[] {
  return renderDiagnostics(body, mistakesIn(body)).split('\n');
}

describe('renderDiagnostics', () => {
  it('shows place, message, source line, caret and hint', () => {
    expect(rendered('(nop)\n  (local.get $x)')).toEqual([
      '2:14: unknown local "$x"',
      '    (local.get $x)',
      '               ^',
      'hint: declare it: (local $x i32)',
    ]);
  });

  it('leaves the hint out where there is none, and separates mistakes by an empty line', () => {
    expect(rendered('(foo)\n(i32.const)')).toEqual([
      '1:2: unknown instruction "foo"',
      '  (foo)',
      '   ^',
      '',
      '2:2: i32.const needs an integer, got nothing',
      '  (i32.const)',
      '   ^',
    ]);
  });

  it('counts characters, so that the caret stands right behind others than ASCII and tabs', () => {
    expect(rendered('\t(; 😀 ;) (foo)')).toEqual([
      '1:11: unknown instruction "foo"',
      '   (; 😀 ;) (foo)',
      '            ^',
    ]);
  });

  it('cuts a long line around the caret', () => {
    const [, source = '', caret = ''] = rendered(`${'(nop)'.repeat(60)}(foo)${'(nop)'.repeat(60)}`);
    expect(source).toHaveLength(2 + 3 + 100 + 3);
    expect(source.slice(caret.length - 1)).toMatch(/^foo\)/);
  });

  it('prints nothing that could steer a terminal', () => {
    const body = '(foo) ;; \u001b[2J\u202e.';
    expect(rendered(body)[1]).toBe('  (foo) ;;  [2J .');
  });

  it('answers an empty text for no mistakes', () => {
    expect(renderDiagnostics('(nop)', [])).toBe('');
  });
});
