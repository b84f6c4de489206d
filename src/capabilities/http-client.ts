import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import type { ResolvedAddress } from './connection.ts';
import { connect } from './connection.ts';
import { startDeadline, unlessAborted } from './deadline.ts';
import { readBody } from './http-body.ts';
import { excerpt } from './text.ts';
import type { Target, UrlPolicy } from './url-policy.ts';

const MAX_HEADER_BYTES = 16 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The redirects that ask for the same method and body again. */
const REPEATING_REDIRECTS: ReadonlySet<number> = new Set([307, 308]);
const FIRST_ERROR_STATUS = 400;

/** All addresses of a name; rejects as `dns.lookup` does. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export interface HttpClientOptions {
  readonly policy: UrlPolicy;
  readonly resolve: Resolve;
  readonly userAgent: string;
  /** For the whole exchange, redirects included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
}

export interface HttpRequest {
  readonly url: string;
  /** With a body the method is POST, else GET. */
  readonly body: { readonly text: string; readonly contentType: string } | null;
}

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  /** Empty for a status from 400 on, and where no body was asked for. */
  readonly body: Uint8Array;
}

export interface HttpClient {
  /** The final answer after redirects. What policy or network refuse is a failure, not an exception. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply | Failure>;
  /** As `send`, without reading the body. */
  probe(url: string, signal: AbortSignal): Promise<HttpReply | Failure>;
}

interface Redirect {
  readonly location: string;
  readonly status: number;
}

interface Attempt {
  readonly target: Target;
  readonly body: HttpRequest['body'];
  readonly wantsBody: boolean;
  readonly signal: AbortSignal;
}

/**
 * A client for URLs that a program chose. Every hop is checked anew: the URL by the policy, every
 * address that its name has, and the peer that answered. It uses no agent, so no proxy from the
 * environment, no connection of another run and no cookie or header of an earlier hop plays in.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return {
    send: (request, signal) => withinTime(options, signal, (inner) => follow(options, request, true, inner)),
    probe: (url, signal) =>
      withinTime(options, signal, (inner) => follow(options, { url, body: null }, false, inner)),
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

async function follow(
  options: HttpClientOptions,
  request: HttpRequest,
  wantsBody: boolean,
  signal: AbortSignal,
): Promise<HttpReply | Failure> {
  let target = options.policy.check(request.url);
  let body = request.body;
  for (let hop = 0; hop <= options.maxRedirects; hop += 1) {
    if ('ok' in target) return target;
    const outcome = await exchange(options, { target, body, wantsBody, signal });
    if (!('location' in outcome)) return outcome;
    if (body && REPEATING_REDIRECTS.has(outcome.status)) {
      return fail('EREMOTE', `${target.host} redirects a POST with ${outcome.status}; it is not sent twice`);
    }
    body = null;
    target = redirected(options.policy.check(outcome.location, target.url), target);
  }
  return fail('EREMOTE', `more than ${options.maxRedirects} redirects from ${excerpt(request.url)}`);
}

async function exchange(
  options: HttpClientOptions,
  attempt: Attempt,
): Promise<HttpReply | Redirect | Failure> {
  const { target, signal } = attempt;
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
    return await readAnswer(options, attempt, await sendOver(socket, options, attempt));
  } finally {
    socket.destroy();
  }
}

async function resolveHost(options: HttpClientOptions, host: string): Promise<readonly ResolvedAddress[]> {
  const family = isIP(host);
  return family === 0 ? options.resolve(host) : [{ address: host, family }];
}

function sendOver(socket: Socket, options: HttpClientOptions, attempt: Attempt): Promise<IncomingMessage> {
  const { url } = attempt.target;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = startRequest({
    createConnection: () => socket,
    method: attempt.body ? 'POST' : 'GET',
    path: `${url.pathname}${url.search}`,
    headers: headersOf(url, options.userAgent, attempt.body),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal: attempt.signal,
  });
  request.once('response', resolve);
  request.on('error', reject);
  request.once('close', () => reject(new ConnectionClosed()));
  request.end(attempt.body?.text);
  return promise;
}

function headersOf(url: URL, userAgent: string, body: HttpRequest['body']): OutgoingHttpHeaders {
  const headers = {
    host: url.host,
    'user-agent': userAgent,
    accept: '*/*',
    // Not compressed, so that the bytes counted are the bytes there are.
    'accept-encoding': 'identity',
    connection: 'close',
  };
  if (!body) return headers;
  return { ...headers, 'content-type': body.contentType, 'content-length': Buffer.byteLength(body.text) };
}

async function readAnswer(
  options: HttpClientOptions,
  attempt: Attempt,
  response: IncomingMessage,
): Promise<HttpReply | Redirect | Failure> {
  const status = response.statusCode ?? 0;
  const { location, 'content-type': contentType = '', 'content-encoding': encoding } = response.headers;
  if (location !== undefined && REDIRECTS.has(status)) return { location, status };
  if (!attempt.wantsBody || status >= FIRST_ERROR_STATUS) {
    return { status, contentType, body: new Uint8Array() };
  }
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return fail('ETRFM', `${attempt.target.host} compressed its answer (${encoding}) though asked not to`);
  }
  const body = await readBody(response, options.maxBytes);
  return body instanceof Uint8Array ? { status, contentType, body } : body;
}

function redirected(next: Target | Failure, from: Target): Target | Failure {
  if (!('ok' in next)) return next;
  return fail(next.status, `${from.host} redirects to where it may not: ${next.message}`);
}

/** The server hung up, or switched to another protocol, before it answered. */
class ConnectionClosed extends Error {
  readonly code = 'ECONNRESET';
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
