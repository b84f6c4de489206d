import { lookup } from 'node:dns/promises';
import { STATUS_CODES } from 'node:http';
import type { Capability, Failure, HostContext } from './capability.ts';
import { fail } from './capability.ts';
import { defineCapability, hostFunction } from './define.ts';
import { decodeBody } from './http-body.ts';
import type { HttpClient, HttpReply, HttpRequest, Resolve } from './http-client.ts';
import { createHttpClient } from './http-client.ts';
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

const external = hostFunction<HttpRun>('external');

/** Requests to the hosts on the allow-list. Throws CONFIG_INVALID for an entry or port that means nothing. */
export function createHttp(options: HttpOptions): Capability<HostContext> {
  const client = createHttpClient({
    policy: createUrlPolicy(options),
    resolve: options.resolve ?? ((host) => lookup(host, { all: true })),
    userAgent: options.userAgent,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    maxRedirects: options.maxRedirects ?? DEFAULT_MAX_REDIRECTS,
  });
  return defineCapability({
    name: 'http',
    open: ({ signal }: HostContext): HttpRun => ({ client, signal }),
    functions: {
      get: external({
        summary: 'The body of a page. EACCESS if the host is not allowed, EREMOTE for a status from 400 on.',
        params: { url: 'string' },
        result: 'string',
        run: ({ url }, run) => fetchText(run, { url, body: null }),
      }),
      post: external({
        summary: 'Posts a body, for example as "application/json", and gives the body of the answer.',
        params: { url: 'string', body: 'string', content_type: 'string' },
        result: 'string',
        run: ({ url, body, content_type }, run) =>
          refuseContentType(content_type) ??
          fetchText(run, { url, body: { text: body, contentType: content_type } }),
      }),
      status: external({
        summary: 'The status that a URL answers a GET with, after redirects, such as 200 or 404.',
        params: { url: 'string' },
        result: 'i32',
        run: async ({ url }, { client, signal }) => {
          const reply = await client.probe(url, signal);
          return 'ok' in reply ? reply : reply.status;
        },
      }),
    },
  });
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
