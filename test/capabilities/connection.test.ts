import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/capabilities/connection.ts';
import type { Target } from '../../src/capabilities/url-policy.ts';
import { openHttp, scriptedResolver, startHttpServer, startTcpServer } from './http-server.ts';
import { selfSigned } from './self-signed.ts';

const open = new AbortController().signal;

function targetOf(host: string, port: number, secure = false): Target {
  const url = new URL(`${secure ? 'https' : 'http'}://${host}:${port}/`);
  return { url, host, port, secure, local: false };
}

/** A server that records what it is sent and when its peers leave. */
async function startSilentServer() {
  const received: Buffer[] = [];
  const closed = Promise.withResolvers<void>();
  const server = await startTcpServer((socket: Socket) => {
    socket.on('data', (data) => received.push(data));
    socket.once('close', () => closed.resolve());
  });
  return { ...server, received, closed: closed.promise };
}

describe('connect', () => {
  it('connects to the addresses given and does not look the name up', async () => {
    await using server = await startSilentServer();
    const socket = await connect(
      targetOf('no-such-name.invalid', server.port),
      [{ address: '127.0.0.1', family: 4 }],
      open,
    );
    if ('ok' in socket) throw new Error(socket.message);
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  it('refuses a peer that is none of the addresses before it sends anything', async () => {
    await using server = await startSilentServer();
    // A literal address is connected to as it stands, which is how a peer can differ here.
    const answer = await connect(
      targetOf('127.0.0.1', server.port, true),
      [{ address: '127.0.0.2', family: 4 }],
      open,
    );
    expect(answer).toEqual({
      ok: false,
      status: 'EACCESS',
      message: '127.0.0.1 was connected at 127.0.0.1, not as resolved',
    });
    await server.closed;
    expect(server.received).toEqual([]);
  });

  it('rejects when the signal has already aborted, and leaves no connection', async () => {
    await using server = await startSilentServer();
    const attempt = connect(
      targetOf('a.example', server.port),
      [{ address: '127.0.0.1', family: 4 }],
      AbortSignal.abort(),
    );
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('closes the connection when it is stopped in the middle of the TLS handshake', async () => {
    await using server = await startSilentServer();
    const controller = new AbortController();
    const attempt = connect(
      targetOf('a.example', server.port, true),
      [{ address: '127.0.0.1', family: 4 }],
      controller.signal,
    );
    const poll = setInterval(() => server.received.length > 0 && controller.abort(), 5);
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    clearInterval(poll);
    await server.closed;
  });
});

describe('TLS', () => {
  const trusted = selfSigned('secure.example');
  const before = getCACertificates('default');

  beforeAll(() => setDefaultCACertificates([...before, trusted.cert]));
  afterAll(() => setDefaultCACertificates(before));

  async function startTlsServer(identity: { readonly key: string; readonly cert: string }) {
    const names: (string | false | null)[] = [];
    const requests: string[] = [];
    const server = createServer(identity, (socket) => {
      names.push(socket.servername);
      socket.on('error', () => socket.destroy());
      socket.once('data', (data) => {
        requests.push(data.toString());
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      port: (server.address() as AddressInfo).port,
      names,
      requests,
      async [Symbol.asyncDispose]() {
        server.close();
        await once(server, 'close');
      },
    };
  }

  const { resolve } = scriptedResolver({
    'secure.example': [['127.0.0.1']],
    'other.example': [['127.0.0.1']],
  });

  it('is checked against the name, though the address is what was connected', async () => {
    await using server = await startTlsServer(trusted);
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `https://secure.example:${server.port}/`)).toEqual({
      ok: true,
      value: 'secret',
    });
    expect(server.names).toEqual(['secure.example']);
  });

  it.each([
    ['secure.example', selfSigned('secure.example'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['other.example', trusted, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['127.0.0.1', trusted, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('to %s with a certificate that does not vouch for it sends nothing', async (host, identity, code) => {
    await using server = await startTlsServer(identity);
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `https://${host}:${server.port}/?token`)).toEqual({
      ok: false,
      status: 'EREMOTE',
      message: `the connection failed: ${code}`,
    });
    expect(server.requests).toEqual([]);
  });
});

describe.skipIf(
  !Object.values(networkInterfaces())
    .flat()
    .some((it) => it?.address === '::1'),
)('IPv6', () => {
  it('loopback is reached on a port that is named', async () => {
    await using server = await startHttpServer((_, response) => response.end('six'), '::1');
    const url = `http://[0:0::1]:${server.port}/`;
    expect(await openHttp({ loopbackPorts: [server.port] })('get', url)).toEqual({ ok: true, value: 'six' });
    expect(server.requests[0]?.headers.host).toBe(`[::1]:${server.port}`);
    expect(await openHttp({ allow: ['*'] })('get', url)).toMatchObject({ ok: false, status: 'EACCESS' });
  });
});
