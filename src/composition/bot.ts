import { createAgent } from '../agent/agent.ts';
import { createGuard } from '../agent/guard.ts';
import { buildPrompt, type Prompt } from '../agent/prompt.ts';
import type { ModelSettings } from '../agent/turn.ts';
import type { Adapter } from '../chat/adapter.ts';
import { isAmong } from '../config/savers.ts';
import { type Config, isLocalAlone, LOCAL_QUESTION_MS } from '../config.ts';
import { createHost, type Host } from '../host/host.ts';
import type { HostEvent } from '../host/host-event.ts';
import type { ProcessIdentity } from '../host/recovery.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { createBotBudgets } from './bot-budgets.ts';
import { historyLimits } from './history-limits.ts';
import { logEvent } from './log-event.ts';
import { createSmallModel } from './small-model.ts';
import { createTurnModel } from './turn-model.ts';
import type { Workshop } from './workshop.ts';

/** Tokens of one reply: room for an answer that fills a Slack message, and for a long program. */
const MAX_TOKENS = 8_192;

const SETTINGS: ModelSettings = { access: 'ANTHROPIC_API_KEY', name: 'MODEL' };
const LOCAL_SETTINGS: ModelSettings = { access: 'LOCAL_MODEL_URL', name: 'LOCAL_MODEL' };

export interface BotOptions {
  readonly config: Config;
  readonly workshop: Workshop;
  readonly store: Store;
  readonly adapters: readonly Adapter[];
  readonly log: Logger;
  readonly now: () => number;
  readonly newId: () => string;
  readonly process: ProcessIdentity;
  /** Told of every event of every turn, beside the log. */
  readonly onEvent: (event: HostEvent) => void;
}

/** The agent behind the given platforms, not yet connected. */
export function createBot(options: BotOptions): Host {
  const { config, workshop, store, adapters, log, now, newId, process, onEvent } = options;
  const { runner, catalog, modelGrants } = workshop;
  const agent = createAgent({
    openModel: createTurnModel(config, workshop),
    modelSettings: isLocalAlone(config.model) ? LOCAL_SETTINGS : SETTINGS,
    guard: createGuard({
      model: createSmallModel(config.model, config.model.guardName),
      ...config.guard,
    }),
    summaryModel: createSmallModel(config.model, config.model.summaryName),
    ...(isLocalAlone(config.model) && { summaryMs: LOCAL_QUESTION_MS }),
    runner,
    catalog,
    capabilities: modelGrants,
    prompt: promptOf(config, workshop),
    limits: { ...config.turn, runFuel: workshop.limits.fuel, maxTokens: MAX_TOKENS },
    newId,
    now,
  });
  return createHost({
    agent,
    budgets: createBotBudgets({ config, store, log, now }),
    store,
    adapters,
    limits: { history: historyLimits(config.turn.historyTokens) },
    now,
    newId,
    log,
    process,
    maySave: ({ platform, author }) => isAmong(config.savers, platform, author.id),
    onEvent: (event) => {
      logEvent(log, event);
      onEvent(event);
    },
  });
}

/** What the model is given with every request. */
export function promptOf(config: Config, { capabilities, modelGrants, catalog, limits }: Workshop): Prompt {
  return buildPrompt({
    imports: capabilities.imports(modelGrants),
    programs: catalog.list(),
    limits: { ...limits, maxSteps: config.turn.maxSteps },
  });
}
