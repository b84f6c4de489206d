import { WattleError } from '../errors.ts';
import type { Headers } from './http-headers.ts';
import { isHeader, isOfTheClient } from './http-headers.ts';
import { excerpt } from './text.ts';
import type { Target } from './url-policy.ts';

/** Headers that go to one host with every request. */
export interface Credential {
  /** A name or address, with a port where it is not the scheme's own; no wildcards. */
  readonly host: string;
  readonly headers: Headers;
}

export interface Credentials {
  /** The headers of a target's host: over TLS, or to this machine. */
  headersFor(target: Target): Headers;
}

/** Shorter texts turn up by chance. */
const SECRET_LENGTH = 8;

/** Throws CONFIG_INVALID for what is no host or no header. Values are never in a message. */
export function createCredentials(entries: readonly Credential[]): Credentials {
  const byHost = new Map(entries.map((entry) => [checkedHost(entry.host), checkedHeaders(entry)]));
  return {
    headersFor({ url, secure, local }) {
      return (secure || local ? byHost.get(url.host) : undefined) ?? {};
    },
  };
}

/** Whether a text from a server holds a credential that it was sent, whole or without its scheme. */
export function holdsSecret(text: string | Uint8Array, credentials: Headers): boolean {
  const searched = typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.length);
  return Object.values(credentials)
    .flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)])
    .some((secret) => secret.length >= SECRET_LENGTH && searched.includes(secret));
}

function checkedHost(text: string): string {
  const url = /^[^\s/@?#\\*]+$/.test(text) ? URL.parse(`https://${text}/`) : null;
  if (url) return url.host;
  throw new WattleError(
    'CONFIG_INVALID',
    `HTTP_CREDENTIALS: expected a host such as api.example.com or localhost:8080, got ${excerpt(text)}`,
  );
}

function checkedHeaders({ host, headers }: Credential): Headers {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  for (const [name, value] of entries) {
    if (isHeader(name, value) && value !== '' && !isOfTheClient(name)) continue;
    throw new WattleError(
      'CONFIG_INVALID',
      `HTTP_CREDENTIALS: expected a header that may be set and a value of printable ASCII for ${host}, got ${excerpt(name)}`,
    );
  }
  return Object.freeze(Object.fromEntries(entries));
}
