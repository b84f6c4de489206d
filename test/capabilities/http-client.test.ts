import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openHttp, scriptedResolver, startHttpServer, startTcpServer } from './http-server.ts';

describe('names', () => {
  it('reach the address that was resolved, with the name as Host', async () => {
    await using server = await startHttpServer((_, response) => response.end('found'));
    const { resolve, asked } = scriptedResolver({ 'api.example.com': [['127.0.0.1']] });
    const call = openHttp({ allow: ['api.example.com'], loopbackPorts: [server.port], resolve });
    const url = `http://API.example.com.:${server.port}/`;
    expect(await call('get', url)).toEqual({ ok: true, value: 'found' });
    expect(server.requests[0]?.headers.host).toBe(`api.example.com:${server.port}`);
    expect(asked).toEqual(['api.example.com']);
  });

  it.each([
    [['10.0.0.1']],
    [['127.0.0.1', '10.0.0.1']],
    [['169.254.169.254']],
    [['::ffff:127.0.0.1']],
    [['0.0.0.0']],
  ])('that lead to %j are refused though the name and the port are allowed', async (addresses) => {
    await using server = await startHttpServer((_, response) => response.end('secret'));
    const { resolve } = scriptedResolver({ 'api.example.com': [addresses] });
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `http://api.example.com:${server.port}/`)).toMatchObject({
      ok: false,
      status: 'EACCESS',
    });
    expect(server.connections()).toBe(0);
  });

  it('that lead to this machine are refused on a port that is not named', async () => {
    await using server = await startHttpServer((_, response) => response.end('secret'));
    const { resolve } = scriptedResolver({ 'api.example.com': [['127.0.0.1'], ['::1']] });
    const call = openHttp({ allow: ['*'], resolve });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await call('get', `http://api.example.com:${server.port}/`)).toMatchObject({
        status: 'EACCESS',
      });
    }
    expect(server.connections()).toBe(0);
  });

  it('are resolved once a request, so that a second answer cannot rebind them', async () => {
    await using server = await startHttpServer((_, response) => response.end('first'));
    const { resolve, asked } = scriptedResolver({ 'api.example.com': [['127.0.0.1'], ['10.0.0.1']] });
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    const url = `http://api.example.com:${server.port}/`;
    expect(await call('get', url)).toEqual({ ok: true, value: 'first' });
    expect(asked.length).toBe(1);
    expect(await call('get', url)).toMatchObject({ ok: false, status: 'EACCESS' });
    expect(server.connections()).toBe(1);
  });

  it('with an address that does not answer are tried at the next', async () => {
    await using server = await startHttpServer((_, response) => response.end('second'));
    const { resolve } = scriptedResolver({ 'api.example.com': [['127.0.0.2', '127.0.0.1']] });
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `http://api.example.com:${server.port}/`)).toEqual({
      ok: true,
      value: 'second',
    });
  });

  it('that do not exist are EREMOTE', async () => {
    expect(await openHttp({ allow: ['*'] })('get', 'http://nowhere.example/')).toEqual({
      ok: false,
      status: 'EREMOTE',
      message: 'the connection failed: ENOTFOUND',
    });
  });
});

