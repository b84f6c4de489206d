import { GatewayCloseCodes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDiscordAdapter,
  type DiscordAdapterOptions,
} from '../../../adapters/discord/discord-adapter.ts';
import type { Adapter } from '../../../src/chat/adapter.ts';
import { WattleError } from '../../../src/errors.ts';
import { DISCORD_ERRORS } from '../../fakes/discord/discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { type ConnectedBot, connectBot, createBot } from './connected-bot.ts';

const HANDLERS = { onMessage: () => undefined, onAction: () => undefined };

let fake: FakeDiscord;

beforeEach(async () => {
  fake = await createFakeDiscord();
});

afterEach(() => fake.stop());

function createAdapter(options: Partial<DiscordAdapterOptions> = {}): Adapter {
  const log = createRecordingLog();
  return createDiscordAdapter({ token: fake.token, apiUrl: fake.apiUrl, log, ...options });
}

async function startError(adapter: Adapter): Promise<WattleError> {
  try {
    await adapter.start(HANDLERS);
  } catch (error) {
    if (error instanceof WattleError) return error;
    throw error;
  }
  throw new Error('expected the start to fail');
}

describe('start', () => {
  it('resolves when the bot is online and /ask is registered', async () => {
    const adapter = createAdapter();
    await adapter.start(HANDLERS);
    expect(fake.online).toBe(1);
    expect(fake.commands).toMatchObject([
      { name: 'ask', options: [{ name: 'text', required: true }], contexts: [0, 1] },
    ]);
    await adapter.stop();
  });

  it.each(['', '/', '/v10', '/v10/'])('takes the address of the API with "%s" at its end', async (end) => {
    const adapter = createAdapter({ apiUrl: `${fake.apiUrl}${end}` });
    await adapter.start(HANDLERS);
    expect(fake.online).toBe(1);
    await adapter.stop();
  });

  it('is refused a second time', async () => {
    const adapter = createAdapter();
    await adapter.start(HANDLERS);
    expect(await startError(adapter)).toMatchObject({ code: 'INTERNAL' });
    await adapter.stop();
  });

  it('can be done again after a stop', async () => {
    const adapter = createAdapter();
    await adapter.start(HANDLERS);
    await adapter.stop();
    await adapter.start(HANDLERS);
    expect(fake.online).toBe(1);
    await adapter.stop();
  });

  it('leaves what went wrong to the error that it rejects with', async () => {
    const log = createRecordingLog();
    fake.refuseNextLogin(GatewayCloseCodes.AuthenticationFailed);
    await startError(createAdapter({ log }));
    const { apiUrl } = fake;
    await fake.stop();
    await startError(createAdapter({ log, apiUrl }));
    expect(log.texts()).toEqual([]);
  });

  it.each(['other.fake.token', ''])('says what to do about the unknown token "%s"', async (token) => {
    const error = await startError(createAdapter({ token }));
    expect(error).toMatchObject({
      code: 'PLATFORM_REFUSED',
      message: expect.stringContaining('DISCORD_TOKEN'),
    });
    expect(error.message).not.toContain('other.fake');
    expect(fake.online).toBe(0);
  });

  it('says what to do when the gateway does not know the token', async () => {
    fake.refuseNextLogin(GatewayCloseCodes.AuthenticationFailed);
    expect(await startError(createAdapter())).toMatchObject({
      code: 'PLATFORM_REFUSED',
      message: expect.stringContaining('DISCORD_TOKEN'),
    });
  });

  it('says where to look when Discord does not allow the intents', async () => {
    fake.refuseNextLogin(GatewayCloseCodes.DisallowedIntents);
    expect(await startError(createAdapter())).toMatchObject({
      code: 'PLATFORM_REFUSED',
      message: expect.stringContaining('Privileged Gateway Intents'),
    });
  });

  it('fails when the command cannot be registered', async () => {
    const refusal = { kind: 'refuse', error: DISCORD_ERRORS.missingAccess } as const;
    fake.failNext('PUT /applications/:application/commands', refusal);
    expect(await startError(createAdapter())).toMatchObject({
      code: 'PLATFORM_REFUSED',
      message: expect.stringContaining('/ask'),
    });
    await fake.waitFor(() => fake.online === 0);
  });

  it('fails when nothing listens at the address', async () => {
    const { apiUrl } = fake;
    await fake.stop();
    expect(await startError(createAdapter({ apiUrl }))).toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
      message: expect.stringContaining(apiUrl),
    });
  });

  it('fails when the gateway does not answer in time', async () => {
    fake.silenceGateway();
    expect(await startError(createAdapter({ startTimeoutMs: 100 }))).toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
      message: expect.stringContaining('the login took too long'),
    });
  });

  it('fails as stopped when it is stopped meanwhile', async () => {
    fake.silenceGateway();
    const adapter = createAdapter();
    const failure = startError(adapter);
    await fake.waitFor(() => fake.calls.length > 0);
    await adapter.stop();
    expect(await failure).toMatchObject({ code: 'STOPPED' });
  });
});

describe('a broken connection', () => {
  let bot: ConnectedBot;

  beforeEach(async () => {
    bot = await connectBot(fake);
  });

  afterEach(() => bot.close());

  it('loses no message', async () => {
    fake.disconnect();
    fake.directMessage('said meanwhile');
    expect(await bot.next()).toMatchObject({ text: 'said meanwhile' });
    expect(fake.calls.filter(({ route }) => route === 'GET /gateway/bot')).toHaveLength(1);
  });

  it('that is made again is one line for the operator', async () => {
    fake.disconnect();
    await bot.log.logged('connected to Discord again');
    expect(bot.log.texts().filter((text) => !text.startsWith('debug '))).toEqual([
      'info connected to Discord again',
    ]);
  });

  it('for good is logged', async () => {
    fake.disconnect(GatewayCloseCodes.AuthenticationFailed);
    expect(await bot.log.logged('Discord closed the connection for good')).toMatchObject({
      level: 'error',
      fields: { code: GatewayCloseCodes.AuthenticationFailed },
    });
  });
});

describe('stop', () => {
  it('takes the bot offline, and is idempotent', async () => {
    const bot = await connectBot(fake);
    await Promise.all([bot.adapter.stop(), bot.adapter.stop()]);
    await fake.waitFor(() => fake.online === 0);
    await expect(bot.adapter.stop()).resolves.toBeUndefined();
  });

  it('delivers nothing from its first moment on', async () => {
    const bot = await connectBot(fake);
    fake.failNext('POST /interactions/:interaction/:token/callback', { kind: 'hang' });
    fake.slashAsk(fake.channelId, 'being taken in');
    await fake.waitFor(() => fake.calls.length === 3);
    const stopping = bot.adapter.stop();
    fake.directMessage('too late');
    await stopping;
    expect(bot.messages).toEqual([]);
  });

  it('keeps a connection that is being made again from coming back', async () => {
    const [one, other] = [await connectBot(fake), await connectBot(fake)];
    fake.disconnect();
    await one.log.logged('the connection to Discord was lost');
    await one.adapter.stop();
    await other.log.logged('connected to Discord again');
    // The other began to wait after this one, so this one's turn has come and gone.
    fake.directMessage('hello');
    await other.next();
    expect(fake.online).toBe(1);
    await other.adapter.stop();
  });

  it('does nothing before the start', async () => {
    const bot = await createBot(fake);
    await bot.adapter.stop();
    expect(fake.calls).toEqual([]);
  });
});
