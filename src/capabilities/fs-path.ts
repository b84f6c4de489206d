import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { byteLength, excerpt } from './text.ts';

const MAX_NAME_BYTES = 255;
const MAX_DEPTH = 16;

/** Control and format characters, among them those that turn the direction of writing or show nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** What other systems read as a device, a drive, a stream or a way up, should the files be moved to one. */
const FOREIGN = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^[a-z]:|\\|^~$/i;
const BLANK_EDGE = /^\s|[\s.]$/u;

/**
 * Splits a program's path into names, of which the first is in the jail itself. It is judged as it is
 * written, before anything could normalise it. One slash at the end is let through for `folder`.
 */
export function readPath(
  path: string,
  kind: 'file' | 'folder',
): { readonly names: readonly string[] } | Failure {
  const text = kind === 'folder' && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  if (text === '' && kind === 'folder') return { names: [] };
  if (text.startsWith('/'))
    return refuse(path, 'it begins with a slash; paths begin in the folder of this workspace');
  const names = text.split('/');
  if (names.length > MAX_DEPTH) {
    return fail('EBOUND', `expected at most ${MAX_DEPTH} names in a path, got ${names.length}`);
  }
  for (const name of names) {
    const refusal = refuseName(path, name);
    if (refusal) return refusal;
  }
  return { names };
}

function refuseName(path: string, name: string): Failure | null {
  if (name === '') return refuse(path, 'a name in it is empty');
  if (name === '.' || name === '..') return refuse(path, `${name} is not followed`);
  if (INVISIBLE.test(name)) return refuse(path, 'it holds a character that does not show');
  if (FOREIGN.test(name)) return refuse(path, `${excerpt(name)} means something else on other systems`);
  if (BLANK_EDGE.test(name))
    return refuse(path, 'a name begins with a blank, or ends with one or with a dot');
  if (name !== name.normalize('NFC')) return refuse(path, 'it is not in the composed form of Unicode (NFC)');
  const bytes = byteLength(name);
  return bytes <= MAX_NAME_BYTES
    ? null
    : fail('EBOUND', `expected names of at most ${MAX_NAME_BYTES} bytes, got ${bytes}`);
}

function refuse(path: string, reason: string): Failure {
  return fail('EACCESS', `the path ${excerpt(path)} is refused: ${reason}`);
}
