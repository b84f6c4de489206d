import { once } from 'node:events';
import { GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { DISCORD_ERRORS } from './discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from './fake-discord.ts';

const MINUTE = 60_000;

let fake: FakeDiscord;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 22);
  fake = await createFakeDiscord({ now: () => now, rateLimit: { limit: 5, windowMs: MINUTE } });
});

afterEach(() => fake.stop());

async function call(method: string, path: string, body?: unknown, token: string = fake.token) {
  const headers = { authorization: `Bot ${token}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${fake.apiUrl}/v10${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

function post(content: string, more: object = {}) {
  return call('POST', `/channels/${fake.channelId}/messages`, { content, ...more });
}

async function register() {
  await call('PUT', `/applications/${fake.applicationId}/commands`, [{ name: 'ask', description: 'Ask' }]);
}

function refusal({ status, code, message }: (typeof DISCORD_ERRORS)[keyof typeof DISCORD_ERRORS]) {
  return { status, body: { code, message } };
}

describe('the REST API', () => {
  it("refuses a token that is not the bot's", async () => {
    expect(await call('GET', '/users/@me', undefined, 'other')).toMatchObject(
      refusal(DISCORD_ERRORS.unauthorized),
    );
    expect(await call('GET', '/users/@me')).toMatchObject({
      status: 200,
      body: { id: fake.bot.id, bot: true },
    });
  });

  it('refuses what Discord refuses to write', async () => {
    expect(await post(' ')).toMatchObject(refusal(DISCORD_ERRORS.emptyMessage));
    expect(await post('x'.repeat(2_001))).toMatchObject(refusal(DISCORD_ERRORS.invalidForm));
    expect(await post('x', { nonce: 'n'.repeat(26) })).toMatchObject(refusal(DISCORD_ERRORS.invalidForm));
    expect(await call('POST', '/channels/1/messages', { content: 'x' })).toMatchObject(
      refusal(DISCORD_ERRORS.unknownChannel),
    );
    expect(fake.messages(fake.channelId)).toEqual([]);
  });

  it('makes one message of a nonce only where it is to be enforced', async () => {
    const first = await post('one', { nonce: 'a', enforce_nonce: true });
    const again = await post('two', { nonce: 'a', enforce_nonce: true });
    await post('three', { nonce: 'a' });
    expect(again.body.id).toBe(first.body.id);
    expect(fake.messages(fake.channelId).map(({ content }) => content)).toEqual(['one', 'three']);
  });

  it('notifies everyone unless the message says otherwise', async () => {
    await post('@everyone');
    await post('@everyone', { allowed_mentions: { parse: ['users'] } });
    expect(fake.messages(fake.channelId).map(({ notifiedEveryone }) => notifiedEveryone)).toEqual([
      true,
      false,
    ]);
  });

  it('opens one thread for a message', async () => {
    const { id } = fake.say(fake.channelId, 'hello');
    const path = `/channels/${fake.channelId}/messages/${id}/threads`;
    expect(await call('POST', path, { name: 'x'.repeat(101) })).toMatchObject(
      refusal(DISCORD_ERRORS.invalidForm),
    );
    expect(await call('POST', path, { name: 'hello' })).toMatchObject({ status: 201, body: { id } });
    expect(await call('POST', path, { name: 'hello' })).toMatchObject(refusal(DISCORD_ERRORS.threadExists));
  });

  it('limits the rate and says so', async () => {
    const answers = [];
    for (let count = 0; count < 6; count += 1) answers.push(await post('x'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[5]?.headers.get('retry-after')).toBe('60');
    now += MINUTE;
    expect(await post('x')).toMatchObject({ status: 200 });
  });
});

describe('an interaction', () => {
  async function ask() {
    await register();
    const { id, token } = fake.slashAsk(fake.channelId, 'hello');
    return {
      defer: () => call('POST', `/interactions/${id}/${token}/callback`, { type: 5 }),
      edit: () =>
        call('PATCH', `/webhooks/${fake.applicationId}/${token}/messages/@original`, { content: 'done' }),
    };
  }

  it('cannot be made of a command that is not registered', () => {
    expect(() => fake.slashAsk(fake.channelId, 'hello')).toThrow('has not registered it');
  });

  it('shows as being thought about until the reply comes', async () => {
    const interaction = await ask();
    expect(await interaction.edit()).toMatchObject(refusal(DISCORD_ERRORS.unknownWebhook));
    expect(await interaction.defer()).toMatchObject({ status: 204 });
    expect(fake.messages(fake.channelId)).toMatchObject([{ isThinking: true, content: '' }]);
    expect(await interaction.edit()).toMatchObject({ status: 200 });
    expect(fake.messages(fake.channelId)).toMatchObject([{ isThinking: false, content: 'done' }]);
  });

  it('is acknowledged once', async () => {
    const interaction = await ask();
    await interaction.defer();
    expect(await interaction.defer()).toMatchObject(refusal(DISCORD_ERRORS.alreadyAcknowledged));
  });

  it('takes no first response after three seconds', async () => {
    const interaction = await ask();
    now += 3_001;
    expect(await interaction.defer()).toMatchObject(refusal(DISCORD_ERRORS.unknownInteraction));
  });

  it('takes no reply after a quarter of an hour', async () => {
    const interaction = await ask();
    await interaction.defer();
    now += 15 * MINUTE + 1;
    expect(await interaction.edit()).toMatchObject(refusal(DISCORD_ERRORS.invalidWebhookToken));
  });
});

describe('the gateway', () => {
  /** Logs in and gives the events that come, each with its sequence number. */
  async function connect(hello: object) {
    const socket = new WebSocket(fake.apiUrl.replace(/^http(.*)\/api$/, 'ws$1/?v=10&encoding=json'));
    const events: { t: string; s: number; d: { content?: string; session_id?: string } }[] = [];
    socket.on('message', (data) => events.push(JSON.parse(data.toString())));
    await once(socket, 'message');
    socket.send(JSON.stringify(hello));
    return { socket, events, named: (name: string) => events.filter(({ t }) => t === name) };
  }

  function identify(intents: number, token = fake.token) {
    return { op: GatewayOpcodes.Identify, d: { token, intents, properties: {} } };
  }

  async function closeCode(hello: object): Promise<number> {
    const { socket } = await connect(hello);
    const [code] = await once(socket, 'close');
    return code;
  }

  it("closes on a token that is not the bot's", async () => {
    expect(await closeCode(identify(0, 'other'))).toBe(4004);
  });

  it('closes on an intent that the portal has not switched on', async () => {
    expect(await closeCode(identify(GatewayIntentBits.MessageContent))).toBe(4014);
  });

  it('withholds the words of messages that are not for the bot', async () => {
    const { socket, named } = await connect(identify(GatewayIntentBits.GuildMessages));
    await fake.waitFor(() => fake.online === 1);
    fake.say(fake.channelId, 'among ourselves');
    fake.mention(fake.channelId, 'hello');
    while (named('MESSAGE_CREATE').length < 2) await once(socket, 'message');
    const contents = named('MESSAGE_CREATE').map(({ d }) => d.content);
    expect(contents).toEqual(['', `<@${fake.bot.id}> hello`]);
  });

  it('tells of no direct message without the intent', async () => {
    const { socket, named } = await connect(identify(GatewayIntentBits.GuildMessages));
    await fake.waitFor(() => fake.online === 1);
    fake.directMessage('hello');
    fake.mention(fake.channelId, 'later');
    while (named('MESSAGE_CREATE').length === 0) await once(socket, 'message');
    expect(named('MESSAGE_CREATE').map(({ d }) => d.content)).toEqual([`<@${fake.bot.id}> later`]);
  });

  it('gives what was missed to a session that is resumed', async () => {
    const first = await connect(identify(GatewayIntentBits.DirectMessages));
    while (first.named('GUILD_CREATE').length === 0) await once(first.socket, 'message');
    fake.disconnect();
    fake.directMessage('said meanwhile');
    const session_id = first.named('READY')[0]?.d.session_id;
    const second = await connect({ op: GatewayOpcodes.Resume, d: { token: fake.token, session_id, seq: 2 } });
    while (second.named('RESUMED').length === 0) await once(second.socket, 'message');
    expect(second.named('MESSAGE_CREATE').map(({ d }) => d.content)).toEqual(['said meanwhile']);
    expect(second.named('READY')).toEqual([]);
  });
});
