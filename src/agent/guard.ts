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

/** What a guard says of a text. `unavailable` is a guard that could not answer; `passed` is what came of that. */
export type Verdict =
  | { readonly kind: 'safe'; readonly category: Category; readonly severity: Severity }
  | {
      readonly kind: 'blocked';
      readonly category: Exclude<Category, 'SAFE'>;
      readonly severity: 'medium' | 'high';
    }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly passed: boolean }
  | { readonly kind: 'off' };
