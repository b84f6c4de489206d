import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/chat/message.ts';
import type { Plan } from '../../../src/chat/plan.ts';
import { createClock, type TestClock } from '../../chat/test-clock.ts';
import { DISCORD_ERRORS } from '../../fakes/discord/discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { type ConnectedBot, connectBot } from './connected-bot.ts';

const TYPING = 'POST /channels/:channel/typing';
const BEGUN: Plan = { id: 'turn-1', tasks: [], finished: false };
const ENDED: Plan = { ...BEGUN, finished: true };

let fake: FakeDiscord;
let bot: ConnectedBot;
let clock: TestClock;
let question: Message;
let before: number;

beforeEach(async () => {
  fake = await createFakeDiscord();
  clock = createClock();
  bot = await connectBot(fake, { startTimer: clock.startTimer });
  fake.mention(fake.channelId, 'how warm is it?');
  question = await bot.next();
  before = signs();
});

afterEach(() => bot.close());

/** How often the bot showed in the question's thread that it types. */
function signs(): number {
  const path = `/channels/${question.thread}/typing`;
  return fake.calls.filter((call) => call.route === TYPING && call.path === path).length;
}

/** Until the renewal that is due has come and was answered, which starts the next timer. */
async function renewal(count: number): Promise<void> {
  await clock.advance(8_000);
  await fake.waitFor(() => signs() === before + count);
  await expect.poll(() => clock.timers(), { interval: 5 }).toBe(1);
}

describe('progress of work that has begun', () => {
  it('is a typing sign in the thread, renewed until the turn ends, and leaves nothing behind', async () => {
    await bot.adapter.progress(question, BEGUN);
    expect(signs()).toBe(before + 1);
    await renewal(2);
    await renewal(3);
    await bot.adapter.progress(question, ENDED);
    expect(clock.timers()).toBe(0);
    expect(fake.messages(question.thread)).toEqual([]);
  });

  it('is one sign, however often it is said', async () => {
    await bot.adapter.progress(question, BEGUN);
    await bot.adapter.progress(question, BEGUN);
    expect(signs()).toBe(before + 1);
    expect(clock.timers()).toBe(1);
  });

  it('ends by itself two minutes after the last news', async () => {
    await bot.adapter.progress(question, BEGUN);
    for (let count = 2; count <= 10; count += 1) await renewal(count);
    await bot.adapter.progress(question, BEGUN);
    for (let count = 11; count <= 25; count += 1) await renewal(count);
    await clock.advance(8_000);
    await fake.waitFor(() => signs() === before + 26);
    // Its answer comes after that of the last sign.
    await bot.adapter.post({ ...question, thread: fake.channelId }, { markdown: 'elsewhere' }, 'post-1');
    expect(clock.timers()).toBe(0);
  });

  it('ends with the answer', async () => {
    await bot.adapter.progress(question, BEGUN);
    await bot.adapter.post(question, { markdown: '4 °C' }, 'post-1');
    expect(clock.timers()).toBe(0);
  });

  it('ends with the connection', async () => {
    await bot.adapter.progress(question, BEGUN);
    await bot.adapter.stop();
    expect(clock.timers()).toBe(0);
  });

  it('is let be where Discord refuses it', async () => {
    fake.failNext(TYPING, { kind: 'refuse', error: DISCORD_ERRORS.missingAccess });
    await bot.adapter.progress(question, BEGUN);
    expect(clock.timers()).toBe(0);
    expect(bot.log.texts().filter((text) => !text.startsWith('debug '))).toEqual([]);
  });
});
