import type { Capability, Failure, GuestContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, type HostFunction, hostFunction } from './define.ts';
import type { Json } from './json-value.ts';
import { isFailure } from './json-value.ts';
import { type Match, type Pattern, withPattern } from './pattern.ts';
import { replaceMatches } from './pattern-replacement.ts';
import { boundText, escapePattern, excerpt } from './text.ts';
import { createValues, MAX_ITEMS, refuseItems, type Values } from './values.ts';

const FLAGS = { type: 'string', default: '' } as const;
const SEARCH = { text: 'string', pattern: 'string', flags: FLAGS } as const;

const pure = hostFunction<Values>('pure');

/** Patterns in RE2's syntax, searched in linear time. `flags` are i (any case), m (^ and $ at lines), s (. takes \n). */
export const regex: Capability<GuestContext> = defineCapability({
  name: 'regex',
  open: (context: GuestContext) => context.share(createValues),
  functions: {
    test: pure({
      summary: 'Whether the pattern matches somewhere in text.',
      fails: ['EBOUND', 'EPARSE'],
      params: SEARCH,
      result: 'bool',
      run: ({ text, pattern, flags }) => withPattern(pattern, flags, (compiled) => compiled.test(text)),
    }),
    match: pure({
      summary: 'The first match: [whole, group 1, ...], or an object if groups are named. ENOENT if none.',
      fails: ['ENOENT', 'EBOUND', 'EPARSE'],
      params: SEARCH,
      result: 'value',
      run: ({ text, pattern, flags }, values) =>
        withPattern(pattern, flags, (compiled) => {
          const [first] = compiled.matches(text);
          if (first) return values.take(groupsOf(first, compiled));
          return fail('ENOENT', `${excerpt(pattern)} matches nothing in ${excerpt(text)}`);
        }),
    }),
    find_all: listing('All matches: texts, or what match gives if there are groups.', foundIn),
    replace: pure({
      summary: 'Every match replaced; $1 and $<name> stand for groups, $& for the match.',
      fails: ['EBOUND', 'EPARSE'],
      params: { text: 'string', pattern: 'string', replacement: 'string', flags: FLAGS },
      result: 'string',
      run: ({ text, pattern, replacement, flags }) =>
        withPattern(pattern, flags, (compiled) => replaceMatches(text, compiled, replacement)),
    }),
    split: listing('The texts between the matches.', between),
    escape: pure({
      summary: 'A pattern that matches just this text.',
      fails: ['EBOUND'],
      params: { text: 'string' },
      result: 'string',
      run: ({ text }) => boundText(escapePattern(text)),
    }),
  },
});

/** A function that gives all that `list` finds by a pattern in a text. */
function listing(
  summary: string,
  list: (text: string, pattern: Pattern) => Json[] | Failure,
): HostFunction<Values> {
  return pure({
    summary,
    fails: ['EBOUND', 'EPARSE'],
    params: SEARCH,
    result: 'value',
    run: ({ text, pattern, flags }, values) =>
      withPattern(pattern, flags, (compiled) => {
        const items = list(text, compiled);
        return isFailure(items) ? items : values.take(items);
      }),
  });
}

function groupsOf({ groups }: Match, { names }: Pattern): Json {
  if (names.size === 0) return [...groups];
  return new Map([...names].map(([name, index]) => [name, groups[index] ?? null]));
}

function collect(matches: Iterable<Match>): Match[] | Failure {
  const all: Match[] = [];
  for (const match of matches) {
    if (all.push(match) > MAX_ITEMS) break;
  }
  return refuseItems(all.length) ?? all;
}

function foundIn(text: string, pattern: Pattern): Json[] | Failure {
  const found = collect(pattern.matches(text));
  if (!Array.isArray(found)) return found;
  return found.map((it) => (pattern.groupCount === 0 ? (it.groups[0] ?? '') : groupsOf(it, pattern)));
}

function between(text: string, pattern: Pattern): Json[] | Failure {
  const found = collect(pattern.matches(text));
  if (!Array.isArray(found)) return found;
  const pieces: Json[] = [];
  let from = 0;
  for (const { start, end } of found) {
    // An empty match separates characters, and nothing at the ends.
    if (start === end && (start === 0 || end === text.length)) continue;
    pieces.push(text.slice(from, start));
    from = end;
  }
  return [...pieces, text.slice(from)];
}
