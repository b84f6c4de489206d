import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from './fake-slack.ts';

async function start(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const fake = await createFakeSlack(options);
  onTestFinished(() => fake.stop());
  return fake;
}

interface CallOptions {
  readonly token?: string;
  readonly json?: boolean;
}

async function call(fake: FakeSlack, method: string, args: object = {}, options: CallOptions = {}) {
  const { token = fake.botToken, json = true } = options;
  const fields = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${fake.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: json ? JSON.stringify(args) : new URLSearchParams(Object.fromEntries(fields)),
  });
  const answer: Record<string, unknown> = JSON.parse(await response.text());
  return answer;
}

async function openSocket(fake: FakeSlack): Promise<string> {
  const { url } = await call(fake, 'apps.connections.open', {}, { token: fake.appToken });
  if (typeof url !== 'string') throw new Error('expected an address');
  return url;
}

describe('the fake Web API', () => {
  it.each([true, false])('keeps posts and edits, sent as JSON: %s', async (json) => {
    const fake = await start();
    const question = fake.mention('C1', 'hello');
    const metadata = { event_type: 'test', event_payload: { id: '1' } };
    const place = { channel: 'C1', thread_ts: question.ts };
    const quiet = { unfurl_links: false, unfurl_media: false };
    const { ts } = await call(
      fake,
      'chat.postMessage',
      { ...place, ...quiet, markdown_text: '{"a": 1}', metadata },
      { json },
    );
    await call(fake, 'chat.update', { channel: 'C1', ts, text: '&lt;b&gt; <https://a.org|a>' }, { json });
    expect(fake.thread('C1', question.ts)).toMatchObject([
      { ts: question.ts, user: fake.personId, text: `<@${fake.botUserId}> hello` },
      { ts, user: fake.botUserId, metadata, unfurls: false, edited: true },
    ]);
    expect(fake.calls.map(({ method, error }) => [method, error])).toEqual([
      ['chat.postMessage', null],
      ['chat.update', null],
    ]);
  });

  it('shows metadata only when asked, page by page', async () => {
    const fake = await start();
    const { ts } = fake.mention('C1', 'hello');
    const metadata = { event_type: 'test', event_payload: {} };
    await call(fake, 'chat.postMessage', { channel: 'C1', thread_ts: ts, text: 'one', metadata });
    const bare = await call(fake, 'conversations.replies', { channel: 'C1', ts });
    expect(JSON.stringify(bare)).not.toContain('event_type');
    const page = { channel: 'C1', ts, limit: 1, cursor: '1', include_all_metadata: true };
    expect(await call(fake, 'conversations.replies', page, { json: false })).toMatchObject({
      messages: [{ text: 'one', metadata }],
      has_more: false,
    });
  });

  it.each([
    ['no token', 'auth.test', {}, { token: '' }, 'not_authed'],
    ['a wrong token', 'auth.test', {}, { token: 'xoxb-other' }, 'invalid_auth'],
    ['a bot token for a socket', 'apps.connections.open', {}, {}, 'not_allowed_token_type'],
    ['an unknown method', 'chat.shout', {}, {}, 'unknown_method'],
    [
      'a channel that does not exist',
      'chat.postMessage',
      { channel: 'C9', text: 'a' },
      {},
      'channel_not_found',
    ],
    ['a post without text', 'chat.postMessage', { channel: 'D0PERSON' }, {}, 'no_text'],
    [
      'two kinds of text',
      'chat.postMessage',
      { channel: 'D0PERSON', text: 'a', markdown_text: 'b' },
      {},
      'markdown_text_conflict',
    ],
    [
      'too much Markdown',
      'chat.postMessage',
      { channel: 'D0PERSON', markdown_text: 'x'.repeat(12_001) },
      {},
      'msg_too_long',
    ],
    [
      'a thread that does not exist',
      'chat.postMessage',
      { channel: 'D0PERSON', text: 'a', thread_ts: '1.1' },
      {},
      'thread_not_found',
    ],
    [
      'an edit of nothing',
      'chat.update',
      { channel: 'D0PERSON', ts: '1.1', text: 'a' },
      {},
      'message_not_found',
    ],
    [
      'a reaction to nothing',
      'reactions.add',
      { channel: 'C1', timestamp: '1.1', name: 'eyes' },
      {},
      'message_not_found',
    ],
  ])('refuses %s', async (_name, method, args, options, error) => {
    const fake = await start();
    expect(await call(fake, method, args, options)).toMatchObject({ ok: false, error });
    expect(fake.calls.at(-1)?.error).toBe(error);
  });

  it('asks for the scope of a method', async () => {
    const fake = await start({ scopes: ['im:history'] });
    const args = { channel: fake.dmChannel, text: 'a' };
    expect(await call(fake, 'chat.postMessage', args)).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'im:history',
    });
  });

  it('takes reactions and statuses', async () => {
    const fake = await start();
    const { channel, ts } = fake.directMessage('hello');
    const reaction = { channel, timestamp: ts, name: 'eyes' };
    expect(await call(fake, 'reactions.add', reaction)).toEqual({ ok: true });
    expect(await call(fake, 'reactions.add', reaction)).toMatchObject({ error: 'already_reacted' });
    const status = { channel_id: channel, thread_ts: ts, status: 'thinking' };
    expect(await call(fake, 'assistant.threads.setStatus', status)).toEqual({ ok: true });
    expect(fake.thread(channel, ts)).toMatchObject([{ reactions: ['eyes'] }]);
  });

  it('fails as told, once for each time', async () => {
    const fake = await start();
    fake.failNext('auth.test', { status: 429, retryAfter: 7 });
    fake.failNext('auth.test', { error: 'fatal_error' });
    const first = await fetch(`${fake.apiUrl}auth.test`, { method: 'POST' });
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await call(fake, 'auth.test')).toEqual({ ok: false, error: 'fatal_error' });
    expect(await call(fake, 'auth.test')).toMatchObject({ ok: true });
  });

  it('carries a call out before it loses the answer', async () => {
    const fake = await start();
    const { channel, ts } = fake.directMessage('hello');
    fake.failNext('chat.postMessage', { dropAfterAccept: true });
    await expect(call(fake, 'chat.postMessage', { channel, thread_ts: ts, text: 'a' })).rejects.toThrow();
    expect(fake.thread(channel, ts)).toHaveLength(2);
  });
});

