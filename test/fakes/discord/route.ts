import { DISCORD_ERRORS, type DiscordError } from './discord-error.ts';

/** The part of the REST API that the fake knows. */
export type DiscordRoute =
  | 'GET /gateway/bot'
  | 'GET /users/@me'
  | 'POST /users/@me/channels'
  | 'GET /oauth2/applications/@me'
  | 'GET /applications/:application/commands'
  | 'PUT /applications/:application/commands'
  | 'GET /channels/:channel'
  | 'GET /channels/:channel/messages'
  | 'POST /channels/:channel/messages'
  | 'GET /channels/:channel/messages/:message'
  | 'PATCH /channels/:channel/messages/:message'
  | 'DELETE /channels/:channel/messages/:message'
  | 'POST /channels/:channel/messages/:message/threads'
  | 'POST /channels/:channel/threads'
  | 'POST /channels/:channel/typing'
  | 'POST /interactions/:interaction/:token/callback'
  | 'POST /webhooks/:application/:token'
  | 'GET /webhooks/:application/:token/messages/:message'
  | 'PATCH /webhooks/:application/:token/messages/:message'
  | 'DELETE /webhooks/:application/:token/messages/:message';

export interface RestRequest {
  /** A part of the path by its name in the route; empty when the route has no such part. */
  param(name: string): string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface RestAnswer {
  readonly status: number;
  /** Null for no body. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (request: RestRequest) => RestAnswer;
export type Routes = Readonly<Record<DiscordRoute, Handler>>;

export const NO_CONTENT: RestAnswer = { status: 204, body: null };

export function answer(body: unknown, status = 200): RestAnswer {
  return { status, body };
}

export function refuse({ status, code, message }: DiscordError): RestAnswer {
  return { status, body: { message, code } };
}

/** A field that Discord does not take, as its form errors say it. */
export function refuseField(field: string, code: string, message: string): RestAnswer {
  const { status, code: number, message: title } = DISCORD_ERRORS.invalidForm;
  const errors = { [field]: { _errors: [{ code, message }] } };
  return { status, body: { message: title, code: number, errors } };
}

export interface RouteMatch {
  readonly route: DiscordRoute;
  param(name: string): string;
}

/** Finds the route of a request; a path of Discord's own spelling wins over a named part. */
export function matchRoute(routes: Routes, method: string, path: string): RouteMatch | null {
  const given = path.split('/').map(decodeURIComponent);
  for (const route of Object.keys(routes)) {
    const [routeMethod, pattern = ''] = route.split(' ');
    const parts = pattern.split('/');
    if (routeMethod !== method || parts.length !== given.length) continue;
    if (!parts.every((part, index) => part.startsWith(':') || part === given[index])) continue;
    return { route: route as DiscordRoute, param: (name) => given[parts.indexOf(`:${name}`)] ?? '' };
  }
  return null;
}
