import type { TurnEvent } from '../agent/events.ts';
import { budgetAsk } from '../budget/budget-ask.ts';
import { budgetText } from '../budget/budget-text.ts';
import type { Budgets } from '../budget/budgets.ts';
import type { Account } from '../budget/port.ts';
import { createTally } from '../budget/tally.ts';
import { type Message, threadKey } from '../chat/message.ts';
import { scopesOf } from '../chat/scopes.ts';

/** What the turn of a message is paid from; what its limits have to say becomes events. */
export function openTurnAccount(
  budgets: Budgets | null,
  message: Message,
  emit: (event: TurnEvent) => void,
): Account {
  if (budgets === null) return createTally();
  return budgets.openAccount({
    owners: { ...scopesOf(message), session: threadKey(message) },
    onNotice(notice) {
      emit({ type: 'budget', ...notice, text: budgetText(notice) });
      if (notice.state === 'refused') emit({ type: 'budget.ask', ...budgetAsk(notice) });
    },
  });
}
