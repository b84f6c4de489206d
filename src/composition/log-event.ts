import type { HostEvent } from '../host/host-event.ts';
import type { Logger } from '../log.ts';

/** Characters of a text that a log line keeps; the whole is in the thread. */
const MAX_TEXT = 500;

/** One line an event, named by its type. Deltas are too many to be worth a line each but for a trace. */
export function logEvent(log: Pick<Logger, 'trace' | 'info'>, { type, ...fields }: HostEvent): void {
  if (type === 'model.delta') {
    log.trace(fields, type);
  } else {
    log.info(withShortTexts(fields), type);
  }
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
