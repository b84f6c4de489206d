import { ChannelType, type PermissionsString } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { threadKey } from '../../../src/chat/message.ts';
import { DISCORD_ERRORS } from '../../fakes/discord/discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { type ConnectedBot, connectBot } from './connected-bot.ts';

const CALLBACK = 'POST /interactions/:interaction/:token/callback';
const EDIT_REPLY = 'PATCH /webhooks/:application/:token/messages/:message';
const START_THREAD = 'POST /channels/:channel/messages/:message/threads';

let fake: FakeDiscord;
let bot: ConnectedBot;

beforeEach(async () => {
  fake = await createFakeDiscord();
  bot = await connectBot(fake);
});

afterEach(() => bot.close());

function channelWithout(...forbids: PermissionsString[]): string {
  return fake.addChannel({ type: ChannelType.GuildText, name: 'quiet', forbids }).id;
}

/** The routes of the requests made since the login. */
function routes(): readonly string[] {
  return fake.calls.slice(2).map(({ route }) => route);
}

describe('/ask in a guild channel', () => {
  it('is acknowledged before anything else, in time', async () => {
    const interaction = fake.slashAsk(fake.channelId, 'how warm is it?');
    await bot.next();
    expect(routes()).toEqual([CALLBACK, EDIT_REPLY, START_THREAD]);
    expect(interaction.firstResponseMs).toBeLessThan(3_000);
  });

  it('shows as being thought about until the question is shown in its place', async () => {
    fake.failNext(EDIT_REPLY, { kind: 'hang' });
    fake.slashAsk(fake.channelId, 'how warm is it?');
    await fake.waitFor(() => fake.messages(fake.channelId)[0]?.isThinking);
  });

  it('opens a thread for the question and names it after it', async () => {
    const interaction = fake.slashAsk(fake.channelId, 'how warm\nis it?');
    const message = await bot.next();
    const [thread] = fake.threads(fake.channelId);
    expect(message).toEqual({
      platform: 'discord',
      workspace: fake.guildId,
      channel: fake.channelId,
      thread: thread?.id,
      id: interaction.id,
      author: { id: fake.person.id, name: 'Ada' },
      text: 'how warm\nis it?',
      sentAt: interaction.createdAt,
    });
    expect(thread?.name).toBe('how warm is it?');
    expect(fake.messages(fake.channelId)).toMatchObject([
      { content: '> how warm\n> is it?', threadId: thread?.id, isThinking: false, hasPreviews: false },
    ]);
  });

  it('notifies nobody by showing the question', async () => {
    fake.slashAsk(fake.channelId, 'tell @everyone');
    await bot.next();
    expect(fake.messages(fake.channelId)).toMatchObject([{ notifiedEveryone: false }]);
  });

  it('takes the channel for the thread where the bot may open none', async () => {
    const channelId = channelWithout('CreatePublicThreads');
    fake.slashAsk(channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ channel: channelId, thread: channelId });
    expect(fake.messages(channelId).map(({ content }) => content)).toEqual(['> how warm is it?']);
  });

  it('takes the channel for the thread where there can be none', async () => {
    const { id } = fake.addChannel({ type: ChannelType.GuildVoice, name: 'voice' });
    fake.slashAsk(id, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ channel: id, thread: id });
  });

  it('tells the person which permission is missing where the bot may not speak, and asks nobody else', async () => {
    const channelId = channelWithout('SendMessages', 'CreatePublicThreads');
    fake.slashAsk(channelId, 'how warm is it?');
    const told = await fake.waitFor(() => fake.messages(channelId).find(({ isThinking }) => !isThinking));
    expect(told.content).toContain('I need the permission Send Messages');
    fake.slashAsk(fake.channelId, 'and here?');
    expect(await bot.next()).toMatchObject({ text: 'and here?' });
  });
});

