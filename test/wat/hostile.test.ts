import { describe, expect, it } from 'vitest';
import { loadAssembler } from '../../src/wat/assemble.ts';
import { renderDiagnostics } from '../../src/wat/diagnostics.ts';
import { Lexer } from '../../src/wat/lexer.ts';
import { Problems } from '../../src/wat/problems.ts';
import { OPTIONS } from './sandbox.ts';

const SIZE = 200_000;
/** Far above what passes over 200 kB need on a busy machine; one that is quadratic takes ten times as long. */
const BOUND_MS = 2500;

function repeated(text: string, size = SIZE): string {
  return text.repeat(Math.floor(size / text.length));
}

const LONG = 'x'.repeat(185);
const DECLARED = Array.from({ length: 900 }, (_, index) => `(local $${LONG}abc${index} i32)`).join('');

const HOSTILE: Readonly<Record<string, string>> = {
  'opening typographic quotes': repeated('„a'),
  'typographic quotes on lines of their own': repeated('„a\n'),
  'typographic strings': repeated('“a”'),
  'closing quotes after one opening quote': `„${repeated(' ')}”`,
  'comments that open': repeated('(;'),
  'comments that open and close': repeated('(;;)'),
  quotes: `${repeated('"')}(frob)`,
  'triple quotes': `${repeated('"""')}(frob)`,
  'unknown escapes': `"${repeated('\\q')}"`,
  'halves of characters': `"${repeated('\ud83d\\n')}"`,
  commas: repeated(','),
  semicolons: repeated(';'),
  'letters of other scripts': repeated('aé '),
  'invisible characters': repeated('\u200b'),
  emoji: repeated('😀'),
  'control characters': repeated('\u0000'),
  fences: repeated('```\n'),
  'closing parentheses': repeated(')'),
  'lists without an end behind a long line': `${repeated(' ')}${'('.repeat(100)}`,
  'lines in lists without an end': `${'(\n'.repeat(100)}${repeated('a\n')}`,
  'mistakes at the end of a long line': `${repeated(' ')}${'(foo)'.repeat(30)}`,
  'one long word': repeated('a'),
  'unknown instructions': repeated('i32.ad '),
  'unknown locals among many long ones': `${DECLARED}${Array.from({ length: 40 }, (_, index) => `(local.get $${LONG}cba${index})`).join('')}`,
  'unknown labels in many blocks': `${`(block $${LONG} `.repeat(99)}${repeated(`br $${LONG}y `, 150_000)}${')'.repeat(99)}`,
  'labels of one table': `br_table ${repeated('$a ')}`,
  offsets: `i32.load ${repeated('offset=1 ')}`,
  'types of one block': `(block (result ${repeated('i32 ')}))`,
  else: repeated('else '),
  'drops of nothing': repeated('drop '),
  'floats out of range': repeated('(f64.const 1e999)'),
  'conflicting locals': repeated('(local $a i64)(local $a i32)'),
};

const assembler = await loadAssembler();

describe('200 kB of', () => {
  it.each(Object.entries(HOSTILE))(
    '%s are refused in a time that grows with the length',
    async (_kind, body) => {
      const start = performance.now();
      const outcome = await assembler.assemble(body, OPTIONS);
      const diagnostics = outcome.ok ? [] : outcome.diagnostics;
      const rendered = renderDiagnostics(body, diagnostics);
      expect(performance.now() - start).toBeLessThan(BOUND_MS);
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(rendered.length).toBeLessThan(50_000);
    },
  );
});

describe('Lexer', () => {
  it.each(['„a', ',', 'é ', '\u0000', ';\n'])(
    'stops on %j as soon as the list of mistakes is full',
    (text) => {
      const problems = new Problems();
      const lexer = new Lexer(repeated(text), problems);
      let tokens = 0;
      while (lexer.next().kind !== 'end') tokens += 1;
      expect(problems.full).toBe(true);
      expect(tokens).toBeLessThan(50);
      expect(lexer.sound).toBe(false);
    },
  );
});
