import { failureText } from '../agent/failure-text.ts';
import { presentResult } from '../agent/present-run.ts';
import { meterModel } from '../budget/metered-model.ts';
import type { Account } from '../budget/port.ts';
import type { Config } from '../config.ts';
import { createAnthropicModel } from '../model/anthropic.ts';
import type { Model } from '../model/model.ts';
import { createOfflineModel } from '../model/offline.ts';
import { createRouter, type RoutedModels } from '../model/router.ts';
import { createLocalModel, PATIENT } from './local-model.ts';
import { describeOffline } from './offline-program.ts';
import type { Workshop } from './workshop.ts';

/** Milliseconds of a local model that has a large one behind it: a person waits for both, one after the other. */
const IMPATIENT = Object.freeze({ timeoutMs: 60_000, idleMs: 20_000, maxRetries: 0 });

/** What answers a turn, from what is configured: the router over its models, or else the offline planner. */
export function createTurnModel(
  config: Config,
  { catalog }: Pick<Workshop, 'catalog'>,
): (account: Account) => Model {
  const programs = catalog.list().map(describeOffline);
  const models = createModels(config.model);
  if (models === null) {
    const offline = createOfflineModel({
      programs,
      presentResult: (name, text) => presentResult(text, catalog.get(name) ?? null),
      presentFailure: failureText,
    });
    return (account) => meterModel(offline, account, 'answer');
  }
  const route = createRouter({ programs, localMs: IMPATIENT.timeoutMs });
  return (account) => route(onAccount(models, account));
}

function createModels({ apiKey, baseUrl, name, fallbackName, local }: Config['model']): RoutedModels | null {
  if (apiKey === null)
    return local === null ? null : { large: null, local: createLocalModel(local, PATIENT) };
  const create = (model: string): Model => createAnthropicModel({ apiKey: apiKey.reveal(), baseUrl, model });
  return {
    large: create(name),
    local: local === null ? null : createLocalModel(local, IMPATIENT),
    fallback: fallbackName === null ? null : create(fallbackName),
  };
}

/** Each model by itself, so that what was asked of one that was given up is paid as well. */
function onAccount(models: RoutedModels, account: Account): RoutedModels {
  const metered = (model: Model): Model => meterModel(model, account, 'answer');
  if (models.large === null) return { large: null, local: metered(models.local) };
  const { large, local, fallback } = models;
  return {
    large: metered(large),
    local: local === null ? null : metered(local),
    fallback: fallback === null ? null : metered(fallback),
  };
}
