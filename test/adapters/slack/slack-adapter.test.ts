import { describe, expect, it } from 'vitest';
import { WattleError } from '../../../src/errors.ts';
import type { RecordingLog } from '../../fakes/recording-log.ts';
import type { Sent } from '../../fakes/slack/fake-slack.ts';
import { createFixture, startFixture } from './slack-fixture.ts';

function isAcknowledged({ envelopes }: Sent): boolean {
  return envelopes.every(({ ackedAt }) => ackedAt !== null);
}

/** What an operator sees at the usual level. */
function operatorLines(log: RecordingLog): readonly string[] {
  return log.texts().filter((text) => !text.startsWith('debug '));
}

describe('incoming messages', () => {
  it('hands on a mention, decoded, and acknowledges it at once', async () => {
    const { fake, messages } = await startFixture();
    const sent = fake.mention('C1', '@use http_get("http://127.0.0.1:8080/a?b=1&c=2") <now>');
    await fake.waitFor(() => isAcknowledged(sent));
    expect(messages).toMatchObject([
      {
        platform: 'slack',
        workspace: fake.teamId,
        channel: 'C1',
        thread: sent.ts,
        id: sent.ts,
        author: { id: fake.personId },
        text: '@use http_get("http://127.0.0.1:8080/a?b=1&c=2") <now>',
      },
    ]);
    const [envelope] = sent.envelopes;
    expect((envelope?.ackedAt ?? Infinity) - (envelope?.sentAt[0] ?? 0)).toBeLessThan(3_000);
  });

  it('hands on direct messages and their threads', async () => {
    const { fake, messages } = await startFixture();
    const first = fake.directMessage('hello');
    const second = fake.directMessage('and?', { threadTs: first.ts });
    await fake.waitFor(() => isAcknowledged(first) && isAcknowledged(second));
    expect(messages.map(({ channel, thread, text }) => [channel, thread, text])).toEqual([
      [fake.dmChannel, first.ts, 'hello'],
      [fake.dmChannel, first.ts, 'and?'],
    ]);
  });

  it('continues the thread of a channel with a mention in it', async () => {
    const { fake, messages } = await startFixture();
    const first = fake.mention('C1', 'one');
    const second = fake.mention('C1', 'two', { threadTs: first.ts });
    await fake.waitFor(() => isAcknowledged(second));
    expect(messages.map(({ thread }) => thread)).toEqual([first.ts, first.ts]);
  });

  it('makes one message of a mention that arrives as a message too', async () => {
    const { fake, messages } = await startFixture({ slack: { channelMessages: true } });
    const sent = fake.mention('C1', 'hello');
    await fake.waitFor(() => isAcknowledged(sent));
    expect(sent.envelopes).toHaveLength(2);
    expect(messages.map(({ id }) => id)).toEqual([sent.ts]);
  });

  it('ignores what is not said to the bot, and what the bot says', async () => {
    const { fake, adapter, messages } = await startFixture({ slack: { channelMessages: true } });
    const sent = [fake.say('C1', 'lunch?'), fake.sayAsBot(fake.dmChannel, 'an echo')];
    const question = fake.directMessage('question');
    await fake.waitFor(() => [...sent, question].every(isAcknowledged));
    const [message] = messages;
    if (message === undefined) throw new Error('expected the question');
    await adapter.post(message, { markdown: 'answer' }, 'post-1');
    await fake.waitFor(
      () => fake.envelopes.length === 4 && fake.envelopes.every(({ ackedAt }) => ackedAt !== null),
    );
    expect(messages.map(({ text }) => text)).toEqual(['question']);
  });

  it('gives a message that Slack delivers again the same id', async () => {
    const { fake, messages } = await startFixture();
    const sent = fake.mention('C1', 'hello');
    await fake.waitFor(() => isAcknowledged(sent));
    fake.redeliver(sent.envelopes[0]);
    await fake.waitFor(() => messages.length === 2);
    expect(messages.map(({ id }) => id)).toEqual([sent.ts, sent.ts]);
  });

  it('leaves a message that the host could not take unacknowledged, so that it comes again', async () => {
    const { fake, adapter, handlers, messages, log } = await createFixture();
    let broken = true;
    await adapter.start({
      ...handlers,
      onMessage: (message) => {
        if (broken) throw new WattleError('STORE_FAILED', 'the ledger cannot be written');
        handlers.onMessage(message);
      },
    });
    const lost = fake.mention('C1', 'lost');
    const later = fake.dispatch({ type: 'reaction_added', event_ts: '1.0' });
    await fake.waitFor(() => later.ackedAt);
    expect(isAcknowledged(lost)).toBe(false);
    expect(operatorLines(log)).toEqual(['warn a message was not taken; Slack will deliver it again']);
    broken = false;
    fake.redeliver();
    await fake.waitFor(() => isAcknowledged(lost));
    expect(messages.map(({ text }) => text)).toEqual(['lost']);
  });

  it('leaves a message that comes while the host stops to the process after it', async () => {
    const { fake, adapter, handlers, log } = await createFixture();
    const onMessage = () => {
      throw new WattleError('STOPPED', 'the host is stopping');
    };
    await adapter.start({ ...handlers, onMessage });
    const late = fake.mention('C1', 'said while it stopped');
    await log.logged('a message was not taken; Slack will deliver it again');
    await adapter.stop();
    expect(isAcknowledged(late)).toBe(false);
    const next = await createFixture({ apiUrl: fake.apiUrl });
    await next.adapter.start(next.handlers);
    await fake.waitFor(() => isAcknowledged(late));
    expect(next.messages.map(({ text }) => text)).toEqual(['said while it stopped']);
  });
});

