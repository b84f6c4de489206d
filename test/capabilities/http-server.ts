import { once } from 'node:events';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import type { ResolvedAddress } from '../../src/capabilities/connection.ts';
import type { HttpOptions } from '../../src/capabilities/http.ts';
import { createHttp } from '../../src/capabilities/http.ts';
import { openHost } from './open-capability.ts';
import { hostContext } from './session-context.ts';

export interface RecordedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer {
  readonly port: number;
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  connections(): number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** An HTTP server on a free loopback port that records what it is asked. */
export async function startHttpServer(answer: RequestListener, host = '127.0.0.1'): Promise<TestServer> {
  const requests: RecordedRequest[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server that speaks whatever `serve` writes. */
export async function startTcpServer(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    // A client that hangs up in the middle is what these tests are about.
    socket.on('error', () => sockets.delete(socket));
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A resolver that answers each name from a list of answers, the last one for good, and records the names. */
export function scriptedResolver(script: Readonly<Record<string, readonly (readonly string[])[]>>) {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<readonly ResolvedAddress[]> => {
    const answers = script[host] ?? [];
    const turn = asked.filter((name) => name === host).length;
    asked.push(host);
    const addresses = answers[Math.min(turn, answers.length - 1)];
    if (!addresses) throw Object.assign(new Error(`no such name: ${host}`), { code: 'ENOTFOUND' });
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { resolve, asked };
}

/** The http capability as a run sees it: nothing allowed but what the options say, no real names. */
export function openHttp(options: Partial<HttpOptions>, signal?: AbortSignal) {
  const capability = createHttp({
    allow: [],
    loopbackPorts: [],
    userAgent: 'Wattle test',
    resolve: scriptedResolver({}).resolve,
    ...options,
  });
  return openHost(capability, hostContext(signal === undefined ? {} : { signal }));
}