describe('redirects', () => {
  /** A server that redirects each path of the table to its value. */
  const redirecting = (table: Readonly<Record<string, readonly [number, string]>>) =>
    startHttpServer((request, response) => {
      const [status, location] = table[request.url ?? ''] ?? [200, ''];
      response.writeHead(status, location === '' ? {} : { location }).end(`${request.method} ${request.url}`);
    });

  it('are followed three times and no more', async () => {
    await using server = await redirecting({
      '/4': [301, '/3'],
      '/3': [302, 'http:/2'],
      '/2': [307, '?1'],
      '/2?1': [308, './end'],
    });
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('get', `${server.url}/3`)).toEqual({ ok: true, value: 'GET /end' });
    expect(await call('get', `${server.url}/4`)).toMatchObject({
      ok: false,
      status: 'EREMOTE',
      message: expect.stringContaining('more than 3 redirects'),
    });
  });

  it('in a circle end', async () => {
    await using server = await redirecting({ '/a': [302, '/b'], '/b': [302, '/a'] });
    const answer = await openHttp({ loopbackPorts: [server.port] })('get', `${server.url}/a`);
    expect(answer).toMatchObject({ ok: false, status: 'EREMOTE' });
    expect(server.requests.length).toBe(4);
  });

  it.each([
    ['http://10.0.0.1/', 'EACCESS'],
    ['http://169.254.169.254/latest/meta-data/', 'EACCESS'],
    ['http://[::ffff:169.254.169.254]/', 'EACCESS'],
    ['http://localhost:1/', 'EACCESS'],
    ['http://2130706433:1/', 'EACCESS'],
    ['//inner.example/', 'EACCESS'],
    ['http://user:pass@127.0.0.1/', 'EACCESS'],
    ['file:///etc/passwd', 'EACCESS'],
    ['gopher://127.0.0.1/', 'EACCESS'],
    ['http://[', 'EPARSE'],
  ])('to %s are refused with %s', async (location, status) => {
    await using server = await redirecting({ '/': [302, location] });
    const { resolve } = scriptedResolver({ 'inner.example': [['10.0.0.1']] });
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `${server.url}/`)).toMatchObject({ ok: false, status });
  });

  it('to a host that is not on the allow-list are refused by name', async () => {
    await using server = await redirecting({ '/': [302, 'https://evil.example/?leak'] });
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: false,
      status: 'EACCESS',
      message:
        '127.0.0.1 redirects to where it may not: the host "evil.example" is not on the allow-list HTTP_ALLOW; it allows no host',
    });
  });

  it('resolve the name anew, so that a rebound one is caught', async () => {
    await using server = await redirecting({ '/': [302, '/next'] });
    const { resolve } = scriptedResolver({ 'api.example.com': [['127.0.0.1'], ['10.0.0.1']] });
    const call = openHttp({ allow: ['*'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `http://api.example.com:${server.port}/`)).toMatchObject({ status: 'EACCESS' });
    expect(server.requests.map(({ url }) => url)).toEqual(['/']);
  });

  it.each([[301], [302], [303]])(
    'with %i turn a POST into a GET without body and headers',
    async (status) => {
      await using server = await redirecting({ '/': [status, '/done'] });
      const call = openHttp({ loopbackPorts: [server.port] });
      expect(await call('post', server.url, 'secret', 'text/plain')).toEqual({
        ok: true,
        value: 'GET /done',
      });
      expect(server.requests[1]?.body).toBe('');
      expect(Object.keys(server.requests[1]?.headers ?? {})).not.toContain('content-type');
    },
  );

  it.each([[307], [308]])('with %i do not send a POST a second time', async (status) => {
    await using server = await redirecting({ '/': [status, '/again'] });
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('post', server.url, 'x', 'text/plain')).toMatchObject({ ok: false, status: 'EREMOTE' });
    expect(server.requests.length).toBe(1);
  });

  it('without a location are an answer like any other', async () => {
    await using server = await redirecting({ '/': [302, ''] });
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: true,
      value: 'GET /',
    });
  });
});

describe('the caps', () => {
  it('let a body of just the largest size through and cut one byte more', async () => {
    await using server = await startHttpServer((request, response) => {
      const size = Number(request.url?.slice(1));
      response.setHeader('content-length', size).end('x'.repeat(size));
    });
    const call = openHttp({ loopbackPorts: [server.port], maxBytes: 100_000 });
    expect(await call('get', `${server.url}/100000`)).toEqual({ ok: true, value: 'x'.repeat(100_000) });
    expect(await call('get', `${server.url}/100001`)).toEqual({
      ok: false,
      status: 'EBOUND',
      message: 'the body is larger than 100000 bytes',
    });
  });

  it('cut a body that comes without a length and without an end', async () => {
    await using server = await startHttpServer((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: false,
      status: 'EBOUND',
      message: 'the body is larger than 2097152 bytes',
    });
  });

  it('put a body together that comes byte by byte', async () => {
    await using server = await startTcpServer((socket) => {
      socket.end(
        `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(100_000)}0\r\n\r\n`,
      );
    });
    const answer = await openHttp({ loopbackPorts: [server.port], maxBytes: 100_000 })('get', server.url);
    expect(answer).toEqual({ ok: true, value: 'x'.repeat(100_000) });
  });

  it('refuse headers larger than 16 KiB', async () => {
    await using server = await startHttpServer((_, response) =>
      response.setHeader('x-pad', 'x'.repeat(17_000)).end(),
    );
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: false,
      status: 'EBOUND',
      message: "the answer's headers are larger than 16384 bytes",
    });
  });

  it.each<[string, Parameters<typeof startTcpServer>[0]]>([
    ['never answers', () => undefined],
    ['stops in the headers', (socket) => socket.write('HTTP/1.1 200 OK\r\nx: ')],
    ['stops in the body', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc')],
  ])('end waiting for a server that %s', async (_, serve) => {
    await using server = await startTcpServer(serve);
    const call = openHttp({ loopbackPorts: [server.port], timeoutMs: 60 });
    expect(await call('get', server.url)).toEqual({
      ok: false,
      status: 'EREMOTE',
      message: 'no complete answer within 60 ms',
    });
  });

  it('end waiting for a name that is never resolved', async () => {
    const call = openHttp({ allow: ['*'], resolve: () => new Promise(() => undefined), timeoutMs: 30 });
    expect(await call('get', 'http://slow.example/')).toMatchObject({
      status: 'EREMOTE',
      message: 'no complete answer within 30 ms',
    });
  });

  it('count the time over all redirects together', async () => {
    await using server = await startHttpServer((_, response) => {
      setTimeout(() => response.writeHead(302, { location: '/on' }).end(), 50);
    });
    const call = openHttp({ loopbackPorts: [server.port], timeoutMs: 120, maxRedirects: 100 });
    expect(await call('get', server.url)).toMatchObject({ message: 'no complete answer within 120 ms' });
  });
});

