import type { Account } from '../budget/port.ts';
import type { SessionContext } from '../capabilities/capability.ts';
import type { Catalog, ProgramRunner } from '../catalog/port.ts';
import type { Model, ToolDefinition } from '../model/model.ts';
import { Clearance } from './clearance.ts';
import type { Guard } from './guard.ts';
import { LastRun } from './last-run.ts';
import type { Reference } from './look-up.ts';
import type { TurnRequest } from './port.ts';
import { Transcript } from './transcript.ts';
import { createTurnCatalog } from './turn-catalog.ts';

export interface AgentLimits {
  /** Model calls in a turn, those that mend a program not counted. */
  readonly maxSteps: number;
  /** How often a program that does not compile may be mended in one step. */
  readonly maxRetries: number;
  /** Tokens of one reply. */
  readonly maxTokens: number;
}

/** What all turns share. */
export interface AgentSettings {
  openModel(account: Account): Model;
  readonly guard: Guard;
  readonly runner: ProgramRunner<SessionContext>;
  readonly catalog: Catalog;
  /** Capabilities that a program of the model gets beside `core`. */
  readonly grants: readonly string[];
  readonly limits: AgentLimits;
  readonly system: string;
  readonly tools: readonly ToolDefinition[];
  readonly reference: Reference;
  newId(): string;
}

/** One turn at work. */
export interface Turn {
  readonly settings: AgentSettings;
  readonly request: TurnRequest;
  readonly model: Model;
  readonly clearance: Clearance;
  readonly transcript: Transcript;
  /** What can be used by name in this turn: the installation's programs, then those of the workspace. */
  readonly catalog: Catalog;
  readonly lastRun: LastRun;
}

export function beginTurn(settings: AgentSettings, request: TurnRequest): Turn {
  return Object.freeze({
    settings,
    request,
    model: settings.openModel(request.account),
    clearance: new Clearance(settings.guard, request),
    transcript: new Transcript(request.history),
    catalog: createTurnCatalog(settings.catalog, request.shelf?.programs ?? [], settings.grants),
    lastRun: new LastRun(request.lastRun ?? null),
  });
}
