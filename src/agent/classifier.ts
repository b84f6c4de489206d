import type { Model, ModelOutcome, StopReason } from '../model/model.ts';
import { readSingleAnswer } from '../model/single-answer.ts';
import { declines, readClassification } from './classifier-answer.ts';
import { GUARD_PROMPT } from './guard-prompt.ts';
import { untilAborted } from './until-aborted.ts';
import { blocks, CATEGORIES, type Classification, SEVERITIES } from './verdict.ts';

export type ClassifierOutcome =
  | ({
      readonly ok: true;
      /** It would not even look at the text. */
      readonly isRefusal?: boolean;
    } & Classification)
  | {
      readonly ok: false;
      readonly reason: string;
      /** A budget left no room for asking. */
      readonly isUnpaid: boolean;
      /** There was more to judge than the model or the time sufficed for. */
      readonly isTooLong?: boolean;
    };

/** Room for the thinking of models that think before they answer. */
const MAXIMUM_TOKENS = 1_000;

/** What a model will not even judge is taken for the kind of harm that models decline for. */
const REFUSED: ClassifierOutcome = Object.freeze({
  ok: true,
  category: 'DANGEROUS_CONTENT',
  severity: 'high',
  isRefusal: true,
});
/** How services say of a call that failed that their own filter would not let it through. */
const FILTERED = /content[ _-]?(?:filter|management policy)/i;

/** Some servers let a model write blanks behind its object until its tokens are used up. */
const OBJECT_ALONE = /^[\s`]*(?:json)?\s*\{[^{}]*\}[\s`]*$/;

/** The question left the model no room for its answer. */
const NO_ROOM: StopReason = 'model_context_window_exceeded';

const ANSWER_SCHEMA = Object.freeze({
  type: 'object',
  properties: {
    category: { enum: CATEGORIES },
    severity: { enum: SEVERITIES },
  },
  required: ['category', 'severity'],
  additionalProperties: false,
});

const CANCELLED: ModelOutcome = { ok: false, code: 'cancelled', message: 'nobody waits for it any more' };
const ENDED: IteratorResult<never, ModelOutcome> = { done: true, value: CANCELLED };

/** Asks a model for category and severity; a refusal is one too, what cannot be read is none. */
export async function askClassifier(
  model: Model,
  question: string,
  signal: AbortSignal,
): Promise<ClassifierOutcome> {
  const outcome = await readOutcome(model, question, signal);
  if (outcome.ok) return readAnswer(outcome);
  if (outcome.code === 'invalid-request' && FILTERED.test(outcome.message)) return REFUSED;
  const { code, message } = outcome;
  if (code === 'budget') return { ok: false, reason: message, isUnpaid: true };
  return {
    ok: false,
    reason: `${code}: ${message}`,
    isUnpaid: false,
    isTooLong: code === 'context-too-long',
  };
}

async function readOutcome(model: Model, question: string, signal: AbortSignal): Promise<ModelOutcome> {
  const stream = model.stream({
    system: GUARD_PROMPT,
    messages: [{ role: 'user', content: [{ type: 'text', text: question }] }],
    tools: [],
    maxTokens: MAXIMUM_TOKENS,
    answerSchema: ANSWER_SCHEMA,
    signal,
  });
  for (;;) {
    const next = await untilAborted(stream.next(), signal, ENDED);
    // It is closed as soon as it lets go.
    if (next === ENDED) void stream.return(CANCELLED);
    if (next.done) return next.value;
  }
}

function readAnswer(outcome: Extract<ModelOutcome, { readonly ok: true }>): ClassifierOutcome {
  // Thinking weighs answers that it then drops. Where nothing follows it, a harm that it names is all there is.
  const { completeness, text, written } = readSingleAnswer(outcome);
  const answer = readClassification(written);
  const isRefused = outcome.stopReason === 'refusal';
  const isWhole = completeness === 'whole' || (completeness === 'cut' && OBJECT_ALONE.test(text));
  if (answer !== null && (blocks(answer) || isWhole)) return { ok: true, ...answer };
  if (isRefused || declines(written)) return REFUSED;
  const got = written === '' ? `stop reason ${outcome.stopReason}` : JSON.stringify(written.slice(0, 120));
  const reason = `expected {"category", "severity"} with known values, got ${got}`;
  return { ok: false, reason, isUnpaid: false, isTooLong: outcome.stopReason === NO_ROOM };
}