describe('stopping', () => {
  it('ends a request under way and lets go of the signal', async () => {
    const controller = new AbortController();
    await using server = await startHttpServer(() => controller.abort());
    const call = openHttp({ loopbackPorts: [server.port] }, controller.signal);
    expect(await call('get', server.url)).toEqual({
      ok: false,
      status: 'EREMOTE',
      message: 'the request was stopped',
    });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('before the request asks nothing', async () => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] }, AbortSignal.abort());
    expect(await call('get', server.url)).toMatchObject({
      status: 'EREMOTE',
      message: 'the request was stopped',
    });
    expect(server.connections()).toBe(0);
  });

  it('leaves no listener behind after a request that went well', async () => {
    await using server = await startHttpServer((_, response) => response.end('ok'));
    const { signal } = new AbortController();
    await openHttp({ loopbackPorts: [server.port] }, signal)('get', server.url);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a connection that fails', () => {
  it.each<[string, Parameters<typeof startTcpServer>[0], RegExp]>([
    ['is closed without an answer', (socket) => socket.end(), /ECONNRESET/],
    ['is reset', (socket) => socket.resetAndDestroy(), /ECONNRESET/],
    ['answers something else than HTTP', (socket) => socket.end('220 mail ready\r\n'), /HPE_/],
    [
      'switches protocols',
      (socket) => socket.write('HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      /ECONN/,
    ],
    [
      'breaks off in the body',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'),
      /ECONNRESET/,
    ],
  ])('because it %s is EREMOTE with a short cause', async (_, serve, cause) => {
    await using server = await startTcpServer(serve);
    const answer = await openHttp({ loopbackPorts: [server.port], timeoutMs: 5_000 })('get', server.url);
    expect(answer).toMatchObject({ ok: false, status: 'EREMOTE', message: expect.stringMatching(cause) });
  });

  it('because nothing listens is EREMOTE', async () => {
    const server = await startTcpServer(() => undefined);
    await server[Symbol.asyncDispose]();
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: false,
      status: 'EREMOTE',
      message: 'the connection failed: ECONNREFUSED',
    });
  });

  it('over TLS says the name of the host, not of the address, and is EREMOTE when that fails', async () => {
    const { promise: hello, resolve: greeted } = Promise.withResolvers<Buffer>();
    await using server = await startTcpServer((socket) => {
      socket.once('data', (data) => {
        greeted(data);
        socket.end('not TLS');
      });
    });
    const { resolve } = scriptedResolver({ 'secure.example': [['127.0.0.1']] });
    const call = openHttp({ allow: ['secure.example'], loopbackPorts: [server.port], resolve });
    expect(await call('get', `https://secure.example:${server.port}/`)).toMatchObject({
      ok: false,
      status: 'EREMOTE',
    });
    expect((await hello).toString('latin1')).toContain('secure.example');
  });
});

describe('the environment', () => {
  it('brings no proxy in', async () => {
    await using server = await startHttpServer((_, response) => response.end('direct'));
    await using proxy = await startHttpServer((_, response) => response.end('through the proxy'));
    const module = join(import.meta.dirname, '../../src/capabilities/http.ts');
    const script = `
      const { createHttp } = await import(${JSON.stringify(module)});
      const http = createHttp({ allow: [], loopbackPorts: [${server.port}], userAgent: 'test' });
      const { get } = http.open({ signal: new AbortController().signal });
      console.log((await get(${JSON.stringify(server.url)})).value);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url, http_proxy: proxy.url, ALL_PROXY: proxy.url },
    });
    expect(stdout.trim()).toBe('direct');
    expect(proxy.connections()).toBe(0);
  });
});
