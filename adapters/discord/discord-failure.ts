import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** Why a request to Discord did not give what was asked for. */
export type ApiFailure = {
  /** Discord's own error code, where there is one. */
  readonly code: number | null;
  readonly message: string;
} & (
  | { readonly kind: 'refused' }
  /** The answer was lost, so it may have been done. */
  | { readonly kind: 'unknown' }
  /** The rate limit lasts longer than we wait. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
);

export type ApiAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | ({ readonly ok: false } & ApiFailure);

/** What an error of discord.js' REST client means; anything else is a bug and is thrown on. */
export function toApiFailure(error: unknown): ApiFailure {
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' ? error.code : null;
    return { kind: 'refused', code, message: `Discord refused it: ${error.message} (${error.code})` };
  }
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.retryAfter, error.sublimitTimeout);
    const message = `Discord's rate limit stands for another ${Math.ceil(retryAfterMs / 1000)} s`;
    return { kind: 'limited', code: null, message, retryAfterMs };
  }
  if (error instanceof HTTPError) {
    return { kind: 'unknown', code: null, message: `Discord answered with status ${error.status}` };
  }
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  return { kind: 'unknown', code: null, message: `no answer from Discord: ${error.message || error.name}` };
}
