import type { SessionContext } from '../capabilities/capability.ts';
import type { KeptRun, SavedProgram } from '../catalog/port.ts';
import type { ModelMessage } from '../model/model.ts';
import type { TurnCause, TurnEvent } from './events.ts';

export interface TurnRequest {
  readonly turnId: string;
  /** What the person wrote. */
  readonly text: string;
  /** The session's earlier messages, oldest first. */
  readonly history: readonly ModelMessage[];
  /** What the session lends to the programs of this turn; all of the turn is paid from its account. */
  readonly context: SessionContext;
  /** What people say while the turn is at work. Without it nobody does. */
  readonly steering?: Steering;
  /** The programs that people of the workspace saved. Without it there are none, and none can be saved. */
  readonly shelf?: Shelf;
  /** What the thread's newest program that worked left behind; null or left out where there was none. */
  readonly lastRun?: KeptRun | null;
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
  /** For the thread's next turn. */
  readonly lastRun: KeptRun | null;
}

/** What people said since a turn began, for its next step. What is not taken until the end is for another turn. */
export interface Steering {
  /** What came since it was last asked, oldest first. */
  take(): readonly string[];
}

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly program: SavedProgram; readonly replaced: SavedProgram | null }
  /** There is one of that name, and it was not to be replaced. */
  | { readonly kind: 'taken'; readonly by: SavedProgram }
  | { readonly kind: 'full' };

/** The saved programs of one workspace, as the person of one turn may use and change them. */
export interface Shelf {
  /** `platform:id` of the person. */
  readonly asker: string;
  /** Whether the person may save and forget programs. */
  readonly mayChange: boolean;
  /** In order of name, as they were when the turn began. */
  readonly programs: readonly SavedProgram[];
  /** In the person's name. Rejects with STORE_FAILED, as does `forget`. */
  save(program: Omit<SavedProgram, 'savedBy' | 'savedAt'>, mayReplace: boolean): Promise<SaveOutcome>;
  /** The program that is no more, or null when there was none. */
  forget(name: string): Promise<SavedProgram | null>;
}

/** Works one message. Never rejects: what goes wrong is a cause and a clear answer. */
export interface Agent {
  turn(request: TurnRequest): Promise<TurnResult>;
}
