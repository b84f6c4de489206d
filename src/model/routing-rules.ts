import type { ModelMessage } from './model.ts';
import type { OfflineProgram } from './offline.ts';
import { matchRequest } from './offline-match.ts';

/** A kind of request that a small model can be trusted with. */
export interface RoutingRule {
  readonly name: string;
  /** What it covers, for the page on models. */
  readonly covers: string;
  /** Requests that it holds for, for the page and for the tests. */
  readonly examples: readonly string[];
  /** Why the request is simple, in words for an event; null where the rule does not hold. */
  match(text: string, programs: readonly OfflineProgram[]): string | null;
}

/** Characters of a request that the rules by phrase still look at. */
const MAXIMUM_PHRASE = 300;

/** Characters of the conversation as JSON. A longer one is slow on a small model, and too much for many. */
export const MAXIMUM_CONVERSATION = 48_000;

const ADDRESS = /https?:\/\/\S+/gi;

/** What shows that there is more to do than one look-up or one fetch. */
const MORE_TO_DO =
  /[\n;]|\b(?:then|each|every|all|both|compare|between|why|if|when|until|unless|daily|weekly|hourly|post|send|email|write|create|delete|remove|update|change|translate|convert|calculate|rank|sort|plot|analy[sz]e)\b/i;

const LOOK_UPS: readonly RegExp[] = [
  /^(?:what|which|when|where|who) (?:did|have|had) (?:i|we) (?:note|noted|save|saved|store|stored|put|remember|remembered|jot down|jotted down|write down|written down|tell you|told you)\b.*\b(?:about|on|for|under|as)\b/i,
  /^what do (?:you|i|we) (?:remember|know|have)(?: saved| noted| stored)? (?:about|on|for|under)\b/i,
  /^(?:do you )?(?:recall|remember) (?:my|our|the|what|where|when|who)\b/i,
  /^remind me (?:of |about )?what (?:i|we) (?:noted|saved|stored|wrote|said)\b/i,
  /^(?:show|read|get|give|find|look up|tell)(?: me)? (?:my|our|the) (?:notes?|saved|stored|remembered)\b/i,
  /^(?:what is|what's|what was) (?:my|our) (?:saved|stored|noted|remembered)\b/i,
  /^look up .+ (?:in|from|among) (?:my|our|the) (?:notes?|memory)\b/i,
];

const FETCH =
  /^(?:fetch|get|load|open|read|show|check|look at|grab|curl|summari[sz]e|tl;?dr|sum up|give me|tell me what is|tell me what|what is|what's|what does|what do)\b/i;

/** In the order in which they are tried; the first that holds decides. */
export const ROUTING_RULES: readonly RoutingRule[] = Object.freeze([
  {
    name: 'program',
    covers: 'One program of the catalog does it all, by the words that the offline planner goes by',
    examples: ['fetch https://example.com/', 'what percentage is 2 out of 3'],
    match: (text, programs) => {
      const call = matchRequest(text, programs);
      return call === null ? null : `the program ${call.name} does it`;
    },
  },
  {
    name: 'look-up',
    covers: 'One question about what was noted before',
    examples: ['What did I note about the Berlin office?', 'show me my notes on onboarding'],
    match: (text) => {
      const holds = isPlain(text) && addressesIn(text) === 0 && LOOK_UPS.some((phrase) => phrase.test(text));
      return holds ? 'one look-up' : null;
    },
  },
  {
    name: 'fetch',
    covers: 'One address to fetch, to show or to sum up',
    examples: ['Summarise https://example.com/news for me', "what's on https://example.com/menu today?"],
    match: (text) => {
      const holds =
        addressesIn(text) === 1 && FETCH.test(text) && isPlain(text.replace(ADDRESS, '').replace(FETCH, ''));
      return holds ? 'one fetch' : null;
    },
  },
]);

/** Why a small model may answer the request that ends the conversation; null where it should not. */
export function simpleBecause(
  messages: readonly ModelMessage[],
  programs: readonly OfflineProgram[],
): string | null {
  const text = lastWords(messages);
  if (JSON.stringify(messages).length > MAXIMUM_CONVERSATION) return null;
  for (const rule of ROUTING_RULES) {
    const reason = rule.match(text, programs);
    if (reason !== null) return reason;
  }
  return null;
}

function isPlain(text: string): boolean {
  return text.length <= MAXIMUM_PHRASE && !MORE_TO_DO.test(text);
}

function addressesIn(text: string): number {
  return text.match(ADDRESS)?.length ?? 0;
}

function lastWords(messages: readonly ModelMessage[]): string {
  const last = messages.at(-1);
  if (last?.role !== 'user') return '';
  const words = last.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
  return words.trim().replace(/^(?:please|(?:hey|hi|hello),?|(?:could|can|would) you(?: please)?)\s+/i, '');
}
