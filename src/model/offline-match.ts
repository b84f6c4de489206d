import type { OfflineProgram } from './offline.ts';
import { matchPhrase } from './offline-phrase.ts';
import { bareRequest, plainRequest } from './offline-request.ts';
import { matchWords } from './offline-word-match.ts';

export interface ProgramCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

const ASKING = /^(?:what(?:['’]s|\s+is)|how much is|calculate|compute|work out)\s+(?:the\s+)?/i;

/** Longer texts are no plain requests, and the patterns are not linear in their length. */
const MAXIMUM_LENGTH = 2_000;

/**
 * The call that a request in plain words asks for: one that a program's own phrasing fits, or else the one
 * program whose words it uses most, if all its arguments can be read from the request. What changes anything
 * is only called by its own phrasing. Null when in doubt.
 */
export function matchRequest(text: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const request = plainRequest(text);
  const looking = programs.filter(({ writes }) => !writes);
  const bare = bareRequest(request);
  return (
    matchPhrase(request, programs) ??
    matchPhrase(bare, looking) ??
    matchQuestion(bare, looking) ??
    matchWords(bare, programs)
  );
}

/** What asks for a value in so many words means the phrase behind them. What changes anything is no value. */
function matchQuestion(request: string, programs: readonly OfflineProgram[]): ProgramCall | null {
  const [asking] = ASKING.exec(request) ?? [''];
  return asking === '' ? null : matchPhrase(request.slice(asking.length), programs);
}
