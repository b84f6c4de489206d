import { budgetText } from '../budget/budget-text.ts';
import { WattleError } from '../errors.ts';
import type { ModelFailureCode, ModelMessage, ModelOutcome } from '../model/model.ts';
import type { TurnCause } from './events.ts';
import { safetyMessage } from './safety-messages.ts';
import { withheldHistory } from './transcript.ts';
import type { Turn } from './turn.ts';
import type { Verdict } from './verdict.ts';

/** How a turn ended and what it leaves behind. */
export interface Ending {
  readonly cause: TurnCause;
  readonly answer: string;
  /** For the log; null where nothing went wrong. */
  readonly error: string | null;
  readonly history: readonly ModelMessage[];
}

/** `{access}` and `{name}` stand for the settings of the model. */
const MODEL_FAILED: Readonly<Record<ModelFailureCode, string>> = {
  cancelled: 'The model call was cancelled before it gave an answer.',
  auth: 'The model does not let this installation in. Whoever runs it should check `{access}`.',
  'rate-limited': 'The model takes no more requests just now (rate limit). Please try again in a minute.',
  overloaded: 'The model is overloaded just now. Please try again in a few minutes.',
  'spend-limit':
    'The spending limit of this installation is reached, so the model answers no more. Whoever runs it can raise the limit.',
  'context-too-long':
    'This conversation has grown too long for the model. Please start a new thread, or send less text at once.',
  'invalid-request':
    'The model did not accept the request. Whoever runs this installation finds the reason in the log, and may have to check `{name}`.',
  timeout: 'The model took too long to answer. Please try again.',
  connection: 'The connection to the model could not be made, or it broke. Please try again in a moment.',
  'server-error': 'The model had an error of its own. Please try again in a moment.',
  budget: 'A budget of this installation leaves no room for that just now.',
  unknown:
    'The model failed in a way that I do not know. Please try again; if it goes on, tell whoever runs this installation.',
};

/** Programs of a turn that the history names where it tells no more of them. */
const MOST_TOLD = 20;

const SHUT_DOWN =
  'I am being restarted and could not finish this. Please ask again in a minute; what was said before is kept.';

export function answered(turn: Turn, answer: string): Ending {
  return { cause: 'answered', answer, error: null, history: turn.transcript.close(answer) };
}

/** The turn was ended from outside. What was not cleared until then stays out of the history. */
export function stopped(turn: Turn): Ending {
  const reason: unknown = turn.request.signal.reason;
  const code = reason instanceof WattleError ? reason.code : null;
  if (code === 'TOO_LATE') return timeLimit(turn);
  const answer = code === 'STOPPED' ? SHUT_DOWN : 'Stopped.';
  return { cause: 'stopped', answer, error: null, history: closeSafely(turn, answer) };
}

function timeLimit(turn: Turn): Ending {
  const seconds = Math.ceil(turn.settings.limits.turnMs / 1_000);
  const answer = `I did not get to an answer within the ${seconds} s that a request may take, so I stopped. Ask for a smaller part of it, or ask me to go on.`;
  return { cause: 'time-limit', answer, error: null, history: closeSafely(turn, answer) };
}

export function blockedInput(turn: Turn, verdict: Verdict): Ending {
  const answer = safetyMessage(verdict, 'pre');
  const history = withheldHistory(turn.request.history, answer);
  return { cause: 'blocked-input', answer, error: null, history };
}

export function blockedOutput(turn: Turn, verdict: Verdict): Ending {
  const answer = safetyMessage(verdict, 'post');
  return { cause: 'blocked-output', answer, error: null, history: turn.transcript.close(answer) };
}

/**
 * The model itself declined. The message stays out of the history, where it would be declined again, but what was done
 * for it does not: it is not to be done twice.
 */
export function declined(turn: Turn): Ending {
  const answer =
    'The model declined to work on this request. Put it in another way, or leave out what may have caused it.';
  const { ran, request } = turn;
  const note =
    ran.length === 0 ? '' : `[These programs were run for it: ${ran.slice(-MOST_TOLD).join('; ')}]`;
  const history = withheldHistory(request.history, answer, note);
  return { cause: 'refused', answer, error: 'stop reason refusal', history };
}

type ModelFailure = Extract<ModelOutcome, { readonly ok: false }>;

export function modelFailed(turn: Turn, failure: ModelFailure): Ending {
  const { code, message } = failure;
  if (code === 'budget') return outOfBudget(turn);
  const answer = failureText(turn, failure);
  return {
    cause: 'model-failed',
    answer,
    error: `${code}: ${message}`,
    history: turn.transcript.close(answer),
  };
}

function failureText({ settings }: Turn, { code, retryAfterMs }: ModelFailure): string {
  const { access, name } = settings.modelSettings;
  if (code !== 'rate-limited' || retryAfterMs === undefined)
    return MODEL_FAILED[code].replace('{access}', access).replace('{name}', name);
  const minutes = Math.ceil(retryAfterMs / 60_000);
  const when = minutes > 1 ? `${minutes} minutes` : 'a minute';
  return `The model takes no more requests just now (rate limit). Please try again in ${when}.`;
}

/** A budget left no room for a model call that the turn cannot do without. */
export function outOfBudget(turn: Turn): Ending {
  const { refusal } = turn.request.context.account;
  const answer = refusal === null ? MODEL_FAILED.budget : budgetText(refusal);
  return { cause: 'budget', answer, error: null, history: closeSafely(turn, answer) };
}

export function emptyReply(turn: Turn, reason: string): Ending {
  const answer = 'The model gave an empty answer. Please try again, or put it in another way.';
  const error = `empty reply, stop reason ${reason}`;
  return { cause: 'model-failed', answer, error, history: turn.transcript.close(answer) };
}

/** The model went on with tools in what was its last step. */
export function stepLimit(turn: Turn, reason: string, isRejected: boolean): Ending {
  const why = isRejected ? ', and the program that I wrote for it never compiled' : '';
  const answer = `I did not get to an answer: ${reason}${why}. Ask for a smaller part of it, or ask me to go on.`;
  return { cause: 'step-limit', answer, error: null, history: turn.transcript.close(answer) };
}

export function internalError(turn: Turn, error: unknown): Ending {
  const answer =
    'Something went wrong inside Wattle, and this request was not finished. The details are in the log.';
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { cause: 'internal-error', answer, error: message, history: closeSafely(turn, answer) };
}

function closeSafely(turn: Turn, answer: string): readonly ModelMessage[] {
  if (!turn.clearance.granted) return withheldHistory(turn.request.history, answer);
  return turn.transcript.close(answer);
}
