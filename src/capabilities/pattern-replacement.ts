import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { Match, Pattern } from './pattern.ts';
import { byteLength, excerpt, refuseSize } from './text.ts';

/** A literal text, or the number of a group. */
type Part = string | number;

const REFERENCE = /\$(?:(\d{1,2})|<([^<>]*)>|\{(\w+)\}|([&$]))|\\([1-9])/g;

/** The text with every match replaced. EPARSE for a reference to a group that the pattern does not have. */
export function replaceMatches(text: string, pattern: Pattern, replacement: string): string | Failure {
  const parts = parseReplacement(replacement, pattern);
  if ('ok' in parts) return parts;
  const pieces: string[] = [];
  let from = 0;
  let length = 0;
  const add = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const match of pattern.matches(text)) {
    add(text.slice(from, match.start));
    for (const part of parts) add(expand(part, match));
    from = match.end;
    const tooLong = refuseSize(length);
    if (tooLong) return tooLong;
  }
  const replaced = pieces.join('') + text.slice(from);
  return refuseSize(byteLength(replaced)) ?? replaced;
}

function expand(part: Part, { groups }: Match): string {
  return typeof part === 'string' ? part : (groups[part] ?? '');
}

function parseReplacement(replacement: string, pattern: Pattern): Part[] | Failure {
  const parts: Part[] = [];
  let from = 0;
  for (const reference of replacement.matchAll(REFERENCE)) {
    parts.push(replacement.slice(from, reference.index));
    const part = resolve(reference, pattern);
    if (part === null) return unknownGroup(reference[0], pattern);
    parts.push(part);
    from = reference.index + reference[0].length;
  }
  return [...parts, replacement.slice(from)].filter((part) => part !== '');
}

function resolve(reference: RegExpExecArray, { groupCount, names }: Pattern): Part | null {
  const [, plain, angled, braced, sign, slashed] = reference;
  if (sign !== undefined) return sign === '$' ? '$' : 0;
  const name = plain ?? slashed ?? angled ?? braced ?? '';
  const group = names.get(name) ?? (/^\d+$/.test(name) ? Number(name) : groupCount + 1);
  return group <= groupCount ? group : null;
}

function unknownGroup(reference: string, { groupCount, names }: Pattern): Failure {
  const known = names.size > 0 ? ` (${[...names.keys()].join(', ')})` : '';
  return fail(
    'EPARSE',
    `${excerpt(reference)} names no group: the pattern has ${groupCount}${known}; write $$ for a $`,
  );
}
