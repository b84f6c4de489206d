import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openHttp, startHttpServer } from './http-server.ts';

describe('http.get', () => {
  it('gives the body, and sends nothing but what it must', async () => {
    await using server = await startHttpServer((_, response) => response.end('héllo'));
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('get', `${server.url}/a%20b?q=1#part`)).toEqual({ ok: true, value: 'héllo' });
    expect(server.requests).toEqual([
      {
        method: 'GET',
        url: '/a%20b?q=1',
        headers: {
          host: `127.0.0.1:${server.port}`,
          'user-agent': 'Wattle test',
          accept: '*/*',
          'accept-encoding': 'identity',
          connection: 'close',
        },
        body: '',
      },
    ]);
  });

  it.each([
    [400, '400 Bad Request'],
    [404, '404 Not Found'],
    [503, '503 Service Unavailable'],
    [599, '599'],
  ])('answers EREMOTE for status %i', async (status, text) => {
    await using server = await startHttpServer((_, response) => response.writeHead(status).end('details'));
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: false,
      status: 'EREMOTE',
      message: `the server answered ${text}`,
    });
  });

  it('gives an empty text for an answer without a body', async () => {
    await using server = await startHttpServer((_, response) => response.writeHead(204).end());
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: true,
      value: '',
    });
  });

  it.each<[string, Buffer, string]>([
    ['text/plain; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
    ['text/html;charset="windows-1251"', Buffer.from([0xe4, 0xe0]), 'да'],
    ['text/plain; charset=shift_jis', Buffer.from([0x93, 0xfa]), '日'],
    ['text/plain; charset=UTF-8', Buffer.from('é'), 'é'],
    ['text/plain; charset=unheard-of', Buffer.from('é'), 'é'],
    ['application/json', Buffer.from('\ufeff{}'), '{}'],
  ])('decodes %s', async (type, body, expected) => {
    await using server = await startHttpServer((_, response) =>
      response.setHeader('content-type', type).end(body),
    );
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: true,
      value: expected,
    });
  });

  it('answers ETRFM for a body that is not text', async () => {
    await using server = await startHttpServer((_, response) =>
      response.end(Buffer.from([0x89, 0x50, 0xff])),
    );
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toEqual({
      ok: false,
      status: 'ETRFM',
      message: 'the body is not utf-8 text (content type not given)',
    });
  });

  it('answers ETRFM for a compressed body, which could hide its size', async () => {
    await using server = await startHttpServer((_, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(1000))),
    );
    expect(await openHttp({ loopbackPorts: [server.port] })('get', server.url)).toMatchObject({
      ok: false,
      status: 'ETRFM',
    });
  });
});

describe('http.post', () => {
  it('sends body and content type', async () => {
    await using server = await startHttpServer((_, response) => response.writeHead(201).end('made'));
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('post', `${server.url}/items`, '{"é":1}', 'application/json; charset=utf-8')).toEqual({
      ok: true,
      value: 'made',
    });
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        url: '/items',
        headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': '8' },
        body: '{"é":1}',
      },
    ]);
  });

  it('sends an empty body as such', async () => {
    await using server = await startHttpServer((_, response) => response.end('ok'));
    await openHttp({ loopbackPorts: [server.port] })('post', server.url, '', 'text/plain');
    expect(server.requests).toMatchObject([{ method: 'POST', headers: { 'content-length': '0' }, body: '' }]);
  });

  it.each([
    [''],
    ['json'],
    ['text/plain\r\nx-injected: 1'],
    ['text/plain; a="b\r\nc"'],
    ['text/é'],
    [`text/${'x'.repeat(200)}`],
  ])('answers EPARSE for the content type %j and asks nothing', async (type) => {
    await using server = await startHttpServer((_, response) => response.end());
    const answer = await openHttp({ loopbackPorts: [server.port] })('post', server.url, 'x', type);
    expect(answer).toMatchObject({ ok: false, status: 'EPARSE' });
    expect(server.connections()).toBe(0);
  });
});

describe('http.status', () => {
  it.each([[200], [204], [404], [500]])('gives %i as a number', async (status) => {
    await using server = await startHttpServer((_, response) => response.writeHead(status).end());
    expect(await openHttp({ loopbackPorts: [server.port] })('status', server.url)).toEqual({
      ok: true,
      value: status,
    });
  });

  it('does not wait for a body', async () => {
    await using server = await startHttpServer((_, response) => response.writeHead(200).write('and then'));
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('status', server.url)).toEqual({ ok: true, value: 200 });
  });

  it('follows redirects to the status at the end', async () => {
    await using server = await startHttpServer((request, response) => {
      response.writeHead(request.url === '/' ? 302 : 418, { location: '/tea' }).end();
    });
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('status', server.url)).toEqual({ ok: true, value: 418 });
  });
});

describe('what is not allowed', () => {
  it('is refused before a connection is made', async () => {
    await using server = await startHttpServer((_, response) => response.end('secret'));
    const call = openHttp({ allow: ['example.com'] });
    for (const name of ['get', 'status']) {
      expect(await call(name, server.url)).toMatchObject({ ok: false, status: 'EACCESS' });
    }
    expect(await call('post', server.url, 'x', 'text/plain')).toMatchObject({ ok: false, status: 'EACCESS' });
    expect(server.connections()).toBe(0);
  });
});
