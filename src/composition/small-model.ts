import type { Config } from '../config.ts';
import { createAnthropicModel } from '../model/anthropic.ts';
import type { Model } from '../model/model.ts';

/** A model for single questions, each with no other before or behind it; null where no key is configured. */
export function createSmallModel({ apiKey, baseUrl }: Config['model'], name: string): Model | null {
  if (apiKey === null) return null;
  return createAnthropicModel({ apiKey: apiKey.reveal(), baseUrl, model: name, cacheConversation: false });
}
