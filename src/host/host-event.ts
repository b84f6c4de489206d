import type { EVENT_VERSION, TurnEvent } from '../agent/events.ts';

/** Which turn an event belongs to, and when it happened. */
export interface EventOrigin {
  readonly version: typeof EVENT_VERSION;
  /** Unix milliseconds. */
  readonly at: number;
  readonly turnId: string;
  /** The key of the thread. */
  readonly thread: string;
  /** The platform's id of the message that the turn works. */
  readonly messageId: string;
}

/** An event of a turn as logs, `ask --json` and tests see it: one flat object. */
export type HostEvent = EventOrigin & TurnEvent;
