import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/budget/metered-model.ts';

describe('tokensOf', () => {
  it.each([
    ['English', 'The quick brown fox jumps over the lazy dog and runs away.', 13],
    ['Chinese', '敏捷的棕色狐狸跳过了懒狗然后跑开了', 17],
    ['Russian', 'Быстрая коричневая лиса прыгает через ленивую собаку', 17],
    ['emoji', '🦊🐕🦊🐕🦊🐕', 8],
  ])('estimates no fewer tokens than there are in %s, and not four times as many', (_name, text, least) => {
    expect(tokensOf(text)).toBeGreaterThanOrEqual(least);
    expect(tokensOf(text)).toBeLessThan(4 * least);
  });
});
