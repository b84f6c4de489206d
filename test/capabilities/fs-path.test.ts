import { describe, expect, it } from 'vitest';
import { readPath } from '../../src/capabilities/fs-path.ts';

const longest = 'é'.repeat(127);

describe('readPath', () => {
  it.each([
    ['notes.md', ['notes.md']],
    ['a/b/c.txt', ['a', 'b', 'c.txt']],
    ['.hidden', ['.hidden']],
    ['a b/..c/d...e', ['a b', '..c', 'd...e']],
    ['100%2F/%2e%2e', ['100%2F', '%2e%2e']],
    ['日本/é', ['日本', 'é']],
    [longest, [longest]],
  ])('splits %j', (path, names) => {
    expect(readPath(path, 'file')).toEqual({ names });
  });

  it.each([
    [''],
    ['/'],
    ['/etc/passwd'],
    ['//x'],
    ['.'],
    ['..'],
    ['../x'],
    ['a/../b'],
    ['a/./b'],
    ['a//b'],
    ['a/'],
    ['a/..'],
    ['..\\x'],
    ['a\\..\\b'],
    ['C:/x'],
    ['c:x'],
    ['a\u0000'],
    ['a\u0000/../b'],
    ['a\nb'],
    ['a\u007f'],
    ['a\u202etxt.exe'],
    ['a\u200bb'],
    ['a\ufeffb'],
    ['a\u2028b'],
    [' a'],
    ['a '],
    ['a\u00a0'],
    ['a.'],
    ['.. '],
    ['...'],
    ['e\u0301'],
    ['~'],
    ['CON'],
    ['nul.txt'],
    ['a/lpt1'],
  ])('refuses %j', (path) => {
    expect(readPath(path, 'file')).toMatchObject({ ok: false, status: 'EACCESS' });
  });

  it('takes the jail itself and one slash at the end for a folder', () => {
    expect(readPath('', 'folder')).toEqual({ names: [] });
    expect(readPath('a/b/', 'folder')).toEqual({ names: ['a', 'b'] });
    for (const path of ['/', 'a//', './', '../']) {
      expect(readPath(path, 'folder')).toMatchObject({ status: 'EACCESS' });
    }
  });

  it('bounds the bytes of a name and the depth', () => {
    expect(readPath(`${longest}xx`, 'file')).toEqual({
      ok: false,
      status: 'EBOUND',
      message: 'expected names of at most 255 bytes, got 256',
    });
    expect(readPath(Array(16).fill('a').join('/'), 'file')).toEqual({ names: Array(16).fill('a') });
    expect(readPath(Array(17).fill('a').join('/'), 'file')).toMatchObject({ status: 'EBOUND' });
  });
});
