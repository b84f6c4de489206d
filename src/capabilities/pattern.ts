import { Matcher, MatcherInput, RE2JS, RE2JSException } from 're2js';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { countCharacters, excerpt } from './text.ts';

/** Longer than patterns that people write; keeps the work of compiling one small. */
const MAX_PATTERN_LENGTH = 2_000;
const MAX_INSTRUCTIONS = 5_000;
/**
 * What a search may do, in looks at a character times what one costs at most, about a nanosecond a unit. Only
 * a pattern made for it needs all of it in 0.1 to 0.2 s; plain ones go through 400 KB in a third of that. A call cannot
 * be stopped in its middle, so this is what a stop may have to wait.
 */
const MAX_WORK = 100_000_000;
const LOOK_COST = 15;
/** Each instruction may be tried at each look, and carries the bounds of the groups along. */
const INSTRUCTION_COST = 2;
const GROUP_COST = 4;
/** Looking for a plain text is so much cheaper than a step of the pattern. */
const PLAIN_SEARCH_SHIFT = 6;

/** One match with its groups, the whole match first; null for a group that took no part. */
export interface Match {
  /** In code units. */
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

/** A compiled pattern. */
export interface Pattern {
  readonly groupCount: number;
  /** Group numbers by name. */
  readonly names: ReadonlyMap<string, number>;
  /** The matches from left to right, without overlaps. */
  matches(text: string): Iterable<Match>;
  test(text: string): boolean;
}

/** Thrown into the search, which knows no bounds of its own, and caught in `withPattern`. */
class WorkSpent extends Error {
  override readonly name = 'WorkSpent';
}

/** A text that counts how often the search looks at it. */
class MeteredText extends String {
  readonly #text: string;
  #left: number;

  constructor(text: string, looks: number) {
    super(text);
    this.#text = text;
    this.#left = looks;
  }

  override charCodeAt(index: number): number {
    this.#left -= 1;
    if (this.#left < 0) throw new WorkSpent();
    return this.#text.charCodeAt(index);
  }

  override indexOf(needle: string, from = 0): number {
    const found = this.#text.indexOf(needle, from);
    this.#left -= 1 + (((found < 0 ? this.#text.length : found) - from) >> PLAIN_SEARCH_SHIFT);
    if (this.#left < 0) throw new WorkSpent();
    return found;
  }
}

/**
 * Compiles a pattern in RE2's syntax and gives it to `use`. EPARSE says what is wrong with the pattern;
 * EBOUND that it is too large, or takes too much work on this text. The bound counts work and no time, so a
 * run has the same end on every machine.
 */
export function withPattern<T>(
  pattern: string,
  flags: string,
  use: (compiled: Pattern) => T | Failure,
): T | Failure {
  const bits = flagBits(flags);
  if (typeof bits !== 'number') return bits;
  if (pattern.length > MAX_PATTERN_LENGTH) return tooLarge();
  try {
    const compiled = RE2JS.compile(pattern, bits);
    return compiled.programSize() > MAX_INSTRUCTIONS ? tooLarge() : use(createPattern(compiled));
  } catch (error) {
    if (error instanceof WorkSpent) {
      return fail(
        'EBOUND',
        'the pattern takes too much work on this text; use a shorter text or a plainer pattern',
      );
    }
    if (error instanceof RE2JSException) return badPattern(pattern, error);
    throw error;
  }
}

function createPattern(compiled: RE2JS): Pattern {
  const cost = LOOK_COST + INSTRUCTION_COST * compiled.programSize() + GROUP_COST * compiled.groupCount();
  const looks = Math.floor(MAX_WORK / cost);
  const open = (text: string) => new Matcher(compiled, MatcherInput.utf16(new MeteredText(text, looks)));
  return {
    groupCount: compiled.groupCount(),
    names: new Map(Object.entries(compiled.namedGroups())),
    *matches(text) {
      const matcher = open(text);
      while (matcher.find()) yield matchOf(matcher);
    },
    test: (text) => open(text).find(),
  };
}

function matchOf(matcher: Matcher): Match {
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
  return { start: matcher.start(), end: matcher.end(), groups };
}

function flagBits(flags: string): number | Failure {
  // All functions work on Unicode, and by their names on one match or all.
  const known = new Map([
    ['i', RE2JS.CASE_INSENSITIVE],
    ['m', RE2JS.MULTILINE],
    ['s', RE2JS.DOTALL],
    ['g', 0],
    ['u', 0],
  ]);
  let bits = 0;
  for (const flag of flags) {
    const bit = known.get(flag);
    if (bit === undefined) return fail('EPARSE', `expected flags out of i, m and s; got ${excerpt(flag)}`);
    bits |= bit;
  }
  return bits;
}

function tooLarge(): Failure {
  return fail(
    'EBOUND',
    `expected a pattern of at most ${MAX_PATTERN_LENGTH} characters and of moderate repetitions`,
  );
}

function badPattern(pattern: string, error: RE2JSException): Failure {
  const { error: reason = error.message, input = '' } = error as { error?: string; input?: string };
  const at = input === '' ? -1 : pattern.lastIndexOf(input);
  const place = at < 0 ? '' : ` at character ${countCharacters(pattern.slice(0, at)) + 1}`;
  const part = input === '' ? '' : `: ${excerpt(input)}`;
  return fail('EPARSE', `bad pattern${place}: ${reason}${part}${hintFor(input)}`);
}

function hintFor(part: string): string {
  if (/^\(\?<?[=!]/.test(part)) return '; there is no look-around, put what is around into groups';
  if (/^\\[1-9]/.test(part)) return '; there are no references back to groups';
  return '';
}
