import type { BudgetAsk } from '../budget/budget-ask.ts';
import type { BudgetNotice, Spent } from '../budget/port.ts';
import type { HostCallRecord, Outcome } from '../engine/port.ts';
import type { StatusName } from '../engine/status.ts';
import type { StopReason, Usage } from '../model/model.ts';
import type { GuardStage, Verdict } from './verdict.ts';

/** Rises when a field of an event changes its meaning or goes away. */
export const EVENT_VERSION = 1;

/** Why a turn ended. */
export type TurnCause =
  /** A budget of this installation left no room for what it takes. */
  | 'budget'
  /** A person called, saved or forgot a program by name, and it could not be done or did not succeed; the answer says why. */
  | 'program-failed'
  | 'answered'
  | 'blocked-input'
  | 'blocked-output'
  | 'step-limit'
  | 'time-limit'
  | 'model-failed'
  /** The message was too long, or the model itself declined to work on it. */
  | 'refused'
  | 'stopped'
  | 'internal-error';

/** Why a history was made shorter: it passed its budget, or the model said that it is too long. */
export type CompactionReason = 'budget' | 'context-too-long';

/**
 * One thing that happened in a turn; a plain JSON object. The same stream drives progress, logs, `ask --json` and
 * tests. docs/events.md has what each field means.
 */
export type TurnEvent =
  | { readonly type: 'turn.started'; readonly text: string }
  | {
      readonly type: 'guard.verdict';
      readonly stage: GuardStage;
      readonly verdict: Verdict;
      /** The run that brought the text in, where the stage is `observation`. */
      readonly runId?: string;
    }
  | { readonly type: 'model.started'; readonly step: number; readonly model: string }
  /** Which of several models answers this step, and why. */
  | {
      readonly type: 'model.routed';
      readonly step: number;
      readonly model: string;
      readonly reason: string;
    }
  | { readonly type: 'model.delta'; readonly step: number; readonly text: string }
  /** What the deltas said since the step's last `model.started` does not count. */
  | { readonly type: 'model.discarded'; readonly step: number }
  | {
      readonly type: 'model.finished';
      readonly step: number;
      readonly stopReason: StopReason | 'failed';
      readonly usage: Usage | null;
      readonly error: string | null;
    }
  | { readonly type: 'program.compiled'; readonly runId: string; readonly title: string }
  | {
      readonly type: 'program.rejected';
      readonly runId: string;
      readonly title: string;
      readonly error: string;
    }
  | {
      readonly type: 'run.started';
      readonly runId: string;
      readonly title: string;
      /** `run_program` for a program that the model wrote, else the catalog program's name. */
      readonly program: string;
    }
  | {
      readonly type: 'run.host-call';
      readonly runId: string;
      readonly call: Pick<HostCallRecord, 'name' | 'status' | 'message'>;
    }
  | {
      readonly type: 'run.finished';
      readonly runId: string;
      readonly outcome: Outcome;
      readonly status: StatusName | null;
      /** The result as text, cut to what a progress line can carry. */
      readonly summary: string;
      readonly fuel: number;
      readonly memoryBytes: number;
      readonly durationMs: number;
    }
  | { readonly type: 'observation'; readonly runId: string; readonly text: string }
  | {
      readonly type: 'retry';
      readonly runId: string;
      readonly attempt: number;
      readonly maximum: number;
      readonly reason: string;
    }
  | {
      readonly type: 'program.saved';
      readonly name: string;
      readonly signature: string;
      readonly grants: readonly string[];
      /** A sha-256 of what it does. */
      readonly hash: string;
      /** `platform:id` of the person. */
      readonly by: string;
      /** The hash of the program that it took the place of. */
      readonly replaced: string | null;
    }
  | {
      readonly type: 'program.forgotten';
      readonly name: string;
      readonly hash: string;
      readonly by: string;
    }
  /** A small model is asked to make something shorter, which may take a while. */
  | {
      readonly type: 'summary.started';
      /** The run whose result it is; left out for the conversation. */
      readonly runId?: string;
    }
  | {
      readonly type: 'summary.finished';
      readonly runId?: string;
      /** Why there is no summary; null where there is. */
      readonly error: string | null;
    }
  /** The history was made shorter. */
  | {
      readonly type: 'compaction';
      readonly reason: CompactionReason;
      /** What came of the older turns; `shortened` where only results of the newest turn became shorter. */
      readonly kind: 'summarised' | 'dropped' | 'shortened';
      /** Turns that left it. */
      readonly turns: number;
      /** Tokens of the history, about. */
      readonly tokensBefore: number;
      readonly tokensAfter: number;
      /** Why there is no summary; null where there is, or nothing to summarise. */
      readonly error: string | null;
    }
  /** What a person said meanwhile, which the model reads with its next step. */
  | { readonly type: 'steered'; readonly text: string }
  /** A limit is nearly reached, or leaves no room for something; `text` says it to people. */
  | ({ readonly type: 'budget'; readonly text: string } & BudgetNotice)
  /** What somebody would have to allow for what was refused. */
  | ({ readonly type: 'budget.ask' } & BudgetAsk)
  | { readonly type: 'answer'; readonly text: string }
  | {
      readonly type: 'turn.finished';
      readonly cause: TurnCause;
      readonly durationMs: number;
      readonly error: string | null;
      readonly spent: Spent;
    };
