import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../src/capabilities/text-diff.ts';

function diff(a: string, b: string, context = 3): string {
  const text = diffLines(a, b, context);
  if (typeof text !== 'string') throw new Error(text.message);
  return text;
}

/** What a unified diff without context makes of a text: hunks from the last to the first, so that lines keep their places. */
function patch(text: string, hunks: string): string[] {
  const lines = text === '' ? [] : text.split('\n');
  const parts = hunks.split(/^(?=@@)/m).filter((part) => part !== '');
  for (const part of parts.reverse()) {
    const [header = '', ...body] = part.trimEnd().split('\n');
    const [, first = '', count = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(header) ?? [];
    const start = Number(count) === 0 ? Number(first) : Number(first) - 1;
    const fresh = body.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
    const old = body.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
    expect(lines.slice(start, start + Number(count))).toEqual(old);
    lines.splice(start, Number(count), ...fresh);
  }
  return lines;
}

describe('diffLines', () => {
  it('writes hunks as a unified diff does', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n';
    const after = 'a\nb\nC\nd\ne\nf\ng\nh\ni\nj\nk\n';
    expect(diff(before, after, 1)).toBe('@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n@@ -10 +10,2 @@\n j\n+k\n');
  });

  it('joins changes whose surroundings meet', () => {
    expect(diff('1\n2\n3\n4', 'x\n2\n3\ny', 1)).toBe('@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n-4\n+y\n');
  });

  it.each([
    ['', '', ''],
    ['a\nb', 'a\nb\n', ''],
    ['', 'a\n', '@@ -0,0 +1 @@\n+a\n'],
    ['a', '', '@@ -1 +0,0 @@\n-a\n'],
  ])('of %j and %j is %j', (a, b, expected) => {
    expect(diff(a, b)).toBe(expected);
  });

  it('makes the second text of the first, with the fewest lines', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 })
      .map((it) => it.join('\n'));
    fc.assert(
      fc.property(text, text, fc.nat(3), (a, b, context) => {
        const patched = patch(a, diff(a, b, context));
        expect(patched).toEqual(b.split('\n'));
        const changed = diff(a, b, 0).match(/^[-+]/gm)?.length ?? 0;
        expect(changed).toBe(a.split('\n').length + b.split('\n').length - 2 * common(a, b));
      }),
      { numRuns: 300 },
    );
  });

  it('replaces the whole middle where texts differ too much to compare', () => {
    const lines = (mark: string) => Array.from({ length: 99_998 }, (_, index) => `${mark}${index}`);
    const text = diff(
      ['same', ...lines('a'), 'end'].join('\n'),
      ['same', ...lines('b'), 'end'].join('\n'),
      0,
    );
    expect(text.startsWith('@@ -2,99998 +2,99998 @@\n-a0\n')).toBe(true);
    expect(text.endsWith('+b99997\n')).toBe(true);
  });

  it('refuses more than 100,000 lines', () => {
    expect(diffLines('\n'.repeat(100_001), '', 3)).toMatchObject({ ok: false, status: 'EBOUND' });
  });
});

/** The length of the longest common subsequence of lines, the plain way. */
function common(a: string, b: string): number {
  const [one, other] = [a.split('\n'), b.split('\n')];
  let row = new Array<number>(other.length + 1).fill(0);
  for (const line of one) {
    const next = [0];
    for (const [index, candidate] of other.entries()) {
      const equal = (row[index] ?? 0) + 1;
      next.push(line === candidate ? equal : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
