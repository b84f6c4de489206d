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

/** By how much the words must speak for one program rather than for any other, also one that can't be called so. */
const CLEAR_LEAD = 1.25;

const ASKING = /^(?:what(?:['’]s|\s+is)|how much is|calculate|compute|work out)\s+(?:the\s+)?/i;

/** Longer texts are no plain requests, and the patterns are not linear in their length. */
const MAXIMUM_LENGTH = 2_000;

/**
 * The call that a request in plain words asks for: one that a program's own phrasing fits, or else the one
 * program whose words it uses most, if all its arguments can be read from the request. What changes anything
 * is only called by its own phrasing. Null when in doubt.
 */
export function matchRequest(text: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const request = text
    .trim()
    .replace(/^(?:please|(?:could|can|would) you)\s+(?:please\s+)?/i, '')
    .replace(/,?\s+please(?=[\s.!?]*$)/i, '');
  if (request.length > MAXIMUM_LENGTH) return null;
  return matchPhrase(request, programs) ?? matchQuestion(request, programs) ?? matchWords(request, programs);
}

/** What asks for a value in so many words means the phrase behind them. What changes anything is no value. */
function matchQuestion(request: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const [asking] = ASKING.exec(request) ?? [''];
  if (asking === '') return null;
  return matchPhrase(
    request.slice(asking.length),
    programs.filter(({ writes }) => !writes),
  );
}

function matchPhrase(request: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const calls = programs.flatMap((program) =>
    program.says.flatMap((phrase) => {
      const found = phrasePattern(phrase, program).exec(request);
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
  const [best, second] = rankPrograms(request, programs);
  if (best === undefined || best.program.writes || best.score < CLEAR_LEAD * (second?.score ?? 0))
    return null;
  const found = extractArguments(request, best.program);
  if (found === null || coverage(found.rest, best.program) <= MINIMUM_COVERAGE) return null;
  return { name: best.program.name, args: found.args };
}

/** The programs that share words with a request, those that share most first. */
export function rankPrograms(
  request: string,
  programs: readonly OfflineProgram[],
): readonly { readonly program: OfflineProgram; readonly score: number }[] {
  const vocabularies = programs.map((program) => ({ program, words: wordsOf(program) }));
  const asked = [...new Set(contentWords(request))].map((word) => ({
    word,
    weight: 1 / vocabularies.filter(({ words }) => words.has(word)).length,
  }));
  return vocabularies
    .map(({ program, words }) => {
      const shared = asked.filter(({ word }) => words.has(word));
      return { program, score: shared.reduce((sum, { weight }) => sum + weight, 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
}

function coverage(rest: string, program: OfflineProgram): number {
  const words = contentWords(rest);
  const vocabulary = wordsOf(program);
  return words.length === 0 ? 0 : words.filter((word) => vocabulary.has(word)).length / words.length;
}
