import { describe, expect, it } from 'vitest';
import { createCredentials } from '../../src/capabilities/http-credentials.ts';
import type { Target } from '../../src/capabilities/url-policy.ts';
import { openHttp, scriptedResolver, startHttpServer, type TestServer } from './http-server.ts';

const TOKEN = 'Bearer tok-1234567890';

const withToken = (server: TestServer, ...others: TestServer[]) =>
  openHttp({
    allow: ['*'],
    loopbackPorts: [server, ...others].map(({ port }) => port),
    credentials: [{ host: `127.0.0.1:${server.port}`, headers: { Authorization: TOKEN } }],
    resolve: scriptedResolver({ 'api.example.com': [['127.0.0.1']] }).resolve,
  });

const sentTo = (server: TestServer) => server.requests.map(({ headers }) => headers.authorization);

describe('credentials', () => {
  it('are added for their host, whatever function asks', async () => {
    await using server = await startHttpServer((_, response) => response.end('{}'));
    const call = withToken(server);
    await call('get', server.url);
    await call('status', server.url);
    await call('post_json', server.url, '{}');
    await call('request', 'DELETE', server.url, '', '');
    expect(sentTo(server)).toEqual([TOKEN, TOKEN, TOKEN, TOKEN]);
  });

  it('do not go to another port or to the same machine by another name', async () => {
    await using server = await startHttpServer((_, response) => response.end());
    await using other = await startHttpServer((_, response) => response.end());
    const call = withToken(server, other);
    await call('get', other.url);
    await call('get', `http://api.example.com:${server.port}/`);
    expect([...sentTo(other), ...sentTo(server)]).toEqual([undefined, undefined]);
  });

  it('go along with a redirect on the same origin and stop at any other', async () => {
    await using other = await startHttpServer((request, response) => {
      const location = request.url === '/back' ? `${server.url}/end` : `${other.url}/back`;
      response.writeHead(302, { location }).end();
    });
    await using server = await startHttpServer((request, response) => {
      const location = request.url === '/' ? '/here' : `${other.url}/there`;
      if (request.url === '/end') response.end('end');
      else response.writeHead(302, { location }).end();
    });
    const call = openHttp({
      loopbackPorts: [server.port, other.port],
      credentials: [server, other].map(({ port }) => ({
        host: `127.0.0.1:${port}`,
        headers: { authorization: `Bearer of port ${port}` },
      })),
      maxRedirects: 5,
    });
    expect(await call('get', server.url)).toEqual({ ok: true, value: 'end' });
    const own = `Bearer of port ${server.port}`;
    expect(sentTo(server)).toEqual([own, own, undefined]);
    expect(sentTo(other)).toEqual([undefined, undefined]);
  });

  it.each([
    ['its body', (authorization: string) => ({ body: `you sent ${authorization}` })],
    [
      'its body without the scheme',
      (authorization: string) => ({ body: authorization.slice('Bearer '.length) }),
    ],
    ['a header', (authorization: string) => ({ header: authorization })],
  ])('withhold an answer that sends them back in %s', async (_, answerOf) => {
    await using server = await startHttpServer((request, response) => {
      const answer: { body?: string; header?: string } = answerOf(request.headers.authorization ?? '');
      response.setHeader('x-echo', answer.header ?? 'none').end(answer.body);
    });
    const answer = await withToken(server)('request', 'GET', server.url, '', '');
    expect(answer).toMatchObject({ ok: false, status: 'EACCESS' });
    expect(JSON.stringify(answer)).not.toContain('tok-');
  });
});

describe('createCredentials', () => {
  const target = (text: string): Target => {
    const url = new URL(text);
    const secure = url.protocol === 'https:';
    return { url, host: url.hostname, port: 0, secure, local: url.hostname === '127.0.0.1' };
  };
  const { headersFor } = createCredentials([
    { host: 'API.example.com', headers: { 'X-Key': 'a' } },
    { host: '127.0.0.1', headers: { 'x-key': 'b' } },
  ]);

  it.each([
    ['https://api.example.com/x', { 'x-key': 'a' }],
    ['https://api.example.com:443/', { 'x-key': 'a' }],
    ['https://api.example.com:8443/', {}],
    ['http://api.example.com/', {}],
    ['https://sub.api.example.com/', {}],
    ['https://example.com/', {}],
    ['http://127.0.0.1/', { 'x-key': 'b' }],
  ])('gives for %s the headers %j', (url, headers) => {
    expect(headersFor(target(url))).toEqual(headers);
  });

  it.each([['*.example.com'], ['https://example.com'], ['user@example.com'], [''], ['a b']])(
    'refuses the host %j',
    (host) => {
      expect(() => createCredentials([{ host, headers: {} }])).toThrow(/HTTP_CREDENTIALS: expected a host/);
    },
  );

  it.each([
    ['Host', 'example.com'],
    ['x key', 'secret-value'],
    ['x-key', 'secret-value\r\nx: 1'],
    ['x-key', ''],
  ])('refuses the header %j and does not show its value', (name, value) => {
    const create = () => createCredentials([{ host: 'example.com', headers: { [name]: value } }]);
    expect(create).toThrow(/HTTP_CREDENTIALS: expected a header/);
    expect(create).not.toThrow(/secret-value/);
  });
});
