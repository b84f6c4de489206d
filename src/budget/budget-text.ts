import type { BudgetNotice, BudgetScope, BudgetUnit } from './port.ts';

interface ScopeWords {
  /** Whose budget it is, behind "the". */
  readonly name: string;
  /** What ends it, where no time does. */
  readonly ends: string;
  readonly setting: string;
}

const SCOPES: Readonly<Record<BudgetScope, ScopeWords>> = {
  run: { name: 'budget of one program run', ends: 'Every run has its own.', setting: 'BUDGET_RUN' },
  turn: { name: 'budget of one request', ends: 'The next message has its own.', setting: 'BUDGET_TURN' },
  user: { name: "day's budget of one person", ends: '', setting: 'BUDGET_USER' },
  channel: { name: "day's budget of this channel", ends: '', setting: 'BUDGET_CHANNEL' },
  workspace: { name: "day's budget of this workspace", ends: '', setting: 'BUDGET_WORKSPACE' },
};

const UNITS: Readonly<Record<BudgetUnit, string>> = {
  tokens: 'tokens',
  usd: 'US dollars',
  fuel: 'fuel',
  hostCalls: 'calls of host functions',
};

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A notice in words for people: which limit, how much of it is used, when it ends, whom to ask. */
export function budgetText(notice: BudgetNotice): string {
  const { name, setting } = SCOPES[notice.scope];
  const of = `${amountText(notice.used, notice.unit)} of ${amountText(notice.limit, notice.unit)} ${UNITS[notice.unit]}`;
  const end = endText(notice);
  if (notice.state === 'warning') return `The ${name} is nearly used up: ${of}. ${end}`;
  const ask = `Whoever runs this installation can raise it (\`${setting}\`).`;
  return `The ${name} has no room for this: ${of} are used or set aside. ${end} ${ask}`;
}

function endText({ endsAt, scope }: BudgetNotice): string {
  return endsAt === null ? SCOPES[scope].ends : `It begins anew on ${timeText(endsAt)}.`;
}

/** Money to the cent where there are cents, and further down where there is less. */
function amountText(amount: number, unit: BudgetUnit): string {
  if (unit !== 'usd') return Math.round(amount).toLocaleString('en-US');
  const digits = amount === 0 || amount >= 0.1 ? 2 : 4;
  return amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: digits });
}

function timeText(at: number): string {
  const time = new Date(at);
  const clock = time.toISOString().slice(11, 16);
  return `${DAY.format(time)} at ${clock} UTC`;
}
