import { z } from 'zod';
import type { Model, ModelOutcome } from '../model/model.ts';
import { jsonObjects } from './extract-json.ts';
import { GUARD_PROMPT } from './guard-prompt.ts';
import { untilAborted } from './until-aborted.ts';
import { CATEGORIES, type Category, SEVERITIES, type Severity } from './verdict.ts';

export interface Classification {
  readonly category: Category;
  readonly severity: Severity;
}

export type ClassifierOutcome =
  | ({ readonly ok: true } & Classification)
  | {
      readonly ok: false;
      readonly reason: string;
      /** A budget left no room for asking. */
      readonly isUnpaid: boolean;
    };

/** Room for the thinking of models that think before they answer. */
const MAXIMUM_TOKENS = 1_000;

const ANSWER = z.object({
  category: z.string().toUpperCase().pipe(z.enum(CATEGORIES)),
  severity: z.string().toLowerCase().pipe(z.enum(SEVERITIES)),
});

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

/** Asks a model for category and severity; what cannot be read as such is no answer. */
export async function askClassifier(
  model: Model,
  question: string,
  signal: AbortSignal,
): Promise<ClassifierOutcome> {
  const outcome = await readOutcome(model, question, signal);
  if (outcome.ok) return readAnswer(outcome);
  const isUnpaid = outcome.code === 'budget';
  return { ok: false, reason: isUnpaid ? outcome.message : `${outcome.code}: ${outcome.message}`, isUnpaid };
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

/** A reply may repeat what the text said of itself, so of several answers the gravest counts. */
function readAnswer(outcome: Extract<ModelOutcome, { readonly ok: true }>): ClassifierOutcome {
  const text = outcome.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const answers = [...jsonObjects(text)].flatMap((object) => {
    const answer = ANSWER.safeParse(withoutNone(object));
    return answer.success ? [answer.data] : [];
  });
  const [gravest] = answers.sort((one, other) => gravity(other) - gravity(one));
  if (gravest !== undefined) return { ok: true, ...gravest };
  const got = text === '' ? `stop reason ${outcome.stopReason}` : JSON.stringify(text.slice(0, 120));
  const reason = `expected {"category", "severity"} with known values, got ${got}`;
  return { ok: false, reason, isUnpaid: false };
}

/** Python's None is what some models write for the severity `none`. */
function withoutNone(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return object.severity === null && object.category === 'SAFE' ? { ...object, severity: 'none' } : object;
}

/** Orders classifications; what is SAFE has no severity to speak of. */
export function gravity({ category, severity }: Classification): number {
  return category === 'SAFE' ? 0 : 1 + SEVERITIES.indexOf(severity);
}