describe('the fake Socket Mode', () => {
  it('opens one socket for a ticket', async () => {
    const fake = await start();
    const url = await openSocket(fake);
    const first = new WebSocket(url);
    await once(first, 'open');
    const second = new WebSocket(url);
    const refusal = await once(second, 'open').catch((error: unknown) => error);
    expect(String(refusal)).toContain('401');
    first.terminate();
    await fake.waitFor(() => fake.connections === 0);
  });

  it('delivers again what was not acknowledged', async () => {
    const fake = await start();
    const { envelopes } = fake.directMessage('hello');
    const silent = new WebSocket(await openSocket(fake));
    await once(silent, 'open');
    silent.terminate();
    await fake.waitFor(() => fake.connections === 0);
    const client = new WebSocket(await openSocket(fake));
    const attempts: unknown[] = [];
    client.on('message', (data) => {
      const message: { readonly envelope_id?: string; readonly retry_attempt?: number } = JSON.parse(
        String(data),
      );
      if (message.envelope_id === undefined) return;
      attempts.push(message.retry_attempt);
      client.send(JSON.stringify({ envelope_id: message.envelope_id }));
    });
    await fake.waitFor(() => envelopes[0]?.ackedAt);
    expect(attempts).toEqual([1]);
    expect(envelopes[0]?.sentAt).toHaveLength(2);
  });
});

describe('waitFor', () => {
  it('says what did not happen', async () => {
    const fake = await start();
    const waiting = fake.waitFor(() => fake.calls.length > 0, { what: 'a call', timeoutMs: 20 });
    await expect(waiting).rejects.toThrow('a call did not happen within 20 ms');
  });

  it('hands on what its function throws', async () => {
    const fake = await start();
    const waiting = fake.waitFor(() => {
      throw new Error('wrong');
    });
    await expect(waiting).rejects.toThrow('wrong');
  });
});
