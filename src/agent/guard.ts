import { z } from 'zod';
import { meterModel } from '../budget/metered-model.ts';
import type { Account } from '../budget/port.ts';
import type { Model, ModelOutcome } from '../model/model.ts';
import { extractJson } from './extract-json.ts';
import { GUARD_PROMPT, guardQuestion } from './guard-prompt.ts';

export const CATEGORIES = [
  'SAFE',
  'HARASSMENT',
  'HATE_SPEECH',
  'SEXUALLY_EXPLICIT',
  'DANGEROUS_CONTENT',
  'JAILBREAK',
] as const;
export const SEVERITIES = ['none', 'low', 'medium', 'high'] as const;

export type Category = (typeof CATEGORIES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type HarmCategory = Exclude<Category, 'SAFE'>;

/** What a guard says of a text. `unavailable` is a guard that could not answer; `passed` is what came of that. */
export type Verdict =
  | { readonly kind: 'safe'; readonly category: Category; readonly severity: Severity }
  | { readonly kind: 'blocked'; readonly category: HarmCategory; readonly severity: 'medium' | 'high' }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly passed: boolean }
  | { readonly kind: 'off' };

/** `pre` is what a person wrote, `observation` what came from outside, `post` what the agent is about to answer. */
export type GuardStage = 'pre' | 'observation' | 'post';

/** What a classification is ended by and paid from. */
export interface GuardOccasion {
  readonly signal: AbortSignal;
  readonly account: Account;
}

export interface Guard {
  /** False when it is switched off, so that nothing has to wait for it. */
  readonly enabled: boolean;
  /** Never rejects: a guard that cannot answer is `unavailable`. */
  classify(text: string, stage: GuardStage, occasion: GuardOccasion): Promise<Verdict>;
}

export interface GuardOptions {
  /** A small model; null where none is configured, which is an error like any other. */
  readonly model: Model | null;
  /** What a guard that cannot answer means: `open` lets the text pass, `closed` refuses it. */
  readonly onError: 'open' | 'closed';
  readonly enabled: boolean;
  /** Milliseconds for one classification. Default 15,000. */
  readonly timeoutMs?: number;
}

/** Room for the thinking of models that think before they answer. */
const MAXIMUM_TOKENS = 1_000;

const ANSWER = z.object({
  category: z.string().toUpperCase().pipe(z.enum(CATEGORIES)),
  severity: z.string().toLowerCase().pipe(z.enum(SEVERITIES)),
});

type Failure = Extract<Verdict, { readonly kind: 'unavailable' }>;

/** Classifies texts with a model of its own. */
export function createGuard(options: GuardOptions): Guard {
  const fail = (reason: string): Failure => ({
    kind: 'unavailable',
    reason,
    passed: options.onError === 'open',
  });
  const { model, enabled, timeoutMs = 15_000 } = options;
  return Object.freeze({
    enabled,
    async classify(text: string, stage: GuardStage, { signal, account }: GuardOccasion): Promise<Verdict> {
      if (!enabled) return { kind: 'off' };
      if (model === null) return fail('no guard model is configured');
      const timeout = AbortSignal.timeout(timeoutMs);
      const metered = meterModel(model, account, 'guard');
      const outcome = await ask(metered, guardQuestion(text, stage), AbortSignal.any([signal, timeout]));
      if (outcome.ok) return readVerdict(outcome, fail);
      if (timeout.aborted) return fail(`no answer within ${timeoutMs} ms`);
      return fail(`${outcome.code}: ${outcome.message}`);
    },
  });
}

/** Whether the text may go on. */
export function passes(verdict: Verdict): boolean {
  if (verdict.kind === 'unavailable') return verdict.passed;
  return verdict.kind !== 'blocked';
}

async function ask(model: Model, question: string, signal: AbortSignal): Promise<ModelOutcome> {
  const stream = model.stream({
    system: GUARD_PROMPT,
    messages: [{ role: 'user', content: [{ type: 'text', text: question }] }],
    tools: [],
    maxTokens: MAXIMUM_TOKENS,
    signal,
  });
  for (;;) {
    const next = await stream.next();
    if (next.done) return next.value;
  }
}

function readVerdict(
  outcome: Extract<ModelOutcome, { readonly ok: true }>,
  fail: (reason: string) => Failure,
): Verdict {
  const text = outcome.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const answer = ANSWER.safeParse(extractJson(text));
  if (!answer.success) {
    const got = text === '' ? `stop reason ${outcome.stopReason}` : JSON.stringify(text.slice(0, 120));
    return fail(`expected {"category", "severity"} with known values, got ${got}`);
  }
  const { category, severity } = answer.data;
  if (category === 'SAFE' || severity === 'none' || severity === 'low') {
    return { kind: 'safe', category, severity };
  }
  return { kind: 'blocked', category, severity };
}
