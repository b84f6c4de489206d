import { type Budgets, createBudgets } from '../budget/budgets.ts';
import { createPriceList, type ModelPrice, type PriceTable } from '../budget/prices.ts';
import type { Log } from '../chat/log.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/store.ts';
import { localName } from './local-model.ts';

const FREE: ModelPrice = Object.freeze({ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 });

export interface BotBudgetsOptions {
  readonly config: Config;
  readonly store: Pick<Store, 'usage'>;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly now: () => number;
}

/** The budgets of this process, as they are configured. */
export function createBotBudgets({ config, store, log, now }: BotBudgetsOptions): Budgets {
  const prices = createPriceList({
    table: priceTable(config),
    onUnknown: (model) =>
      log.warn(
        { model },
        'a model is not in the table of prices and counts as the dearest; PRICES can add it',
      ),
  });
  return createBudgets({
    limits: config.budgets,
    prices,
    usage: store.usage,
    now,
    onProblem: (error) => log.error({ err: error }, 'what was spent could not be written down or read'),
  });
}

/** A model of one's own costs nothing, unless the configuration says otherwise. */
function priceTable({ model, prices }: Config): PriceTable {
  return model.local === null ? prices : { [localName(model.local)]: FREE, ...prices };
}