describe('/ask without a question', () => {
  it.each(['', '  \n '])('is answered at once, and asks nobody else', async (blank) => {
    fake.slashAsk(fake.channelId, blank);
    const told = await fake.waitFor(() =>
      fake.messages(fake.channelId).find(({ isThinking }) => !isThinking),
    );
    expect(told.content).toBe('I see no question. Please write it after `/ask`.');
    fake.slashAsk(fake.channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ text: 'how warm is it?' });
    expect(fake.threads(fake.channelId)).toHaveLength(1);
  });
});

describe('/ask whose interaction has expired', () => {
  it('is shown by a message of the channel and answered in a thread', async () => {
    fake.failNext(CALLBACK, { kind: 'refuse', error: DISCORD_ERRORS.unknownInteraction });
    fake.slashAsk(fake.channelId, 'how warm is it?');
    const message = await bot.next();
    const [shown] = fake.messages(fake.channelId);
    expect(shown?.content).toBe('**Ada** asked:\n> how warm is it?');
    expect(message).toMatchObject({ channel: fake.channelId, thread: shown?.threadId });
  });

  it('is shown by a message when the reply cannot be edited any more', async () => {
    fake.failNext(EDIT_REPLY, { kind: 'refuse', error: DISCORD_ERRORS.invalidWebhookToken });
    fake.slashAsk(fake.channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ text: 'how warm is it?' });
    expect(fake.messages(fake.channelId).at(-1)?.content).toBe('**Ada** asked:\n> how warm is it?');
  });

  it('is taken all the same when it cannot be shown at all', async () => {
    fake.failNext(CALLBACK, { kind: 'refuse', error: DISCORD_ERRORS.unknownInteraction });
    fake.failNext('POST /channels/:channel/messages', {
      kind: 'refuse',
      error: DISCORD_ERRORS.missingAccess,
    });
    fake.slashAsk(fake.channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ channel: fake.channelId, thread: fake.channelId });
  });
});

describe('/ask whose acknowledgement gets no answer', () => {
  it('counts as acknowledged when it was', async () => {
    fake.failNext(CALLBACK, { kind: 'drop', done: true });
    fake.slashAsk(fake.channelId, 'how warm is it?');
    await bot.next();
    expect(fake.messages(fake.channelId).map(({ content }) => content)).toEqual(['> how warm is it?']);
  });

  it('counts as acknowledged when a second try finds it so', async () => {
    fake.failNext(CALLBACK, { kind: 'status', status: 502, done: true });
    fake.slashAsk(fake.channelId, 'how warm is it?');
    await bot.next();
    expect(fake.messages(fake.channelId).map(({ content }) => content)).toEqual(['> how warm is it?']);
  });
});

describe('/ask elsewhere', () => {
  it('stays in the thread that it is used in', async () => {
    fake.slashAsk(fake.channelId, 'first');
    const first = await bot.next();
    fake.slashAsk(first.thread, 'second');
    const second = await bot.next();
    expect(threadKey(second)).toBe(threadKey(first));
    expect(fake.messages(first.thread).map(({ content }) => content)).toEqual(['> second']);
    expect(fake.threads(fake.channelId)).toHaveLength(1);
  });

  it('stays in the direct messages that it is used in', async () => {
    fake.slashAsk(fake.dmId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ workspace: 'dm', channel: fake.dmId, thread: fake.dmId });
    expect(fake.messages(fake.dmId).map(({ content }) => content)).toEqual(['> how warm is it?']);
  });
});

