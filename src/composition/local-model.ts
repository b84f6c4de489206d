import type { Config } from '../config.ts';
import { type AnthropicModelOptions, createAnthropicModel } from '../model/anthropic.ts';
import type { Model } from '../model/model.ts';

/** Stands where the SDK wants a key. A local server asks for none, and Anthropic's must not reach it. */
const LOCAL_KEY = 'local';

/** Of a local server that is alone: on a plain machine it reads a long prompt for minutes before it says anything. */
export const PATIENT = Object.freeze({ timeoutMs: 600_000, idleMs: 600_000 });

export type LocalServer = NonNullable<Config['model']['local']>;

/** What a local model is called in budgets and events: it may bear the id of one that has a price. */
export function localName({ name }: LocalServer): string {
  return `local:${name}`;
}

/** The model of the local server. */
export function createLocalModel(
  server: LocalServer,
  options: Omit<AnthropicModelOptions, 'apiKey' | 'baseUrl' | 'model' | 'name'>,
): Model {
  return createAnthropicModel({
    ...options,
    apiKey: LOCAL_KEY,
    baseUrl: server.url,
    model: server.name,
    name: localName(server),
  });
}
