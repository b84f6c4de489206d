import type { SessionContext } from '../capabilities/capability.ts';
import type { ModelMessage } from '../model/model.ts';
import type { TurnCause, TurnEvent } from './events.ts';

export interface TurnRequest {
  readonly turnId: string;
  /** What the person wrote. */
  readonly text: string;
  /** The session's earlier messages, oldest first. */
  readonly history: readonly ModelMessage[];
  /** What the session lends to the programs of this turn. */
  readonly context: SessionContext;
  /** Aborting ends the turn as `stopped`. */
  readonly signal: AbortSignal;
  /** Told of everything in order. Must not throw. */
  emit(event: TurnEvent): void;
}

export interface TurnResult {
  readonly cause: TurnCause;
  /** Markdown for the person; never empty. */
  readonly answer: string;
  /** The whole history with this turn in it, valid for the model's next call. */
  readonly history: readonly ModelMessage[];
}

/** Works one message. Never rejects: what goes wrong is a cause and a clear answer. */
export interface Agent {
  turn(request: TurnRequest): Promise<TurnResult>;
}
