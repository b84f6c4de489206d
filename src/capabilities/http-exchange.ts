import type { IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { readBody } from './http-body.ts';
import { holdsSecret } from './http-credentials.ts';
import type { Headers } from './http-headers.ts';
import { shownHeaders } from './http-headers.ts';
import type { Target } from './url-policy.ts';

export const MAX_HEADER_BYTES = 16 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const FIRST_ERROR_STATUS = 400;

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** Which bodies are read: none, those below status 400, or all. */
export type Reads = 'nothing' | 'success' | 'everything';

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Headers;
  /** Empty where it was not to be read. */
  readonly body: Uint8Array;
}

export interface Redirect {
  readonly location: string;
  readonly status: number;
}

/** One request to one target, all of it decided. */
export interface Exchange {
  readonly target: Target;
  readonly method: Method;
  /** The program's; their names are in lower case. */
  readonly headers: Headers;
  readonly credentials: Headers;
  /** Null where there is none. */
  readonly body: string | null;
  readonly reads: Reads;
  readonly userAgent: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Sends a request over a socket and reads the answer. Rejects with the network's error. */
export async function exchangeOver(
  socket: Socket,
  exchange: Exchange,
): Promise<HttpReply | Redirect | Failure> {
  return readAnswer(exchange, await send(socket, exchange));
}

function send(socket: Socket, exchange: Exchange): Promise<IncomingMessage> {
  const { target, method, body, signal } = exchange;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = startRequest({
    createConnection: () => socket,
    method,
    path: `${target.url.pathname}${target.url.search}`,
    headers: headersOf(exchange),
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
  });
  request.once('response', resolve);
  request.on('error', reject);
  request.once('close', () => reject(new ConnectionClosed()));
  request.end(body ?? undefined);
  return promise;
}

function headersOf({ target, headers, credentials, body, userAgent }: Exchange): Headers {
  return {
    accept: '*/*',
    ...headers,
    ...credentials,
    host: target.url.host,
    'user-agent': userAgent,
    // Not compressed, so that the bytes counted are the bytes there are.
    'accept-encoding': 'identity',
    connection: 'close',
    ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
}

async function readAnswer(
  exchange: Exchange,
  response: IncomingMessage,
): Promise<HttpReply | Redirect | Failure> {
  const { target, reads, credentials } = exchange;
  const status = response.statusCode ?? 0;
  const { location, 'content-type': contentType = '' } = response.headers;
  if (location !== undefined && REDIRECTS.has(status)) return { location, status };
  const isWanted = reads === 'everything' || (reads === 'success' && status < FIRST_ERROR_STATUS);
  const body = isWanted ? await readPlainBody(exchange, response) : new Uint8Array();
  if (!(body instanceof Uint8Array)) return body;
  const headers = shownHeaders(response.headers);
  if (holdsSecret(Object.values(headers).join('\n'), credentials) || holdsSecret(body, credentials)) {
    return fail(
      'EACCESS',
      `${target.host} sends back the credential that it was sent; its answer is withheld`,
    );
  }
  return { status, contentType, headers, body };
}

async function readPlainBody(
  { target, maxBytes }: Exchange,
  response: IncomingMessage,
): Promise<Uint8Array | Failure> {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return fail('ETRFM', `${target.host} compressed its answer (${encoding}) though asked not to`);
  }
  return readBody(response, maxBytes);
}

/** The server hung up, or switched to another protocol, before it answered. */
class ConnectionClosed extends Error {
  readonly code = 'ECONNRESET';
}
