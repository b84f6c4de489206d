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

/**
 * What a rule finds without a model: words that nobody sees, words shown in another order than they are read in, or
 * more words than are judged.
 */
export type RuleName = 'hidden-text' | 'reordered-text' | 'too-long';

/** What a guard says of a text. `unavailable` is a guard that could not answer; `passed` is what came of that. */
export type Verdict =
  | { readonly kind: 'safe'; readonly category: Category; readonly severity: Severity }
  | {
      readonly kind: 'blocked';
      readonly category: HarmCategory;
      readonly severity: 'medium' | 'high';
      /** The rule that blocked it; none where it was the classifier. */
      readonly rule?: RuleName;
    }
  | {
      readonly kind: 'unavailable';
      readonly reason: string;
      readonly passed: boolean;
      readonly rule?: RuleName;
    }
  | { readonly kind: 'off' };

/** `pre` is what a person wrote, `observation` what came from outside, `post` what the agent is about to answer. */
export type GuardStage = 'pre' | 'observation' | 'post';

/** Whether the text may go on. */
export function passes(verdict: Verdict): boolean {
  if (verdict.kind === 'unavailable') return verdict.passed;
  return verdict.kind !== 'blocked';
}