describe('the connection', () => {
  it.each(['refreshSockets', 'cutSockets'] as const)(
    'is made again after %s, and misses nothing',
    async (end) => {
      const { fake, messages, log } = await startFixture();
      fake[end]();
      await fake.waitFor(() => fake.connections === 0);
      const sent = fake.mention('C1', 'said meanwhile');
      await fake.waitFor(() => isAcknowledged(sent));
      expect(fake.connections).toBe(1);
      expect(messages.map(({ text }) => text)).toEqual(['said meanwhile']);
      expect(operatorLines(log)).toEqual(['info connected to Slack again']);
    },
  );

  it('is tried again, more and more slowly, while Slack refuses', async () => {
    const { fake, pauses } = await startFixture();
    for (let time = 0; time < 3; time += 1)
      fake.failNext('apps.connections.open', { error: 'internal_error' });
    fake.cutSockets();
    await fake.waitFor(() => fake.connections === 0);
    await fake.waitFor(() => fake.connections === 1);
    expect(pauses).toEqual([0, 500, 1_000, 2_000]);
  });
});

describe('start', () => {
  it('is connected when it resolves', async () => {
    const { fake } = await startFixture();
    expect(fake.connections).toBe(1);
  });

  it.each([
    ['a bot token that is not valid', { botToken: 'xoxb-wrong' }, /invalid_auth .*SLACK_BOT_TOKEN/],
    ['an app token that is not valid', { appToken: 'xapp-wrong' }, /invalid_auth .*SLACK_APP_TOKEN/],
    ['no bot token', { botToken: '' }, /not_authed .*SLACK_BOT_TOKEN/],
    ['a missing scope', { slack: { scopes: ['im:history', 'chat:write'] } }, /lacks app_mentions:read \(/],
  ])('is refused with %s', async (_name, overrides, message) => {
    const { adapter, handlers, fake } = await createFixture(overrides);
    const failure = await adapter.start(handlers).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WattleError);
    expect(failure).toMatchObject({ code: 'PLATFORM_REFUSED', message: expect.stringMatching(message) });
    expect(fake.connections).toBe(0);
  });

  it('is refused with the tokens mixed up', async () => {
    const { adapter, handlers } = await createFixture({
      botToken: 'xapp-1-fake-app-token',
      appToken: 'xoxb-fake-bot-token',
    });
    await expect(adapter.start(handlers)).rejects.toMatchObject({
      code: 'PLATFORM_REFUSED',
      message: expect.stringContaining('not_allowed_token_type'),
    });
  });

  it('warns of a missing scope that it can do without', async () => {
    const scopes = ['app_mentions:read', 'im:history', 'chat:write'];
    const { log } = await startFixture({ slack: { scopes } });
    expect(log.texts().join()).toContain('warn the Slack bot token lacks channels:history');
  });

  it('cannot reach a Slack that is not there', async () => {
    const { adapter, handlers, fake, log } = await createFixture();
    await fake.stop();
    await expect(adapter.start(handlers)).rejects.toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(operatorLines(log)).toEqual([]);
  });

  it('gives up on a socket that does not greet', async () => {
    const { adapter, handlers } = await createFixture({ slack: { greets: false }, connectTimeoutMs: 50 });
    await expect(adapter.start(handlers)).rejects.toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
      message: expect.stringContaining('within 50 ms'),
    });
  });

  it('is possible once at a time, and again after a failure or a stop', async () => {
    const { adapter, handlers, fake } = await createFixture();
    fake.failNext('auth.test', { error: 'invalid_auth' });
    await expect(adapter.start(handlers)).rejects.toThrow('invalid_auth');
    await adapter.start(handlers);
    await expect(adapter.start(handlers)).rejects.toMatchObject({ code: 'INTERNAL' });
    await adapter.stop();
    await adapter.start(handlers);
    expect(fake.connections).toBe(1);
  });

  it('puts no token into its errors and logs', async () => {
    const { adapter, handlers, log } = await createFixture({ botToken: 'xoxb-wrong' });
    const failure = await adapter.start(handlers).catch((error: unknown) => String(error));
    expect([failure, ...log.texts()].join()).not.toMatch(/xoxb|xapp/);
  });
});