describe('a mention', () => {
  it('opens a thread under the message', async () => {
    const said = fake.mention(fake.channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({
      channel: fake.channelId,
      thread: said.id,
      id: said.id,
      text: 'how warm is it?',
    });
    expect(fake.threads(fake.channelId)).toMatchObject([{ id: said.id, name: 'how warm is it?' }]);
  });

  it('stays in the thread that it is in', async () => {
    fake.mention(fake.channelId, 'first');
    const first = await bot.next();
    fake.mention(first.thread, 'second');
    expect(threadKey(await bot.next())).toBe(threadKey(first));
  });

  it('is found in a thread that the bot was never told of', async () => {
    const { id } = fake.addChannel({
      type: ChannelType.PublicThread,
      name: 'old',
      parentId: fake.channelId,
      isArchived: true,
    });
    fake.mention(id, 'still there?');
    expect(await bot.next()).toMatchObject({ channel: fake.channelId, thread: id });
  });

  it('takes the thread that its message has already', async () => {
    fake.failNext(START_THREAD, { kind: 'status', status: 502, done: true });
    const said = fake.mention(fake.channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ thread: said.id });
    expect(fake.threads(fake.channelId)).toHaveLength(1);
  });

  it('is answered in the channel where no thread can be opened', async () => {
    const channelId = channelWithout('CreatePublicThreads');
    fake.mention(channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ channel: channelId, thread: channelId });
    expect(fake.messages(channelId)).toHaveLength(1);
  });

  it('may have no words', async () => {
    fake.mention(fake.channelId, '');
    expect(await bot.next()).toMatchObject({ text: '' });
    expect(fake.threads(fake.channelId)).toMatchObject([{ name: 'Question of Ada' }]);
  });
});

describe('a mention where the bot may not write', () => {
  it('is not worked, and the person is told so directly', async () => {
    const channelId = channelWithout('SendMessages', 'CreatePublicThreads');
    const said = fake.mention(channelId, 'how warm is it?');
    const [told] = await fake.waitFor(() => fake.messages(fake.dmId).length > 0 && fake.messages(fake.dmId));
    expect(told?.content).toBe(
      `I cannot answer in <#${channelId}>. I need the permission to send messages there.`,
    );
    expect(bot.messages).toEqual([]);
    await bot.log.logged('a mention is not answered: the bot may not send messages there');
    expect(bot.log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { channel: channelId, message: said.id, isTold: true } },
    ]);
  });

  it('is not worked in a thread either', async () => {
    const { id } = fake.addChannel({
      type: ChannelType.PublicThread,
      name: 'closed',
      parentId: fake.channelId,
      forbids: ['SendMessagesInThreads'],
    });
    fake.mention(id, 'how warm is it?');
    await fake.waitFor(() => fake.messages(fake.dmId)[0]);
    expect(bot.messages).toEqual([]);
  });

  it('is logged when the person takes no direct messages', async () => {
    const channelId = channelWithout('SendMessages', 'CreatePublicThreads');
    fake.mention(channelId, 'how warm is it?', fake.addPerson('Grace'));
    const line = await bot.log.logged('a mention is not answered: the bot may not send messages there');
    expect(line).toMatchObject({ fields: { isTold: false } });
  });

  it('is worked all the same when Discord does not say whether it may', async () => {
    fake.failNext('POST /channels/:channel/typing', { kind: 'status', status: 502, done: false }, 2);
    fake.mention(fake.channelId, 'how warm is it?');
    expect(await bot.next()).toMatchObject({ text: 'how warm is it?' });
  });
});

describe('what is not for the bot', () => {
  it('is left alone: its own words, other bots, people who do not mention it', async () => {
    fake.say(fake.channelId, `<@${fake.bot.id}> to myself`, fake.bot);
    fake.mention(fake.channelId, 'from another bot', fake.addPerson('Other', true));
    fake.say(fake.channelId, 'among ourselves');
    fake.say(fake.dmId, 'an answer', fake.bot);
    fake.mention(fake.channelId, 'for the bot');
    expect(await bot.next()).toMatchObject({ text: 'for the bot' });
    expect(fake.threads(fake.channelId)).toHaveLength(1);
  });
});

describe('a direct message', () => {
  it('is taken with its words, and the bot shows that it types', async () => {
    const said = fake.directMessage('remember that I like tea');
    expect(await bot.next()).toMatchObject({
      workspace: 'dm',
      channel: fake.dmId,
      thread: fake.dmId,
      id: said.id,
      text: 'remember that I like tea',
    });
    await fake.waitFor(() => routes().includes('POST /channels/:channel/typing'));
  });

  it('of each person is a conversation of its own', async () => {
    fake.directMessage('one');
    fake.directMessage('two', fake.addPerson('Grace'));
    const [one, two] = [await bot.next(), await bot.next()];
    expect(threadKey(one)).not.toBe(threadKey(two));
  });
});
