import { isIP } from 'node:net';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { ResolvedAddress } from './connection.ts';
import { connect } from './connection.ts';
import { startDeadline, unlessAborted } from './deadline.ts';
import type { Credentials } from './http-credentials.ts';
import type { Exchange, HttpReply, Method, Reads, Redirect } from './http-exchange.ts';
import { exchangeOver, MAX_HEADER_BYTES } from './http-exchange.ts';
import type { Headers } from './http-headers.ts';
import { excerpt } from './text.ts';
import type { UrlPolicy } from './url-policy.ts';

const SEE_OTHER = 303;
/** The redirects that ask for the same method and body again. */
const REPEATING_REDIRECTS: ReadonlySet<number> = new Set([307, 308]);

/** All addresses of a name; rejects as `dns.lookup` does. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export interface HttpClientOptions {
  readonly policy: UrlPolicy;
  readonly credentials: Credentials;
  readonly resolve: Resolve;
  readonly userAgent: string;
  /** For the whole exchange, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
}

export interface HttpRequest {
  readonly method: Method;
  readonly url: string;
  /** Checked, with names in lower case. */
  readonly headers: Headers;
  /** Null where there is none. */
  readonly body: string | null;
  readonly reads: Reads;
}

export interface HttpClient {
  /** The final answer after redirects. What policy or network refuse is a failure, not an exception. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply | Failure>;
}

/**
 * A client for URLs that a program chose. Every hop is checked anew: the URL by the policy, every
 * address that its name has, and the peer that answered. It uses no agent, so no proxy from the
 * environment, no connection of another run and no cookie or header of an earlier hop plays in.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return {
    send: (request, signal) => withinTime(options, signal, (inner) => follow(options, request, inner)),
  };
}

async function withinTime(
  options: HttpClientOptions,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<HttpReply | Failure>,
): Promise<HttpReply | Failure> {
  const deadline = startDeadline(signal, options.timeoutMs);
  try {
    return await work(deadline.signal);
  } catch (error) {
    if (!isNetworkError(error)) throw error;
    if (deadline.expired()) return fail('EREMOTE', `no complete answer within ${options.timeoutMs} ms`);
    return deadline.signal.aborted ? fail('EREMOTE', 'the request was stopped') : networkFailure(error);
  } finally {
    deadline.clear();
  }
}

type Hop = Pick<Exchange, 'target' | 'method' | 'headers' | 'credentials' | 'body'>;

async function follow(
  options: HttpClientOptions,
  { url, reads, ...rest }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpReply | Failure> {
  const { policy, credentials, userAgent, maxBytes } = options;
  const target = policy.check(url);
  if ('ok' in target) return target;
  let hop: Hop = { target, credentials: credentials.headersFor(target), ...rest };
  for (let count = 0; count <= options.maxRedirects; count += 1) {
    const outcome = await exchange(options, { ...hop, reads, userAgent, maxBytes, signal });
    if (!('location' in outcome)) return outcome;
    const next = nextHop(policy, hop, outcome);
    if ('ok' in next) return next;
    hop = next;
  }
  return fail('EREMOTE', `more than ${options.maxRedirects} redirects from ${excerpt(url)}`);
}

/** Where a redirect leads. What the program or the host wrote for one origin is not shown to another. */
function nextHop(policy: UrlPolicy, hop: Hop, { location, status }: Redirect): Hop | Failure {
  const { target, method } = hop;
  const becomesGet = status === SEE_OTHER || (method === 'POST' && !REPEATING_REDIRECTS.has(status));
  const isSafe = method === 'GET' || method === 'HEAD';
  if (!isSafe && !becomesGet) {
    return fail('EREMOTE', `${target.host} redirects a ${method} with ${status}; it is not sent twice`);
  }
  const next = policy.check(location, target.url);
  if ('ok' in next) {
    return fail(next.status, `${target.host} redirects to where it may not: ${next.message}`);
  }
  const { 'content-type': _, ...headers } = hop.headers;
  const stays = next.url.origin === target.url.origin;
  return {
    target: next,
    method: method === 'HEAD' ? 'HEAD' : 'GET',
    headers: stays ? headers : {},
    credentials: stays ? hop.credentials : {},
    body: null,
  };
}

async function exchange(
  options: HttpClientOptions,
  planned: Exchange,
): Promise<HttpReply | Redirect | Failure> {
  const { target, signal } = planned;
  signal.throwIfAborted();
  const addresses = await unlessAborted(resolveHost(options, target.host), signal);
  const refusal = options.policy.refuseAddresses(
    target,
    addresses.map(({ address }) => address),
  );
  if (refusal) return refusal;
  const socket = await connect(target, addresses, signal);
  if ('ok' in socket) return socket;
  try {
    return await exchangeOver(socket, planned);
  } finally {
    socket.destroy();
  }
}

async function resolveHost(options: HttpClientOptions, host: string): Promise<readonly ResolvedAddress[]> {
  const family = isIP(host);
  return family === 0 ? options.resolve(host) : [{ address: host, family }];
}

/** An error of the network or of an aborted wait, as against a mistake in this code (a TypeError). */
function isNetworkError(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof TypeError) return false;
  return error.name === 'AbortError' || typeof codeOf(error) === 'string';
}

function networkFailure(error: Error): Failure {
  const code = codeOf(error);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return fail('EBOUND', `the answer's headers are larger than ${MAX_HEADER_BYTES} bytes`);
  }
  return fail('EREMOTE', `the connection failed: ${String(code)}`);
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
