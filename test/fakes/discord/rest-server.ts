import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { DISCORD_ERRORS } from './discord-error.ts';
import type { Fault, Faults } from './fault.ts';
import type { RateLimits } from './rate-limit.ts';
import {
  type DiscordRoute,
  matchRoute,
  type RestAnswer,
  type RouteMatch,
  type Routes,
  refuse,
} from './route.ts';

/** One request that the bot made. */
export interface DiscordCall {
  readonly route: DiscordRoute;
  /** Without `/api` and version. */
  readonly path: string;
  readonly body: unknown;
  /** `performance.now()` when it came. */
  readonly at: number;
  /** Of the answer; null as long as there is none, and when the connection broke instead. */
  status: number | null;
}

export interface RestServerOptions {
  readonly token: string;
  readonly routes: Routes;
  readonly faults: Faults;
  readonly limits: RateLimits;
  /** Told after every request. */
  onCall(): void;
}

const PREFIX = /^\/api(?:\/v10)?(?=\/)/;
/** Who may use these is in their path. */
const OPEN = /^\w+ \/(interactions|webhooks)\//;

/** Answers the REST API. */
export class RestServer {
  readonly calls: DiscordCall[] = [];
  readonly #options: RestServerOptions;

  constructor(options: RestServerOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(PREFIX, '');
    const match = matchRoute(this.#options.routes, request.method ?? 'GET', path);
    const body = parseBody(await text(request));
    if (match === null) {
      send(response, refuse(DISCORD_ERRORS.notFound), {});
      return;
    }
    const call: DiscordCall = { route: match.route, path, body, at: performance.now(), status: null };
    this.calls.push(call);
    const { isAllowed, headers } = this.#options.limits.take(match.route, majorOf(match));
    const work = () => this.#answer(match, { url, body, authorization: request.headers.authorization ?? '' });
    const fault = isAllowed ? this.#options.faults.take(match.route) : null;
    const reaction = isAllowed ? react(fault, work) : tooMany(Number(headers['retry-after']));
    if (reaction === 'drop') response.destroy();
    if (typeof reaction !== 'string') {
      call.status = reaction.status;
      send(response, reaction, headers);
    }
    this.#options.onCall();
  }

  #answer(match: RouteMatch, request: { url: URL; body: unknown; authorization: string }): RestAnswer {
    const { routes, token } = this.#options;
    const isOpen = OPEN.test(match.route);
    if (!isOpen && request.authorization !== `Bot ${token}`) return refuse(DISCORD_ERRORS.unauthorized);
    return routes[match.route]({ param: match.param, query: request.url.searchParams, body: request.body });
  }
}

/** What becomes of a request: an answer, a broken connection or silence. */
type Reaction = RestAnswer | 'drop' | 'hang';

function react(fault: Fault | null, work: () => RestAnswer): Reaction {
  switch (fault?.kind) {
    case undefined:
      return work();
    case 'refuse':
      return refuse(fault.error);
    case 'rate-limit':
      return tooMany(fault.retryAfterMs / 1000);
    case 'status':
      if (fault.done) work();
      return { status: fault.status, body: null };
    case 'drop':
      if (fault.done) work();
      return 'drop';
    case 'hang':
      return 'hang';
  }
}

function tooMany(seconds: number): RestAnswer {
  const message = 'You are being rate limited.';
  const headers = { 'retry-after': String(seconds), 'x-ratelimit-scope': 'shared' };
  return { status: 429, headers, body: { message, retry_after: seconds, global: false } };
}

function send(response: ServerResponse, answer: RestAnswer, limits: Readonly<Record<string, string>>): void {
  const { status, body } = answer;
  const headers = { ...limits, ...answer.headers };
  response.writeHead(status, body === null ? headers : { ...headers, 'content-type': 'application/json' });
  response.end(body === null ? undefined : JSON.stringify(body));
}

function majorOf({ param }: RouteMatch): string {
  return param('channel') || param('token');
}

function parseBody(body: string): unknown {
  return body === '' ? null : JSON.parse(body);
}
