import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMarkdown } from '../../src/chat/split.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 300 });
const prose = fc
  .array(
    fc.constantFrom('word', 'longer', '.', ' ', ' ', '\n', '\n\n', '🇺🇦', '👩‍👩‍👧', 'é', 'x'.repeat(30)),
    { maxLength: 200 },
  )
  .map((pieces) => pieces.join(''));
const maximum = fc.integer({ min: 1, max: 120 });

/** Markdown of short lines, with blocks in which something always stands. */
const withBlocks = fc
  .array(
    fc.oneof(
      fc.constantFrom('a line of text', '', 'another', 'a\ttab'),
      fc
        .record({
          marker: fc.constantFrom('```', '````', '~~~'),
          info: fc.constantFrom('', 'js', 'wat title="x"'),
          lines: fc.array(fc.constantFrom('let x = 1;', '', '  deep', '`tick`'), {
            minLength: 1,
            maxLength: 12,
          }),
        })
        .map(({ marker, info, lines }) => [marker + info, ...lines, marker].join('\n')),
    ),
    { maxLength: 30 },
  )
  .map((lines) => lines.join('\n'));

function isMarker(line: string): boolean {
  return /^(```|~~~)/.test(line);
}

describe('splitMarkdown', () => {
  it('makes no parts of an empty text and one of a text that fits', () => {
    expect(splitMarkdown('', 10)).toEqual([]);
    expect(splitMarkdown('0123456789', 10)).toEqual(['0123456789']);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a maximum of %d', (maxChars) => {
    expect(() => splitMarkdown('text', maxChars)).toThrow('at least 1 character');
  });

  it('loses no character of a text without code blocks', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose), maximum, (text, maxChars) => {
        fc.pre(!/^[ \t]*(```|~~~)/m.test(text));
        expect(splitMarkdown(text, maxChars).join('')).toBe(text);
      }),
    );
  });

  it('keeps every part within the maximum and none empty', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, prose, withBlocks), maximum, (text, maxChars) => {
        for (const part of splitMarkdown(text, maxChars)) {
          expect(part.length).toBeLessThanOrEqual(maxChars);
          expect(part.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('tears no grapheme that fits into a part', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(prose, fc.integer({ min: 16, max: 60 }), (text, maxChars) => {
        const inParts = splitMarkdown(text, maxChars).flatMap((part) => [...segmenter.segment(part)]);
        expect(inParts.map(({ segment }) => segment)).toEqual(
          [...segmenter.segment(text)].map(({ segment }) => segment),
        );
      }),
    );
  });

  it('tears no code point, even where a grapheme is longer than a part', () => {
    expect(splitMarkdown('👩‍👩‍👧‍👦', 4).every((part) => part.isWellFormed())).toBe(true);
    expect(splitMarkdown('👩👩', 3)).toEqual(['👩', '👩']);
  });

  it('prefers a paragraph, then a line, then a sentence, then a word', () => {
    expect(splitMarkdown('One two three.\n\nFour. Five\nsix', 24)).toEqual([
      'One two three.\n\n',
      'Four. Five\nsix',
    ]);
    expect(splitMarkdown('One two. Three.\nFour five six', 24)).toEqual([
      'One two. Three.\n',
      'Four five six',
    ]);
    expect(splitMarkdown('One two three. Four five six', 24)).toEqual(['One two three. ', 'Four five six']);
    expect(splitMarkdown('one two three four five six', 24)).toEqual(['one two three four five ', 'six']);
    expect(splitMarkdown('0123456789', 4)).toEqual(['0123', '4567', '89']);
  });

  it('does not leave a part half empty for the sake of a paragraph', () => {
    expect(splitMarkdown('One.\n\ntwo three four five six seven', 24)).toEqual([
      'One.\n\ntwo three four ',
      'five six seven',
    ]);
  });
});

describe('splitMarkdown with code blocks', () => {
  it('closes a block at the end of a part and opens it again in the next', () => {
    const text = '```js title\nfirst line\nsecond line\nthird line\n```\n';
    expect(splitMarkdown(text, 48)).toEqual([
      '```js title\nfirst line\nsecond line\n```',
      '```js title\nthird line\n```\n',
    ]);
  });

  it('begins a block in the next part rather than leave its opening line alone', () => {
    const text = 'Some words before it.\n```js\nlet answer = 42;\n```';
    expect(splitMarkdown(text, 30)).toEqual(['Some words before it.\n', '```js\nlet answer = 42;\n```']);
  });

  it('ends a block where its last line ends rather than leave its closing line alone', () => {
    const text = '```js\nthe first line of it\n```\nand some words after it';
    expect(splitMarkdown(text, 30)).toEqual([
      '```js\nthe first line of it\n```',
      '\nand some words after it',
    ]);
  });

  it('splits a block of one long line', () => {
    const text = `\`\`\`json\n${'x'.repeat(50)}\n\`\`\``;
    const parts = splitMarkdown(text, 40);
    expect(parts).toEqual([`\`\`\`json\n${'x'.repeat(28)}\n\`\`\``, `\`\`\`json\n${'x'.repeat(22)}\n\`\`\``]);
  });

  it('drops an info string that would leave no room', () => {
    const text = `\`\`\`${'i'.repeat(20)}\nfirst line of it\nsecond line of it\n\`\`\``;
    const parts = splitMarkdown(text, 48);
    expect(parts[0]).toBe(`\`\`\`${'i'.repeat(20)}\nfirst line of it\n\`\`\``);
    expect(parts[1]).toBe('```\nsecond line of it\n```');
  });

  it('leaves a block that nothing closes open at the end', () => {
    const parts = splitMarkdown('```\nfirst line of it\nsecond line of it', 30);
    expect(parts).toEqual(['```\nfirst line of it\n```', '```\nsecond line of it']);
  });

  it('does not take a longer or another marker for the end of a block', () => {
    const text = '````\n```\nnot the end\n~~~\n````\nafter it come some words';
    expect(splitMarkdown(text, 40)).toEqual([
      '````\n```\nnot the end\n~~~\n````\n',
      'after it come some words',
    ]);
  });

  it('keeps every line, and every part closes what it opens', () => {
    fc.assert(
      fc.property(withBlocks, fc.integer({ min: 66, max: 150 }), (text, maxChars) => {
        const parts = splitMarkdown(text, maxChars);
        const content = (markdown: string) =>
          markdown.split('\n').filter((line) => !isMarker(line) && line !== '');
        expect(parts.flatMap(content)).toEqual(content(text));
        for (const part of parts) expect(part.split('\n').filter(isMarker).length % 2).toBe(0);
      }),
    );
  });

  it('splits a megabyte in well under a second', () => {
    const text = `${'words and words. '.repeat(20)}\n\n\`\`\`js\n${'let x = 1;\n'.repeat(30)}\`\`\`\n`.repeat(
      1_500,
    );
    const before = performance.now();
    expect(splitMarkdown(text, 2_000).length).toBeGreaterThan(500);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
