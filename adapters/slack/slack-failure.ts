import { webApi } from '@slack/bolt';
import { WattleError } from '../../src/errors.ts';

/**
 * Why a call of the Web API gave no result. `refused`: Slack said so, nothing was done.
 * `limited`: the rate limit lasted longer than we wait. `lost`: no usable answer, so it may have been done.
 */
export type CallFailure = {
  /** Slack's own error code, or what stands in its place. */
  readonly code: string;
  /** For people. */
  readonly message: string;
} & ({ readonly kind: 'refused' | 'lost' } | { readonly kind: 'limited'; readonly retryAfterMs: number });

export type CallResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: CallFailure };

/** After these Slack may have done the work all the same, as its documentation says. */
const UNCERTAIN_CODES = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];

const REMEDIES: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the bot to the channel',
  channel_not_found: 'the channel does not exist, or the bot is not in it',
  is_archived: 'the channel is archived',
  restricted_action: "the workspace's settings forbid it",
  not_authed: 'the token is missing',
  invalid_auth: 'the token is not valid; copy it again from the settings of the app',
  token_revoked: 'the token was revoked; install the app again',
  account_inactive: 'the app was removed from the workspace; install it again',
  not_allowed_token_type: 'this is a token of another kind',
};

/** Sorts what a `WebClient` throws. `method` is named in the message. */
export function classifyFailure(error: unknown, method: string): CallFailure {
  if (error instanceof webApi.WebAPIPlatformError) return platformFailure(error, method);
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const message = `Slack limits the rate of ${method} for ${error.retryAfter} s`;
    return { kind: 'limited', code: 'ratelimited', message, retryAfterMs: error.retryAfter * 1_000 };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const kind = error.statusCode < 500 && error.statusCode !== 408 ? 'refused' : 'lost';
    const code = `http_${error.statusCode}`;
    return { kind, code, message: `Slack answered ${method} with HTTP ${error.statusCode}` };
  }
  return {
    kind: 'lost',
    code: 'no_answer',
    message: `no answer from Slack to ${method}: ${reasonOf(error)}`,
  };
}

function platformFailure(error: webApi.WebAPIPlatformError, method: string): CallFailure {
  const code = error.data.error;
  // The client takes a body that is no JSON, such as a proxy's page, for an error code.
  if (!/^[a-z][a-z0-9_]*$/.test(code)) {
    return { kind: 'lost', code: 'not_json', message: `the answer to ${method} is not Slack's` };
  }
  const kind = UNCERTAIN_CODES.includes(code) ? 'lost' : 'refused';
  const remedy = code === 'missing_scope' ? missingScope(error.data) : REMEDIES[code];
  const message = `Slack refused ${method}: ${code}${remedy ? ` (${remedy})` : ''}`;
  return { kind, code, message };
}

function missingScope(data: object): string {
  const needed = 'needed' in data && typeof data.needed === 'string' ? data.needed : 'another';
  return `add the scope ${needed} to the app and install it again`;
}

/** The innermost cause says more than fetch's own "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message || error.name;
}

/** The error with which `start` rejects. `setting` is the variable that holds the token in question. */
export function startError(failure: CallFailure, setting: string): WattleError {
  const refused = failure.kind === 'refused' && !failure.code.startsWith('http_');
  return refused
    ? new WattleError('PLATFORM_REFUSED', `${failure.message}; check ${setting}`)
    : new WattleError('PLATFORM_UNREACHABLE', `${failure.message}; check the network and SLACK_API_URL`);
}
