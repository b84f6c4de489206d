import type { OfflineProgram } from './offline.ts';
import { extractArguments } from './offline-arguments.ts';
import { phrasePattern, readSlots } from './offline-phrase.ts';
import { contentWords, wordsOf } from './offline-words.ts';

export interface ProgramCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** More than half of what a request says, its arguments aside, must be about the program. */
const MINIMUM_COVERAGE = 0.5;

/** Longer texts are no plain requests, and the patterns are not linear in their length. */
const MAXIMUM_LENGTH = 2_000;

/**
 * The call that a request in plain words asks for: one that a program's own phrasing fits, or else the one
 * program whose words it uses most, if all its arguments can be read from the request. Null when in doubt.
 */
export function matchRequest(text: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const request = text.trim();
  if (request.length > MAXIMUM_LENGTH) return null;
  return matchPhrase(request, programs) ?? matchWords(request, programs);
}

function matchPhrase(request: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const calls = programs.flatMap((program) =>
    program.says.flatMap((phrase) => {
      const found = phrasePattern(phrase, program.params).exec(request);
      const args = found === null ? null : readSlots(found, phrase, program.params);
      // The more of the request is the phrase's own words, the better the phrase fits.
      const captured = found?.slice(1).join('').length ?? 0;
      return args === null ? [] : [{ call: { name: program.name, args }, captured }];
    }),
  );
  calls.sort((left, right) => left.captured - right.captured);
  return calls[0]?.call ?? null;
}

function matchWords(request: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const candidates = programs.flatMap((program) => {
    const found = extractArguments(request, program);
    if (found === null || coverage(found.rest, program) <= MINIMUM_COVERAGE) return [];
    return [{ name: program.name, args: found.args, score: scoreOf(request, program, programs) }];
  });
  const [best, second] = candidates.sort((left, right) => right.score - left.score);
  if (best === undefined || best.score === second?.score) return null;
  return { name: best.name, args: best.args };
}

/** Shared words, each worth the less the more programs use it. */
function scoreOf(request: string, program: OfflineProgram, programs: readonly OfflineProgram[]): number {
  const vocabulary = wordsOf(program);
  const shared = new Set(contentWords(request).filter((word) => vocabulary.has(word)));
  const weights = [...shared].map((word) => 1 / programs.filter((other) => wordsOf(other).has(word)).length);
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function coverage(rest: string, program: OfflineProgram): number {
  const words = contentWords(rest);
  const vocabulary = wordsOf(program);
  return words.length === 0 ? 0 : words.filter((word) => vocabulary.has(word)).length / words.length;
}
