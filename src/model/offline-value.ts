/** A quotation that ends before the text does: the words behind it ask for something more. */
const QUOTED_AND_MORE = /^(?:"[^"]*"|“[^”]*”|`[^`]*`)\s+\S/;
/** A second request behind the value. */
const SECOND_REQUEST = /\sand\s+(?:that\s|(?:please\s+)?(?:tell|show|give|let)\s+(?:me|us)(?!\p{L}))/iu;
/** What was said elsewhere, and not these words. */
const SAID_ELSEWHERE =
  /^(?:(?:this|that|these|those|it|them)(?!\p{L})|what(?:ever)?\s|(?:everything|anything|all)\s.*(?:above|below|said|wrote|mentioned))/iu;
/** A preposition that the value has from its sentence, or a denial of it. */
const OF_ITS_SENTENCE = /^(?:of|not)\s/i;
const QUESTION = /^(?:what|who|when|where|why|how|which|is|are|can|could|do|does|did)\s.*\?$/is;
const SUBSTANCE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Whether words that no quotes or colon mark as a value ask for something more than its program does. */
export function asksForMore(text: string): boolean {
  return QUOTED_AND_MORE.test(text) || SECOND_REQUEST.test(text);
}

/** Whether words that no quotes or colon mark are none to be kept: they stand for others, or are half of a phrase. */
export function standsForOthers(text: string): boolean {
  return SAID_ELSEWHERE.test(text) || OF_ITS_SENTENCE.test(text);
}

/** Whether a text is nothing to keep, however it is marked: nothing at all, or a question. */
export function isNothingToKeep(text: string): boolean {
  return !SUBSTANCE.test(text) || QUESTION.test(text);
}
