import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WattleError } from '../../../src/errors.ts';
import { DISCORD_ERRORS } from '../../fakes/discord/discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { type ConnectedBot, connectBot } from './connected-bot.ts';

const RESTARTING = 'I am restarting. Please ask again in a minute.';

let fake: FakeDiscord;
let bot: ConnectedBot;

async function connectRefusing(refusal: Error): Promise<void> {
  bot = await connectBot(fake, { refusal });
}

/** What the bot wrote in a channel, thread or direct message, once it wrote something. */
function told(channelId: string): Promise<readonly string[]> {
  return fake.waitFor(() => {
    const said = fake.messages(channelId).filter(({ author }) => author.id === fake.bot.id);
    return said.length > 0 && said.map(({ content }) => content);
  });
}

beforeEach(async () => {
  fake = await createFakeDiscord();
});

afterEach(() => bot.close());

describe('a message that comes while the host stops', () => {
  beforeEach(() => connectRefusing(new WattleError('STOPPED', 'the host is stopping')));

  it('is answered in the direct conversation with what to do', async () => {
    fake.directMessage('are you there?');
    expect(await told(fake.dmId)).toEqual([RESTARTING]);
  });

  it('is answered in the thread of a mention', async () => {
    const said = fake.mention(fake.channelId, 'are you there?');
    expect(await told(said.id)).toEqual([RESTARTING]);
  });

  it('is answered in the thread of a command', async () => {
    fake.slashAsk(fake.channelId, 'are you there?');
    const thread = await fake.waitFor(() => fake.threads(fake.channelId)[0]);
    expect(await told(thread.id)).toEqual([RESTARTING]);
    expect(fake.messages(fake.channelId)).toMatchObject([{ content: '> are you there?', isThinking: false }]);
  });

  it('is one line for the operator', async () => {
    const { id } = fake.directMessage('are you there?');
    await told(fake.dmId);
    expect(bot.log.lines.filter(({ level }) => level !== 'debug')).toEqual([
      {
        level: 'warn',
        fields: { channel: fake.dmId, message: id, reason: 'WattleError: the host is stopping' },
        message: 'a message was not taken',
      },
    ]);
  });
});

describe('a message that the host cannot take', () => {
  it('is answered with what to do when it cannot be stored', async () => {
    await connectRefusing(new WattleError('STORE_FAILED', 'the database is locked'));
    fake.directMessage('remember this');
    expect(await told(fake.dmId)).toEqual(['I could not take your message. Please ask again in a minute.']);
  });

  it('is an error in the log when the reason is a bug', async () => {
    await connectRefusing(new TypeError('undefined is no function'));
    fake.directMessage('remember this');
    await told(fake.dmId);
    expect(bot.log.texts()).toContain('error a message was not taken');
  });

  it('is logged when the person cannot be told', async () => {
    await connectRefusing(new WattleError('STORE_FAILED', 'the database is locked'));
    const refusal = { kind: 'refuse', error: DISCORD_ERRORS.missingPermissions } as const;
    fake.failNext('POST /channels/:channel/messages', refusal);
    fake.directMessage('remember this');
    const line = await bot.log.logged('nobody could be told of a message not taken');
    expect(line).toMatchObject({ fields: { reason: 'Discord refused it: Missing Permissions (50013)' } });
  });
});
