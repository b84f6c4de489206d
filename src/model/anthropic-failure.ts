import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  ContentTooLargeError,
  GatewayTimeoutError,
  InternalServerError,
  OverloadedError,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
  RequestTimeoutError,
  ServiceUnavailableError,
} from '@anthropic-ai/sdk';
import type { ModelFailureCode, ModelOutcome } from './model.ts';

/** Codes of a limit in money. They come as 429 or 402, and asking again does not help. */
export const SPEND_LIMIT_CODES: ReadonlySet<string> = new Set([
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
]);

type ErrorClass = abstract new (...args: never[]) => Error;

/** The more special class comes first. */
const BY_CLASS: readonly (readonly [ErrorClass, ModelFailureCode])[] = [
  [APIUserAbortError, 'cancelled'],
  [APIConnectionTimeoutError, 'timeout'],
  [APIConnectionError, 'connection'],
  [AuthenticationError, 'auth'],
  [PermissionDeniedError, 'auth'],
  [PaymentRequiredError, 'spend-limit'],
  [ContentTooLargeError, 'context-too-long'],
  [RequestTimeoutError, 'timeout'],
  [GatewayTimeoutError, 'timeout'],
  [RateLimitError, 'rate-limited'],
  [OverloadedError, 'overloaded'],
  [ServiceUnavailableError, 'overloaded'],
  [InternalServerError, 'server-error'],
];

/** An error inside a stream has no status, so that only its type tells what it is. */
const BY_TYPE: Readonly<Record<string, ModelFailureCode>> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'spend-limit',
  rate_limit_error: 'rate-limited',
  overloaded_error: 'overloaded',
  timeout_error: 'timeout',
  api_error: 'server-error',
  invalid_request_error: 'invalid-request',
  not_found_error: 'invalid-request',
};

export type ModelFailure = Extract<ModelOutcome, { readonly ok: false }>;

/** What an error of the SDK, or of the connection below it, means. */
export function toFailure(error: unknown): ModelFailure {
  if (error instanceof APIError) return { ok: false, code: codeOf(error), message: describe(error) };
  const message = error instanceof Error ? error.message : String(error);
  if (isBrokenConnection(error)) return { ok: false, code: 'connection', message };
  return { ok: false, code: 'server-error', message: `The reply could not be read: ${message}` };
}

/** `fetch` reports a socket that broke while the body was read as a TypeError with the cause in it. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error;
}

function codeOf(error: APIError): ModelFailureCode {
  if (error.errorCode !== null && SPEND_LIMIT_CODES.has(error.errorCode)) return 'spend-limit';
  if (isTooLong(error)) return 'context-too-long';
  const known = BY_CLASS.find(([type]) => error instanceof type);
  if (known !== undefined) return known[1];
  return BY_TYPE[error.type ?? ''] ?? (error.status === undefined ? 'unknown' : 'invalid-request');
}

/** The one cause that the API gives no code of its own: a plain 400 that says so in its text. */
function isTooLong(error: APIError): boolean {
  const isRequestError = error.type === 'invalid_request_error' && error.errorCode === null;
  return isRequestError && /prompt is too long|context (window|limit|length)/i.test(error.apiMessage ?? '');
}

function describe(error: APIError): string {
  const text = error.apiMessage ?? error.message;
  const parts = [error.status, error.errorCode ?? error.type].filter(
    (part) => part !== undefined && part !== null,
  );
  return parts.length === 0 ? text : `${text} (${parts.join(', ')})`;
}