describe('stop', () => {
  it('closes the socket, and twice does nothing more', async () => {
    const { fake, adapter } = await startFixture();
    await adapter.stop();
    await adapter.stop();
    await fake.waitFor(() => fake.connections === 0);
  });

  it('hands on nothing from its first moment on, and leaves it to the next start', async () => {
    const { fake, adapter, handlers, messages } = await startFixture();
    const stopped = adapter.stop();
    const late = fake.mention('C1', 'late');
    await stopped;
    expect(messages).toEqual([]);
    expect(isAcknowledged(late)).toBe(false);
    await adapter.start(handlers);
    await fake.waitFor(() => isAcknowledged(late));
    expect(messages.map(({ text }) => text)).toEqual(['late']);
  });

  it('acknowledges no message that was on its way to the host', async () => {
    const { fake, adapter, handlers, messages } = await createFixture();
    await adapter.start({
      ...handlers,
      onMessage: (message) => {
        handlers.onMessage(message);
        void adapter.stop();
      },
    });
    fake.mention('C1', 'one');
    const onItsWay = fake.mention('C1', 'two');
    await fake.waitFor(() => fake.connections === 0);
    expect(messages.map(({ text }) => text)).toEqual(['one']);
    expect(isAcknowledged(onItsWay)).toBe(false);
  });

  it('ends a start that is under way', async () => {
    const { adapter, handlers, fake } = await createFixture();
    const started = expect(adapter.start(handlers)).rejects.toMatchObject({ code: 'STOPPED' });
    await adapter.stop();
    await started;
    expect(fake.connections).toBe(0);
  });

  it('ends a start that waits for the greeting', async () => {
    const { adapter, handlers, fake } = await createFixture({ slack: { greets: false } });
    const started = expect(adapter.start(handlers)).rejects.toMatchObject({ code: 'STOPPED' });
    await fake.waitFor(
      () => fake.calls.filter(({ method }) => method === 'apps.connections.open').length === 2,
    );
    await adapter.stop();
    await started;
  });
});
