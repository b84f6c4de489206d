import type { Position } from './line-index.ts';
import type { Diagnostic } from './types.ts';

/** Characters of a source line that are shown; a longer one is cut around the caret. */
const WIDTH = 100;

/**
 * Shows mistakes as a compiler does: `line:column: message`, the source line with a caret below the place unless
 * the line is empty, and the hint. Mistakes are separated by an empty line.
 */
export function renderDiagnostics(body: string, diagnostics: readonly Diagnostic[]): string {
  const lines = body.split('\n');
  // Many mistakes can stand on one long line, which is taken apart once.
  const sources = new Map<number, readonly string[]>();
  for (const { line } of diagnostics)
    if (!sources.has(line)) sources.set(line, [...(lines[line - 1] ?? '').trimEnd()]);
  return diagnostics
    .map((diagnostic) => renderOne(sources.get(diagnostic.line) ?? [], diagnostic))
    .join('\n\n');
}

/** Shows a place of a body: `line:column`, and the source line with a caret below the place. */
export function renderPlace(body: string, { line, column }: Position): string {
  const source = [...(body.split('\n')[line - 1] ?? '').trimEnd()];
  return [`${line}:${column}`, ...sourceWithCaret(source, column - 1)].join('\n');
}

/** `source` is the line, in characters. */
function renderOne(source: readonly string[], { line, column, message, hint }: Diagnostic): string {
  const rendered = [`${line}:${column}: ${message}`];
  if (source.length > 0) rendered.push(...sourceWithCaret(source, column - 1));
  if (hint !== null) rendered.push(`hint: ${hint}`);
  return rendered.join('\n');
}

function sourceWithCaret(characters: readonly string[], caret: number): string[] {
  const start =
    characters.length <= WIDTH ? 0 : Math.max(0, Math.min(caret - WIDTH / 2, characters.length - WIDTH));
  const before = start > 0 ? '...' : '';
  const after = start + WIDTH < characters.length ? '...' : '';
  const shown = characters
    .slice(start, start + WIDTH)
    .map(printable)
    .join('');
  return [`  ${before}${shown}${after}`, `  ${' '.repeat(before.length + caret - start)}^`];
}

/** One column each, and nothing that could steer a terminal. */
function printable(character: string): string {
  return /[\p{Cc}\p{Cf}\p{Cs}]/u.test(character) ? ' ' : character;
}
