import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/**
 * Tokens of a text, by a public tokenizer that works offline. Other models cut text otherwise, so the figures
 * are for comparing texts with each other.
 */
export function tokenCount(text: string): number {
  return countTokens(text);
}
