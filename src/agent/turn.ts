import type { Account } from '../budget/port.ts';
import type { SessionContext } from '../capabilities/capability.ts';
import type { Catalog, ProgramRunner } from '../catalog/port.ts';
import type { Model, ToolDefinition } from '../model/model.ts';
import { Clearance } from './clearance.ts';
import type { CompactionReason } from './events.ts';
import type { Guard } from './guard.ts';
import { LastRun } from './last-run.ts';
import type { Reference } from './look-up.ts';
import type { TurnRequest } from './port.ts';
import { Speech } from './speech.ts';
import type { Summariser } from './summariser.ts';
import { Transcript } from './transcript.ts';
import { createTurnCatalog } from './turn-catalog.ts';
import { TurnClock } from './turn-clock.ts';

export interface AgentLimits {
  /** Model calls in a turn, those that mend a program not counted. */
  readonly maxSteps: number;
  /** How often a program that does not compile may be mended in one step. */
  readonly maxRetries: number;
  /** Tool calls in a row that may fail. */
  readonly maxFailures: number;
  /** Wall clock of a turn, in milliseconds. */
  readonly turnMs: number;
  /** Tokens of one reply. */
  readonly maxTokens: number;
  /** Tokens of the history, from which on it is made shorter. */
  readonly historyTokens: number;
  /** Fuel of one run, where no budget leaves it less. */
  readonly runFuel: number;
}

/** What all turns share. */
/** What whoever runs an installation sets its model by, named where the model will not have it. */
export interface ModelSettings {
  readonly access: string;
  readonly name: string;
}

export interface AgentSettings {
  openModel(account: Account): Model;
  readonly guard: Guard;
  readonly modelSettings: ModelSettings;
  readonly summariser: Summariser;
  readonly runner: ProgramRunner<SessionContext>;
  readonly catalog: Catalog;
  /** Capabilities that a program of the model gets beside `core`. */
  readonly grants: readonly string[];
  readonly limits: AgentLimits;
  readonly system: string;
  readonly tools: readonly ToolDefinition[];
  readonly reference: Reference;
  newId(): string;
  now(): number;
}

/** One turn at work. */
export interface Turn {
  readonly settings: AgentSettings;
  readonly request: TurnRequest;
  readonly model: Model;
  readonly clearance: Clearance;
  readonly transcript: Transcript;
  /** What the model says, on its way to the events. */
  readonly speech: Speech;
  /** What can be used by name in this turn: the installation's programs, then those of the workspace. */
  readonly catalog: Catalog;
  readonly lastRun: LastRun;
  /** Titles of the programs that were run, as people saw them. */
  readonly ran: string[];
  readonly clock: TurnClock;
  /** What the person is told beside the answer. */
  readonly remarks: string[];
  /** What the history was made shorter for in this turn. */
  readonly compactions: Set<CompactionReason>;
}

/** The caller stops the clock when the turn is over. */
export function beginTurn(settings: AgentSettings, given: TurnRequest): Turn {
  const clock = new TurnClock({ limitMs: settings.limits.turnMs, now: settings.now });
  const request = { ...given, signal: AbortSignal.any([given.signal, clock.late]) };
  return Object.freeze({
    settings,
    request,
    model: settings.openModel(request.context.account),
    clearance: new Clearance(settings.guard, request),
    transcript: new Transcript(request.history),
    speech: new Speech((event) => request.emit(event), settings.guard.enabled),
    catalog: createTurnCatalog(settings.catalog, request.shelf?.programs ?? [], settings.grants),
    lastRun: new LastRun(request.lastRun ?? null),
    ran: [],
    clock,
    remarks: [],
    compactions: new Set<CompactionReason>(),
  });
}
