import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';
import { WattleError } from '../../src/errors.ts';

const PORTAL = 'https://discord.com/developers/applications';

/** What kept the bot from logging in, and what to do about it. `closeCode` is the gateway's, if it closed. */
export function toStartError(error: unknown, closeCode: number | null, apiUrl: string): WattleError {
  if (error instanceof WattleError) return error;
  const refusal = refusalOf(error, closeCode);
  if (refusal !== null) return new WattleError('PLATFORM_REFUSED', refusal, { cause: error });
  const reason = reasonOf(error);
  return new WattleError('PLATFORM_UNREACHABLE', `Discord could not be reached at ${apiUrl}: ${reason}`, {
    cause: error,
  });
}

function refusalOf(error: unknown, closeCode: number | null): string | null {
  const isBadToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (isBadToken || closeCode === GatewayCloseCodes.AuthenticationFailed) {
    return `Discord does not know this bot token. Expected the token from the page Bot of your application at ${PORTAL}; "Reset Token" there makes a new one. Set it as DISCORD_TOKEN.`;
  }
  if (closeCode === GatewayCloseCodes.DisallowedIntents) {
    return `Discord does not allow this bot the intents that it asks for. Look at "Privileged Gateway Intents" on the page Bot of your application at ${PORTAL}; Wattle needs none of them.`;
  }
  if (closeCode !== null) return `Discord closed the connection for good with code ${closeCode}.`;
  if (error instanceof DiscordAPIError) return `Discord refused the login: ${error.message} (${error.code}).`;
  return null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'TimeoutError' ? 'the login took too long' : error.message || error.name;
}
