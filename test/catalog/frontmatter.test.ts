import { describe, expect, it } from 'vitest';
import { splitProgramText } from '../../src/catalog/frontmatter.ts';

describe('splitProgramText', () => {
  it('takes the header out and leaves the body on the lines it has in the file', () => {
    const { toml, body } = splitProgramText(';;| name = "a"\n;;|\n(nop)\n;; a comment\n');
    expect(toml).toBe(' name = "a"\n');
    expect(body).toBe('\n\n(nop)\n;; a comment\n');
  });

  it('reads lines that end as Windows writes them', () => {
    expect(splitProgramText(';;| a = 1\r\n(nop)\r\n')).toEqual({ toml: ' a = 1', body: '\n(nop)\n' });
  });

  it('takes header lines at the top of the file only', () => {
    expect(splitProgramText(';;| a = 1\n(nop)\n;;| b = 2\n')).toEqual({
      toml: ' a = 1',
      body: '\n(nop)\n;;| b = 2\n',
    });
  });

  it('answers no header for a file without one', () => {
    expect(splitProgramText('(nop)\n;;| a = 1\n')).toEqual({ toml: null, body: '(nop)\n;;| a = 1\n' });
  });

  it('answers an empty body for a file that is all header', () => {
    expect(splitProgramText(';;| a = 1')).toEqual({ toml: ' a = 1', body: '' });
  });
});
