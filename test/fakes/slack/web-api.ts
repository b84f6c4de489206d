import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Changes } from './changes.ts';
import type { Fault, FaultQueue } from './faults.ts';
import { type Answer, type Args, METHODS, type MethodContext, refuse } from './methods.ts';

/** One call of the Web API, as it came in. */
export interface Call {
  readonly method: string;
  readonly args: Args;
  readonly token: string;
  readonly contentType: string;
  /** `performance.now()` of its arrival. */
  readonly at: number;
  /** Slack's error code, `http_429` and the like, `dropped` or `stalled`; null for a call that succeeded. */
  error: string | null;
}

export interface WebApiOptions {
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly context: MethodContext;
  readonly faults: FaultQueue;
  readonly changes: Changes;
}

const STRUCTURES = ['metadata', 'blocks', 'attachments'];
const BOOLEANS = ['include_all_metadata', 'unfurl_links', 'unfurl_media', 'reply_broadcast'];

/** Slack's Web API: form and JSON bodies, tokens, scopes, errors as Slack gives them. */
export class WebApi {
  readonly calls: Call[] = [];
  readonly #options: WebApiOptions;

  constructor(options: WebApiOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const args = readArgs(await readBody(request), request.headers['content-type'] ?? '');
    const call = this.#record(request, args);
    const fault = this.#options.faults.take(call.method);
    const lost = fault?.dropAfterAccept || fault?.stallAfterAccept;
    const answer = fault === null || lost ? this.#run(call) : null;
    call.error = answer?.error ?? null;
    if (fault !== null) this.#fail(call, fault, response);
    else if (answer !== null) this.#send(response, 200, answer);
    this.#options.changes.notify();
  }

  #record(request: IncomingMessage, args: Args): Call {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const call: Call = {
      method: new URL(request.url ?? '/', 'http://fake').pathname.replace(/^\/api\//, ''),
      args,
      token: bearer ?? (typeof args.token === 'string' ? args.token : ''),
      contentType: request.headers['content-type'] ?? '',
      at: performance.now(),
      error: null,
    };
    this.calls.push(call);
    return call;
  }

  #run({ method, args, token }: Call): Answer {
    const { tokens, context } = this.#options;
    const found = METHODS[method];
    if (found === undefined) return refuse('unknown_method', { req_method: method });
    if (token === '') return refuse('not_authed');
    if (token !== tokens.bot && token !== tokens.app) return refuse('invalid_auth');
    if (token !== tokens[found.token]) return refuse('not_allowed_token_type');
    if (found.scope !== null && !context.scopes.includes(found.scope)) {
      return refuse('missing_scope', { needed: found.scope, provided: context.scopes.join(',') });
    }
    return found.run(args, context);
  }

  #fail(call: Call, fault: Fault, response: ServerResponse): void {
    if (fault.stallAfterAccept) {
      call.error = 'stalled';
    } else if (fault.error !== undefined) {
      call.error = fault.error;
      this.#send(response, fault.status ?? 200, refuse(fault.error, fault.fields));
    } else if (fault.status !== undefined) {
      call.error = `http_${fault.status}`;
      if (fault.status === 429) response.setHeader('retry-after', String(fault.retryAfter ?? 1));
      this.#send(response, fault.status, refuse(fault.status === 429 ? 'ratelimited' : call.error));
    } else {
      call.error = 'dropped';
      response.destroy();
    }
  }

  #send(response: ServerResponse, status: number, answer: Answer): void {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('x-oauth-scopes', this.#options.context.scopes.join(','));
    response.writeHead(status);
    response.end(JSON.stringify(answer));
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function readArgs(body: string, contentType: string): Args {
  if (contentType.startsWith('application/json')) return readJson(body);
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [name, readField(name, value)]),
  );
}

function readJson(body: string): Args {
  const value: unknown = JSON.parse(body || '{}');
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A form carries everything as text; these two kinds Slack reads as JSON. */
function readField(name: string, value: string): unknown {
  if (STRUCTURES.includes(name)) return JSON.parse(value);
  return BOOLEANS.includes(name) ? value === 'true' || value === '1' : value;
}
