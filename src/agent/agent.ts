import type { Account } from '../budget/port.ts';
import type { SessionContext } from '../capabilities/capability.ts';
import type { Catalog, ProgramRunner } from '../catalog/port.ts';
import type { Model } from '../model/model.ts';
import { isDirectUse, runDirectUse } from './direct-use.ts';
import { type Ending, internalError, stopped } from './ending.ts';
import type { Guard } from './guard.ts';
import { runLoop } from './loop.ts';
import { checkMessage } from './message-check.ts';
import type { Agent, TurnRequest, TurnResult } from './port.ts';
import type { Prompt } from './prompt.ts';
import { runShelfCommand } from './run-shelf-command.ts';
import { isShelfCommand } from './shelf-command.ts';
import { createSummariser } from './summariser.ts';
import { type AgentLimits, type AgentSettings, beginTurn, type ModelSettings, type Turn } from './turn.ts';

export interface AgentOptions {
  /** The model of one turn, which may remember in it what it chose. */
  readonly openModel: (account: Account) => Model;
  readonly modelSettings: ModelSettings;
  readonly guard: Guard;
  /** A small model that makes long histories and results short; null where none is configured. */
  readonly summaryModel: Model | null;
  /** Milliseconds for one summary. Default 30,000. */
  readonly summaryMs?: number;
  readonly runner: ProgramRunner<SessionContext>;
  readonly catalog: Catalog;
  /** Names of what programs of the model are granted. */
  readonly capabilities: readonly string[];
  /** What the model is given with every request. */
  readonly prompt: Prompt;
  readonly limits: AgentLimits;
  readonly newId: () => string;
  /** Milliseconds of any clock that does not go back. */
  readonly now: () => number;
}

/** Works messages with a model that writes programs, or without one where a person calls a program by name. */
export function createAgent(options: AgentOptions): Agent {
  const settings = createSettings(options);
  return Object.freeze({
    async turn(request: TurnRequest): Promise<TurnResult> {
      const startedAt = options.now();
      request.emit({ type: 'turn.started', text: request.text });
      const { cause, answer, error, history, lastRun } = await work(settings, request);
      request.emit({ type: 'answer', text: answer });
      const durationMs = options.now() - startedAt;
      request.emit({ type: 'turn.finished', cause, durationMs, error, spent: request.context.account.spent });
      return { cause, answer, history, lastRun };
    },
  });
}

function createSettings(options: AgentOptions): AgentSettings {
  const { openModel, modelSettings, guard, runner, catalog, prompt, limits, newId, now, summaryMs } = options;
  const { system, tools, reference } = prompt;
  const grants = options.capabilities.filter((name) => name !== 'core');
  return Object.freeze({
    openModel,
    modelSettings,
    guard,
    summariser: createSummariser({
      model: options.summaryModel,
      ...(summaryMs === undefined ? {} : { timeoutMs: summaryMs }),
    }),
    runner,
    catalog,
    grants,
    limits,
    system,
    tools,
    reference,
    newId,
    now,
  });
}

async function work(
  settings: AgentSettings,
  request: TurnRequest,
): Promise<Ending & Pick<TurnResult, 'lastRun'>> {
  const before = request.lastRun ?? null;
  const early = checkMessage(request);
  if (early !== null) return { ...early, lastRun: before };
  const turn = beginTurn(settings, request);
  const ending = withRemarks(request.signal.aborted ? stopped(turn) : await workTurn(turn), turn.remarks);
  turn.clock.stop();
  turn.speech.discard();
  // What led to an answer that nobody may see is not for keeping either.
  return { ...ending, lastRun: ending.cause === 'blocked-output' ? before : turn.lastRun.value };
}

/** What people were refused meanwhile is told also where there is no answer to tell it in. */
function withRemarks(ending: Ending, remarks: readonly string[]): Ending {
  const isTold = ending.cause === 'answered' || ending.cause === 'stopped';
  return isTold ? ending : { ...ending, answer: [ending.answer, ...remarks].join('\n\n') };
}

async function workTurn(turn: Turn): Promise<Ending> {
  const { text } = turn.request;
  try {
    if (isDirectUse(text)) return await runDirectUse(turn);
    return await (isShelfCommand(text) ? runShelfCommand(turn) : runLoop(turn));
  } catch (error) {
    // The edge of a turn: whatever broke, the person gets an answer and the operator the reason.
    return internalError(turn, error);
  }
}
