import { describe, expect, it } from 'vitest';
import { startWithMention } from './slack-fixture.ts';

describe('post', () => {
  it('answers in the thread, as Markdown, without previews, marked with the id', async () => {
    const { adapter, fake, message } = await startWithMention();
    const outcome = await adapter.post(message, { markdown: '**4** open issues' }, 'post-1');
    const [, answer] = fake.thread('C1', message.thread);
    expect(answer).toMatchObject({
      user: fake.botUserId,
      text: '**4** open issues',
      unfurls: false,
      metadata: { event_type: 'wattle_post', event_payload: { id: 'post-1' } },
    });
    const target = { platform: 'slack', workspace: fake.teamId, channel: 'C1', thread: message.thread };
    expect(outcome).toEqual({ ok: true, receipt: { target, messageId: answer?.ts } });
  });

  it('says what Slack refused, and sends nothing', async () => {
    const { adapter, fake, message } = await startWithMention();
    const elsewhere = { ...message, channel: 'C404' };
    expect(await adapter.post(elsewhere, { markdown: 'text' }, 'post-1')).toEqual({
      ok: false,
      kind: 'refused',
      message:
        'Slack refused chat.postMessage: channel_not_found (the channel does not exist, or the bot is not in it)',
    });
    const tooLong = await adapter.post(message, { markdown: 'x'.repeat(12_001) }, 'post-2');
    expect(tooLong).toMatchObject({ kind: 'refused', message: expect.stringContaining('msg_too_long') });
    expect(fake.thread('C1', message.thread)).toHaveLength(1);
  });

  it('tries again with an id that was refused', async () => {
    const { adapter, fake, message } = await startWithMention();
    fake.failNext('chat.postMessage', { error: 'restricted_action' });
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ kind: 'refused' });
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ ok: true });
    expect(fake.thread('C1', message.thread)).toHaveLength(2);
  });

  it.each([
    ['the connection breaks', { dropAfterAccept: true }],
    ['no answer comes', { stallAfterAccept: true }],
    ['Slack is not sure itself', { error: 'fatal_error' }],
    ['Slack breaks', { status: 503 }],
  ])('does not know the outcome when %s, and sends once', async (_name, fault) => {
    const { adapter, fake, message } = await startWithMention({ timeoutMs: 200 });
    fake.failNext('chat.postMessage', fault);
    const outcome = await adapter.post(message, { markdown: 'text' }, 'post-1');
    expect(outcome).toMatchObject({ ok: false, kind: 'unknown' });
    expect(fake.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  it.each([
    ['the connection broke after Slack took it', { dropAfterAccept: true }, 1],
    ['the connection broke before Slack took it', {}, 2],
    ['Slack answered with HTTP 500', { status: 500 }, 2],
    ['Slack answered with an internal error', { error: 'internal_error' }, 2],
  ])('finds or sends the same id exactly once when %s', async (_name, fault, sends) => {
    const { adapter, fake, message } = await startWithMention();
    fake.failNext('chat.postMessage', fault);
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ kind: 'unknown' });
    const again = await adapter.post(message, { markdown: 'text' }, 'post-1');
    const [, answer, ...more] = fake.thread('C1', message.thread);
    expect(answer?.text).toBe('text');
    expect(again).toMatchObject({ ok: true, receipt: { messageId: answer?.ts } });
    expect(more).toEqual([]);
    expect(fake.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(sends);
  });

  it('goes on looking and sending the same id until it is there', async () => {
    const { adapter, fake, message } = await startWithMention();
    for (const fault of [{ status: 500 }, {}, { dropAfterAccept: true }]) {
      fake.failNext('chat.postMessage', fault);
      expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ kind: 'unknown' });
    }
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ ok: true });
    expect(fake.thread('C1', message.thread)).toHaveLength(2);
  });

  it('still does not know the outcome when the rate limit keeps it from looking', async () => {
    const { adapter, fake, message } = await startWithMention({ rateLimitWaitMs: 0 });
    fake.failNext('chat.postMessage', { dropAfterAccept: true });
    fake.failNext('conversations.replies', { status: 429, retryAfter: 60 });
    await adapter.post(message, { markdown: 'text' }, 'post-1');
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ kind: 'unknown' });
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ ok: true });
    expect(fake.thread('C1', message.thread)).toHaveLength(2);
  });

  it('does not send again while it cannot look the post up', async () => {
    const { adapter, fake, message } = await startWithMention();
    fake.failNext('chat.postMessage', { dropAfterAccept: true });
    fake.failNext('conversations.replies', {
      error: 'missing_scope',
      fields: { needed: 'channels:history' },
    });
    await adapter.post(message, { markdown: 'text' }, 'post-1');
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('channels:history'),
    });
    expect(fake.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });

  it('waits as long as Slack asks when it posts too fast', async () => {
    const { adapter, fake, message, pauses } = await startWithMention();
    fake.failNext('chat.postMessage', { status: 429, retryAfter: 3 });
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ ok: true });
    expect(pauses).toEqual([3_000]);
    expect(fake.thread('C1', message.thread)).toHaveLength(2);
  });

  it('says when it may be tried again where Slack asks for a longer wait than it takes itself', async () => {
    const { adapter, fake, message, pauses } = await startWithMention({ rateLimitWaitMs: 5_000 });
    for (let time = 0; time < 2; time += 1) fake.failNext('chat.postMessage', { status: 429, retryAfter: 3 });
    const outcome = await adapter.post(message, { markdown: 'text' }, 'post-1');
    expect(outcome).toEqual({
      ok: false,
      kind: 'limited',
      message: 'Slack limits the rate of chat.postMessage for 3 s',
      retryAfterMs: 3_000,
    });
    expect(pauses).toEqual([3_000]);
    expect(await adapter.post(message, { markdown: 'text' }, 'post-1')).toMatchObject({ ok: true });
    expect(fake.thread('C1', message.thread)).toHaveLength(2);
  });
});

describe('edit', () => {
  it('changes the post', async () => {
    const { adapter, fake, message } = await startWithMention();
    const posted = await adapter.post(message, { markdown: 'before' }, 'post-1');
    if (!posted.ok) throw new Error(posted.message);
    expect(await adapter.edit(posted.receipt, { markdown: 'after <!here>' })).toEqual(posted);
    const [, answer] = fake.thread('C1', message.thread);
    expect(answer).toMatchObject({ text: 'after @\u200Bhere', edited: true, notifiesEveryone: false });
  });

  it('is repeated when its answer is lost, as that does no harm', async () => {
    const { adapter, fake, message } = await startWithMention();
    const posted = await adapter.post(message, { markdown: 'before' }, 'post-1');
    if (!posted.ok) throw new Error(posted.message);
    fake.failNext('chat.update', { dropAfterAccept: true });
    expect(await adapter.edit(posted.receipt, { markdown: 'after' })).toMatchObject({ ok: true });
  });

  it('says what Slack refused', async () => {
    const { adapter, message } = await startWithMention();
    const receipt = { target: message, messageId: '1.000001' };
    expect(await adapter.edit(receipt, { markdown: 'after' })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('message_not_found'),
    });
  });
});
