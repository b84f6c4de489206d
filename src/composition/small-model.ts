import type { Config } from '../config.ts';
import { createAnthropicModel } from '../model/anthropic.ts';
import type { Model } from '../model/model.ts';
import { createLocalModel, PATIENT } from './local-model.ts';

/**
 * A model for single questions, each with no other before or behind it. Without a key the local one stands in
 * for it; null where there is none either.
 */
export function createSmallModel({ apiKey, baseUrl, local }: Config['model'], name: string): Model | null {
  const cacheConversation = false;
  if (apiKey !== null)
    return createAnthropicModel({ apiKey: apiKey.reveal(), baseUrl, model: name, cacheConversation });
  return local === null ? null : createLocalModel(local, { ...PATIENT, cacheConversation });
}
