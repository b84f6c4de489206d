import { meterModel } from '../budget/metered-model.ts';
import type { Account } from '../budget/port.ts';
import type { Model } from '../model/model.ts';
import { askClassifier, type ClassifierOutcome } from './classifier.ts';
import { gravity } from './classifier-answer.ts';
import { guardQuestions } from './guard-questions.ts';
import { applyRules } from './guard-rules.ts';
import { blocks, type GuardStage, type RuleName, type Verdict } from './verdict.ts';

/** What a classification is ended by and paid from. */
export interface GuardOccasion {
  readonly signal: AbortSignal;
  readonly account: Account;
}

export interface Guard {
  /** False when it is switched off, so that nothing has to wait for it. */
  readonly enabled: boolean;
  /** Whether it judges what programs bring in from outside; where not, it is `off` for that stage. */
  readonly observations: boolean;
  /** Judges the whole text, however long. A guard that cannot answer is `unavailable`. */
  classify(text: string, stage: GuardStage, occasion: GuardOccasion): Promise<Verdict>;
}

export interface GuardOptions {
  /** A small model; null where none is configured, which is an error like any other. */
  readonly model: Model | null;
  /** What a guard that cannot answer means: `open` lets the text pass, `closed` refuses it. */
  readonly onError: 'open' | 'closed';
  readonly enabled: boolean;
  /** Default false. */
  readonly observations?: boolean;
  /** Milliseconds for one text, however long. Default 15,000. */
  readonly timeoutMs?: number;
}

/** The reason of an `unavailable` verdict where nobody set up a model to judge. */
export const NO_GUARD_MODEL = 'no guard model is configured';

/** Pieces of a long text that are judged at once. */
const AT_ONCE = 4;

/** Judges texts by rules of its own, then with a small model. */
export function createGuard(options: GuardOptions): Guard {
  const { enabled, onError, observations = false } = options;
  return Object.freeze({
    enabled,
    observations: enabled && observations,
    async classify(text: string, stage: GuardStage, occasion: GuardOccasion): Promise<Verdict> {
      if (!enabled || (stage === 'observation' && !observations)) return { kind: 'off' };
      const ruled = applyRules(text);
      if (ruled.broken !== null) return brokenRule(ruled.broken);
      return toVerdict(await classifyAll(options, guardQuestions(stage, ruled), occasion), onError);
    },
  });
}

function brokenRule(rule: RuleName): Verdict {
  if (rule === 'too-long') return tooLong('the text is too long');
  return { kind: 'blocked', category: 'JAILBREAK', severity: 'high', rule };
}

/** What is too long to be judged never passes, or length would be a way past an open guard. */
function tooLong(reason: string): Verdict {
  return { kind: 'unavailable', reason, passed: false, rule: 'too-long' };
}

/** The gravest answer to any of the questions, or the first failure to answer one. */
async function classifyAll(
  { model, timeoutMs = 15_000 }: GuardOptions,
  questions: readonly string[],
  { signal, account }: GuardOccasion,
): Promise<ClassifierOutcome> {
  if (model === null) return { ok: false, reason: NO_GUARD_MODEL, isUnpaid: false };
  const metered = meterModel(model, account, 'guard');
  const timeout = AbortSignal.timeout(timeoutMs);
  const ending = AbortSignal.any([signal, timeout]);
  const outcomes: ClassifierOutcome[] = [];
  for (let start = 0; start < questions.length && !outcomes.some(isBlocked); start += AT_ONCE) {
    const group = questions.slice(start, start + AT_ONCE);
    outcomes.push(...(await Promise.all(group.map((question) => askClassifier(metered, question, ending)))));
  }
  const worst = outcomes.reduce(worse);
  if (worst.ok || worst.isUnpaid) return worst;
  const isLong = questions.length > 1;
  if (timeout.aborted) return { ...worst, reason: `no answer within ${timeoutMs} ms`, isTooLong: isLong };
  // A guard that judges some of a text is there: the rest failed for its length, such as by a rate limit.
  const isPartial = isLong && outcomes.some(({ ok }) => ok);
  return isPartial ? { ...worst, isTooLong: true } : worst;
}

/** What is blocked stays blocked, whether the rest could be judged or not. */
function worse(one: ClassifierOutcome, other: ClassifierOutcome): ClassifierOutcome {
  if (one.ok && other.ok) return gravity(other) > gravity(one) ? other : one;
  if (one.ok) return isBlocked(one) ? one : other;
  if (other.ok) return isBlocked(other) ? other : one;
  return other.isUnpaid ? other : one;
}

function isBlocked(outcome: ClassifierOutcome): boolean {
  return outcome.ok && blocks(outcome);
}

function toVerdict(outcome: ClassifierOutcome, onError: 'open' | 'closed'): Verdict {
  if (!outcome.ok && outcome.isTooLong === true) return tooLong(outcome.reason);
  // Who has spent a budget must not get by the guard for it, however open it is.
  if (!outcome.ok) {
    const passed = onError === 'open' && !outcome.isUnpaid;
    return { kind: 'unavailable', reason: outcome.reason, passed };
  }
  const { isRefusal = false } = outcome;
  if (blocks(outcome)) {
    const { category, severity } = outcome;
    return { kind: 'blocked', category, severity, ...(isRefusal && { isRefusal }) };
  }
  return { kind: 'safe', category: outcome.category, severity: outcome.severity };
}
