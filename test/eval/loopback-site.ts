import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttpServer } from '../capabilities/http-server.ts';
import { type Route, SERVER, type Sent } from './task.ts';

export interface LoopbackSite {
  readonly port: number;
  readonly url: string;
  /** The requests that are more than a look, in order. */
  readonly sent: readonly Required<Sent>[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server that answers by the routes of a case, and 404 for all else. */
export async function openLoopbackSite(routes: readonly Route[]): Promise<LoopbackSite> {
  const server = await startHttpServer((request, response) => answer(routes, request, response));
  return {
    port: server.port,
    url: server.url,
    get sent() {
      return server.requests.flatMap(({ method, url = '', headers, body }) => {
        const known = METHODS.find((name) => name === method);
        return known === undefined
          ? []
          : [{ method: known, path: url, body, type: headers['content-type'] ?? '' }];
      });
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

function answer(routes: readonly Route[], request: IncomingMessage, response: ServerResponse): void {
  const route = routes.find(({ method, path }) => method === request.method && path === request.url);
  if (route === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
    return;
  }
  const missing = Object.entries(route.needs).some(([name, value]) => request.headers[name] !== value);
  const own = `http://${request.headers.host}`;
  response.writeHead(missing ? 401 : route.status, { 'content-type': route.type, ...route.headers });
  response.end(missing ? '' : route.body.replaceAll(SERVER, own));
}
