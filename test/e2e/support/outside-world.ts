import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on the loopback interface that stands for the outside world. */
export interface OutsideWorld {
  readonly port: number;
  /** A page; `/never` is one that is asked for and never comes. */
  url(path: string): string;
  /** Settles once that path is asked for. */
  visited(path: string): Promise<void>;
  /** Paths that were asked for, oldest first. */
  readonly visits: readonly string[];
  stop(): Promise<void>;
}

export async function startOutsideWorld(pages: Readonly<Record<string, string>>): Promise<OutsideWorld> {
  const visits: string[] = [];
  const arrivals = new EventEmitter();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    visits.push(path);
    arrivals.emit(path);
    if (path === '/never') return;
    const page = pages[path];
    response
      .writeHead(page === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(page ?? '{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path) => `http://127.0.0.1:${port}${path}`,
    visits,
    visited: async (path) => void (visits.includes(path) || (await once(arrivals, path))),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
