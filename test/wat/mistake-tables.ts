import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/wat/types.ts';

export type Row = readonly [kind: string, body: string, ...mistakes: string[]];

/** Each mistake as `line:column message | hint`. */
export function shown(mistakes: readonly Diagnostic[]): string[] {
  return mistakes.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === null ? '' : ` | ${hint}`}`,
  );
}

/** One group of tests for each table, and in it a test for each row. */
export function describeMistakes(
  tables: Readonly<Record<string, readonly Row[]>>,
  mistakesIn: (body: string) => Promise<readonly Diagnostic[]>,
): void {
  describe.each(Object.entries(tables))('mistakes in %s', (_group, rows) => {
    it.each(rows.map(([kind, body, ...mistakes]) => ({ kind, body, mistakes })))(
      '$kind',
      async ({ body, mistakes }) => {
        expect(shown(await mistakesIn(body))).toEqual(mistakes);
      },
    );
  });
}
