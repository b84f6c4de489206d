import { lookup } from 'node:dns/promises';
import { STATUS_CODES } from 'node:http';
import type { Capability, Failure, HostContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { decodeBody } from './http-body.ts';
import type { HttpClient, HttpRequest, Resolve } from './http-client.ts';
import { createHttpClient } from './http-client.ts';
import type { Credential } from './http-credentials.ts';
import { createCredentials } from './http-credentials.ts';
import type { HttpReply, Method } from './http-exchange.ts';
import { METHODS } from './http-exchange.ts';
import { readHeaders } from './http-headers.ts';
import { excerpt } from './text.ts';
import type { UrlPolicyOptions } from './url-policy.ts';
import { createUrlPolicy } from './url-policy.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 2 * 1024 * 1024;
const DEFAULT_MAX_REDIRECTS = 3;
const FIRST_ERROR_STATUS = 400;

const MAX_CONTENT_TYPE_LENGTH = 200;
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w.+-]+=(?:[\w.+-]+|"[ !#-[\]-~]*"))*$/;

export interface HttpOptions extends UrlPolicyOptions {
  readonly userAgent: string;
  /** Headers by host that no program sees; none when not given. */
  readonly credentials?: readonly Credential[];
  /** All addresses of a name; the system's resolver when not given. */
  readonly resolve?: Resolve;
  /** For one call, redirects included; 30 s when not given. */
  readonly timeoutMs?: number;
  /** The largest body of an answer; 2 MiB when not given. */
  readonly maxBytes?: number;
  /** 3 when not given. */
  readonly maxRedirects?: number;
}

interface HttpRun {
  readonly client: HttpClient;
  readonly signal: AbortSignal;
}

/** What these say, an empty body says too. */
const BODIED: ReadonlySet<Method> = new Set(['POST', 'PUT', 'PATCH']);
const BODILESS: ReadonlySet<Method> = new Set(['GET', 'HEAD']);

const looking = hostFunction<HttpRun>('fetch');
const external = hostFunction<HttpRun>('external');
const JSON_TYPE = 'application/json';
/** What a request comes to that the policy or the network refuses, and what reading its answer adds. */
const ASKING = ['EACCESS', 'EBOUND', 'EPARSE', 'EREMOTE'] as const;
const READING = [...ASKING, 'ETRFM'] as const;

const functions = {
  get: looking({
    summary: 'The body of a page. EACCESS if the host is not allowed, EREMOTE for a status from 400 on.',
    fails: READING,
    params: { url: 'string' },
    result: 'string',
    run: ({ url }, run) => fetchText(run, { ...GET, url }),
  }),
  get_json: looking({
    summary: 'The same for an API that answers JSON.',
    fails: READING,
    params: { url: 'string' },
    result: 'json',
    run: ({ url }, run) => fetchText(run, { ...GET, url, headers: { accept: JSON_TYPE } }),
  }),
  post: external({
    summary: 'Posts a body and gives the body of the answer. EREMOTE for a status from 400 on.',
    fails: READING,
    params: { url: 'string', body: 'string', content_type: { type: 'string', default: JSON_TYPE } },
    result: 'string',
    run: ({ url, body, content_type }, run) =>
      refuseContentType(content_type) ??
      fetchText(run, { ...POST, url, body, headers: { 'content-type': content_type } }),
  }),
  post_json: external({
    summary: 'Posts JSON and gives the JSON of the answer.',
    fails: READING,
    params: { url: 'string', body: 'string' },
    result: 'json',
    run: ({ url, body }, run) =>
      refuseOtherThanJson(body) ??
      fetchText(run, { ...POST, url, body, headers: { 'content-type': JSON_TYPE, accept: JSON_TYPE } }),
  }),
  request: external({
    summary: 'Any request; headers are a JSON object. Gives {status, headers, body} whatever the status.',
    fails: READING,
    params: {
      method: 'string',
      url: 'string',
      headers: { type: 'string', default: '' },
      body: { type: 'string', default: '' },
    },
    result: 'json',
    gives: 'object',
    run: (args, run) => {
      const request = readRequest(args);
      return 'ok' in request ? request : fetchAnswer(run, request);
    },
  }),
  status: looking({
    summary: 'The status that a URL answers a GET with, after redirects, such as 200 or 404.',
    fails: ASKING,
    params: { url: 'string' },
    result: 'i32',
    run: async ({ url }, { client, signal }) => {
      const reply = await client.send({ ...GET, url, reads: 'nothing' }, signal);
      return 'ok' in reply ? reply : reply.status;
    },
  }),
};

const GET = { method: 'GET', headers: {}, body: null, reads: 'success' } as const;
const POST = { method: 'POST', reads: 'success' } as const;

/**
 * Requests to the hosts on the allow-list. Throws CONFIG_INVALID for an entry, a port or a credential that
 * means nothing.
 */
export function createHttp(options: HttpOptions): Capability<HostContext> {
  const client = createHttpClient({
    policy: createUrlPolicy(options),
    credentials: createCredentials(options.credentials ?? []),
    resolve: options.resolve ?? ((host) => lookup(host, { all: true })),
    userAgent: options.userAgent,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    maxRedirects: options.maxRedirects ?? DEFAULT_MAX_REDIRECTS,
  });
  return defineCapability({
    name: 'http',
    open: ({ signal }: HostContext): HttpRun => ({ client, signal }),
    functions,
  });
}

interface RequestArguments {
  readonly method: string;
  readonly url: string;
  readonly headers: string;
  readonly body: string;
}

function readRequest(args: RequestArguments): HttpRequest | Failure {
  const method = METHODS.find((it) => it === args.method.toUpperCase());
  if (!method) {
    return fail('EPARSE', `expected a method out of ${METHODS.join(', ')}, got ${excerpt(args.method)}`);
  }
  const read = readHeaders(args.headers);
  if ('ok' in read) return read;
  if (args.body !== '' && BODILESS.has(method)) return fail('EPARSE', `a ${method} has no body`);
  const body = args.body !== '' || BODIED.has(method) ? args.body : null;
  const reads = method === 'HEAD' ? 'nothing' : 'everything';
  return { method, url: args.url, headers: read.headers, body, reads };
}

async function fetchAnswer({ client, signal }: HttpRun, request: HttpRequest): Promise<string | Failure> {
  const reply = await client.send(request, signal);
  if ('ok' in reply) return reply;
  const { status, headers, contentType } = reply;
  const body = decodeBody(reply.body, contentType);
  return typeof body === 'string' ? JSON.stringify({ status, headers, body }) : body;
}

async function fetchText({ client, signal }: HttpRun, request: HttpRequest): Promise<string | Failure> {
  const reply = await client.send(request, signal);
  if ('ok' in reply) return reply;
  return refuseStatus(reply) ?? decodeBody(reply.body, reply.contentType);
}

function refuseStatus({ status }: HttpReply): Failure | null {
  if (status < FIRST_ERROR_STATUS) return null;
  return fail('EREMOTE', `the server answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd());
}

function refuseContentType(text: string): Failure | null {
  if (text.length <= MAX_CONTENT_TYPE_LENGTH && CONTENT_TYPE.test(text)) return null;
  return fail('EPARSE', `expected a content type such as application/json, got ${excerpt(text)}`);
}

function refuseOtherThanJson(text: string): Failure | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail('EPARSE', `expected a body of JSON, got ${excerpt(text)}: ${error.message}`);
  }
}
