import { NO_GUARD_MODEL } from '../agent/guard.ts';
import { TURN_ENDED } from '../agent/judge.ts';
import type { HostEvent } from '../host/host-event.ts';
import type { Logger } from '../log.ts';

/** Without a model every message would be worth a warning, and who stops a turn knows of it. */
const EXPECTED: ReadonlySet<string> = new Set([NO_GUARD_MODEL, TURN_ENDED]);

/** Characters of a text that a log line keeps; the whole is in the thread. */
const MAX_TEXT = 500;

/** One line an event, named by its type. Deltas are too many to be worth a line each but for a trace. */
export function logEvent(log: Pick<Logger, 'trace' | 'info' | 'warn'>, event: HostEvent): void {
  const { type, ...fields } = event;
  if (type === 'model.delta') log.trace(fields, type);
  else if (isForOperator(event)) log.warn(withShortTexts(fields), type);
  else log.info(withShortTexts(fields), type);
}

/** What whoever runs the installation is to know of, also where only warnings are shown. */
function isForOperator(event: HostEvent): boolean {
  if (event.type === 'turn.finished')
    return event.cause === 'model-failed' || event.cause === 'internal-error';
  if (event.type !== 'guard.verdict' || event.verdict.kind !== 'unavailable') return false;
  return !EXPECTED.has(event.verdict.reason);
}

function withShortTexts(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shortened(value)]));
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return shortText(value);
  if (Array.isArray(value)) return value.map(shortened);
  return typeof value === 'object' && value !== null ? withShortTexts(value) : value;
}

function shortText(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  return `${text.slice(0, MAX_TEXT).toWellFormed()}… (cut, ${text.length} characters)`;
}
