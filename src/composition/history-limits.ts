import type { HistoryLimits } from '../host/history.ts';

/** Characters of a token at the most, by the estimate, and of a message as JSON at the least. */
const CHARACTERS_A_TOKEN = 3;
const CHARACTERS_A_MESSAGE = 50;
/** For what a turn adds after it last looked: a reply, and results that came with it. */
const MARGIN = 200_000;

/** What a session keeps at the most: always more than the agent lets a history come to before it makes it shorter. */
export function historyLimits(historyTokens: number): HistoryLimits {
  const characters = CHARACTERS_A_TOKEN * historyTokens + MARGIN;
  return { characters, messages: Math.ceil(characters / CHARACTERS_A_MESSAGE) };
}
