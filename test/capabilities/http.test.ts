import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HostAnswer } from '../../src/engine/port.ts';
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

describe('http.get_json and http.post_json', () => {
  it('ask for JSON and give it as text for the language to read', async () => {
    await using server = await startHttpServer((_, response) => response.end('{"n": [1]}'));
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('get_json', server.url)).toEqual({ ok: true, value: '{"n": [1]}' });
    expect(await call('post_json', server.url, '{"é":1}')).toEqual({ ok: true, value: '{"n": [1]}' });
    expect(server.requests).toMatchObject([
      { method: 'GET', headers: { accept: 'application/json' } },
      {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json', 'content-length': '8' },
        body: '{"é":1}',
      },
    ]);
  });

  it.each([['plain'], [''], ['{"a":}']])('refuse to post %j', async (body) => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('post_json', server.url, body)).toMatchObject({ ok: false, status: 'EPARSE' });
    expect(server.connections()).toBe(0);
  });
});

describe('http.request', () => {
  const read = (answer: HostAnswer) => JSON.parse(String(answer.ok ? answer.value : `"${answer.message}"`));

  it('sends method, headers and body', async () => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] });
    await call('request', 'put', `${server.url}/a`, '{"X-Trace": "a b", "accept": "text/csv", "N": 1}', 'é');
    expect(server.requests).toMatchObject([
      {
        method: 'PUT',
        url: '/a',
        headers: {
          'x-trace': 'a b',
          accept: 'text/csv',
          n: '1',
          'content-length': '2',
          'user-agent': 'Wattle test',
        },
        body: 'é',
      },
    ]);
  });

  it.each([[200], [404], [503]])('gives status %i with headers and body', async (status) => {
    await using server = await startHttpServer((_, response) =>
      response.writeHead(status, { 'X-Rate': '7', 'set-cookie': 'session=1' }).end('details'),
    );
    const answer = read(
      await openHttp({ loopbackPorts: [server.port] })('request', 'GET', server.url, '', ''),
    );
    expect(answer).toMatchObject({ status, headers: { 'x-rate': '7' }, body: 'details' });
    expect(Object.keys(answer.headers)).not.toContain('set-cookie');
  });

  it('sends no length for a DELETE without a body, and 0 for a POST', async () => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] });
    await call('request', 'DELETE', server.url, '', '');
    await call('request', 'POST', server.url, '', '');
    expect(server.requests.map(({ headers }) => headers['content-length'])).toEqual([undefined, '0']);
  });

  it('gives the headers of a HEAD and no body', async () => {
    await using server = await startHttpServer((_, response) => response.setHeader('x-a', '1').end('body'));
    const answer = read(
      await openHttp({ loopbackPorts: [server.port] })('request', 'HEAD', server.url, '', ''),
    );
    expect(answer).toMatchObject({ status: 200, headers: { 'x-a': '1' }, body: '' });
  });

  it.each([
    ['a method that is none', 'CONNECT', '', '', 'EPARSE'],
    ['a TRACE', 'TRACE', '', '', 'EPARSE'],
    ['a method with a line break', 'GET\r\nx: 1', '', '', 'EPARSE'],
    ['a body of a GET', 'GET', '', 'x', 'EPARSE'],
    ['headers that are no JSON', 'GET', 'accept: text/csv', '', 'EPARSE'],
    ['headers that are a list', 'GET', '["accept"]', '', 'EPARSE'],
    ['a header value that is an object', 'GET', '{"accept": {}}', '', 'EPARSE'],
    ['a header with a line break', 'GET', '{"x": "1\\r\\ny: 2"}', '', 'EPARSE'],
    ['a header with NUL', 'GET', '{"x": "1\\u0000"}', '', 'EPARSE'],
    ['a header beyond ASCII', 'GET', '{"x": "é"}', '', 'EPARSE'],
    ['a header name with a blank', 'GET', '{"x y": "1"}', '', 'EPARSE'],
    ['a header name with a colon', 'GET', '{"x:": "1"}', '', 'EPARSE'],
    ['an empty header name', 'GET', '{"": "1"}', '', 'EPARSE'],
    ['a header given twice', 'GET', '{"x": "1", "X": "2"}', '', 'EPARSE'],
    [
      'too many headers',
      'GET',
      JSON.stringify(Object.fromEntries([...Array(33).keys()].map((n) => [`x${n}`, '1']))),
      '',
      'EBOUND',
    ],
    ['headers too large', 'GET', JSON.stringify({ x: 'x'.repeat(8_193) }), '', 'EBOUND'],
  ])('refuses %s and asks nothing', async (_, method, headers, body, status) => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('request', method, server.url, headers, body)).toMatchObject({ ok: false, status });
    expect(server.connections()).toBe(0);
  });

  it.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'connection',
    'upgrade',
    'expect',
    'User-Agent',
    'Authorization',
    'Cookie',
    'Proxy-Authorization',
    'Sec-Fetch-Site',
    'X-Forwarded-For',
    'Metadata-Flavor',
    'X-aws-ec2-metadata-token',
  ])("refuses the header %s, which is not the program's to set", async (name) => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] });
    const headers = JSON.stringify({ [name]: '1' });
    expect(await call('request', 'GET', server.url, headers, '')).toMatchObject({
      ok: false,
      status: 'EACCESS',
    });
    expect(server.connections()).toBe(0);
  });

  it.each(['ok', 'constructor'])('takes %s for a header like any other', async (name) => {
    await using server = await startHttpServer((_, response) => response.end());
    const call = openHttp({ loopbackPorts: [server.port] });
    await call('request', 'GET', server.url, `{"${name}": "1"}`, '');
    expect(Object.entries(server.requests[0]?.headers ?? {})).toContainEqual([name, '1']);
  });

  it.each([
    [301, 'PUT'],
    [302, 'DELETE'],
    [307, 'PATCH'],
    [308, 'POST'],
  ])('does not send again what %i redirects of a %s', async (status, method) => {
    await using server = await startHttpServer((_, response) =>
      response.writeHead(status, { location: '/again' }).end(),
    );
    const call = openHttp({ loopbackPorts: [server.port] });
    expect(await call('request', method, server.url, '', '')).toMatchObject({ ok: false, status: 'EREMOTE' });
    expect(server.requests.length).toBe(1);
  });

  it('shows its headers to the origin that they were written for, and to no other', async () => {
    await using other = await startHttpServer((_, response) => response.end());
    await using server = await startHttpServer((request, response) => {
      const location = request.url === '/' ? '/here' : `${other.url}/there`;
      response.writeHead(302, { location }).end();
    });
    const call = openHttp({ loopbackPorts: [server.port, other.port] });
    await call('request', 'GET', server.url, '{"x-key": "1"}', '');
    expect(server.requests.map(({ headers }) => headers['x-key'])).toEqual(['1', '1']);
    expect(other.requests.map(({ url, headers }) => [url, headers['x-key']])).toEqual([
      ['/there', undefined],
    ]);
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
