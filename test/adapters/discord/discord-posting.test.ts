import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/chat/message.ts';
import type { Plan } from '../../../src/chat/plan.ts';
import { DISCORD_ERRORS } from '../../fakes/discord/discord-error.ts';
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { Fault } from '../../fakes/discord/fault.ts';
import { type ConnectedBot, connectBot } from './connected-bot.ts';

const POST = 'POST /channels/:channel/messages';
const EDIT = 'PATCH /channels/:channel/messages/:message';

let fake: FakeDiscord;
let bot: ConnectedBot;
let question: Message;

beforeEach(async () => {
  fake = await createFakeDiscord();
  bot = await connectBot(fake);
  fake.mention(fake.channelId, 'how warm is it?');
  question = await bot.next();
});

afterEach(() => bot.close());

function post(markdown: string, id = 'post-1') {
  return bot.adapter.post(question, { markdown }, id);
}

function shown(): readonly string[] {
  return fake.messages(question.thread).map(({ content }) => content);
}

function plan(state: 'running' | 'done', count = 1, finished = false): Plan {
  const tasks = Array.from({ length: count }, (_, index) => {
    return { id: `run-${index}`, title: `Step ${index}`, state, detail: '' } as const;
  });
  return { id: 'turn-1', tasks, finished };
}

describe('post', () => {
  it('writes into the thread, notifies nobody and unfolds no link', async () => {
    const outcome = await post('@everyone https://a.example');
    const [message] = fake.messages(question.thread);
    expect(outcome).toEqual({ ok: true, receipt: { target: question, messageId: message?.id } });
    expect(message).toMatchObject({
      content: '@everyone https://a.example',
      notifiedEveryone: false,
      hasPreviews: false,
    });
  });

  it.each<[string, Fault, number]>([
    ['the connection broke after Discord took it', { kind: 'drop', done: true }, 1],
    ['the connection broke before Discord took it', { kind: 'drop', done: false }, 1],
    ['Discord answered with 502 after it took it', { kind: 'status', status: 502, done: true }, 2],
    ['Discord answered with 500 before it took it', { kind: 'status', status: 500, done: false }, 2],
  ])('makes one message of a post and its repetition when %s', async (_name, fault, times) => {
    fake.failNext(POST, fault, times);
    expect(await post('4 °C')).toMatchObject({ ok: false, kind: 'unknown' });
    expect(await post('4 °C')).toMatchObject({ ok: true });
    expect(shown()).toEqual(['4 °C']);
  });

  it('makes messages of two posts with different ids, however long the ids are', async () => {
    await post('one', `${'x'.repeat(100)}1`);
    await post('two', `${'x'.repeat(100)}2`);
    expect(shown()).toEqual(['one', 'two']);
  });

  it('bridges one answer from something in front of Discord, without a second message', async () => {
    fake.failNext(POST, { kind: 'status', status: 502, done: true });
    expect(await post('4 °C')).toMatchObject({ ok: true });
    expect(shown()).toEqual(['4 °C']);
  });

  it('does not know the outcome when such answers go on', async () => {
    fake.failNext(POST, { kind: 'status', status: 502, done: false }, 2);
    expect(await post('4 °C')).toEqual({
      ok: false,
      kind: 'unknown',
      message: 'Discord answered with status 502',
    });
  });

  it("says why Discord refused, in Discord's words", async () => {
    fake.failNext(POST, { kind: 'refuse', error: DISCORD_ERRORS.missingPermissions });
    expect(await post('4 °C')).toEqual({
      ok: false,
      kind: 'refused',
      message: 'Discord refused it: Missing Permissions (50013)',
    });
    expect(await post('x'.repeat(2_001))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Must be 2000 or fewer in length.'),
    });
  });

  it('waits out a short rate limit', async () => {
    fake.failNext(POST, { kind: 'rate-limit', retryAfterMs: 50 });
    expect(await post('4 °C')).toMatchObject({ ok: true });
    expect(shown()).toEqual(['4 °C']);
  });

  it('says of a long one when it may be tried again, and sends nothing', async () => {
    fake.failNext(POST, { kind: 'rate-limit', retryAfterMs: 60_000 });
    const outcome = await post('4 °C');
    if (outcome.ok || outcome.kind !== 'limited') throw new Error(`expected a limit, got ${outcome.ok}`);
    expect(outcome.message).toBe("Discord's rate limit stands for another 61 s");
    expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(outcome.retryAfterMs).toBeLessThan(62_000);
    expect(shown()).toEqual([]);
  });

  it('is refused before the start and after the stop', async () => {
    await bot.adapter.stop();
    expect(await post('4 °C')).toEqual({
      ok: false,
      kind: 'refused',
      message: 'the Discord adapter is not started',
    });
  });
});

describe('edit', () => {
  it('changes the post and keeps it quiet', async () => {
    const posted = await post('before');
    if (!posted.ok) throw new Error(posted.message);
    const outcome = await bot.adapter.edit(posted.receipt, { markdown: '@here after' });
    expect(outcome).toEqual(posted);
    expect(fake.messages(question.thread)).toMatchObject([
      { content: '@here after', isEdited: true, notifiedEveryone: false, hasPreviews: false },
    ]);
  });

  it('is refused for a post that is gone', async () => {
    const receipt = { target: question, messageId: '1574058148765892618' };
    expect(await bot.adapter.edit(receipt, { markdown: 'after' })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Unknown Message'),
    });
  });
});

describe('progress', () => {
  it('is one message that is edited', async () => {
    await bot.adapter.progress(question, plan('running'));
    await bot.adapter.progress(question, plan('done', 2, true));
    expect(shown()).toEqual(['-# ✅ Step 0\n-# ✅ Step 1']);
    expect(fake.messages(question.thread)).toMatchObject([{ isEdited: true, notifiedEveryone: false }]);
  });

  it('sends nothing for a plan without steps or without news', async () => {
    await bot.adapter.progress(question, plan('running', 0));
    await bot.adapter.progress(question, plan('running'));
    await bot.adapter.progress(question, plan('running'));
    expect(fake.calls.filter(({ route }) => route === POST || route === EDIT)).toHaveLength(1);
  });

  it('skips states that come while one is sent, and ends with the newest', async () => {
    const counts = [1, 2, 3, 4, 5];
    await Promise.all(counts.map((count) => bot.adapter.progress(question, plan('running', count))));
    expect(shown()).toEqual([expect.stringContaining('Step 4')]);
    expect(fake.calls.filter(({ route }) => route === EDIT)).toHaveLength(1);
  });

  it('gives each turn a message of its own', async () => {
    await bot.adapter.progress(question, plan('running'));
    await bot.adapter.progress(question, { ...plan('done'), id: 'turn-2' });
    expect(shown()).toEqual(['-# ⏳ Step 0', '-# ✅ Step 0']);
  });

  it('ends with the newest state when the answer to the first was lost', async () => {
    fake.failNext(POST, { kind: 'drop', done: true });
    await bot.adapter.progress(question, plan('running'));
    await bot.adapter.progress(question, plan('done', 1, true));
    expect(shown()).toEqual(['-# ✅ Step 0']);
  });

  it('goes on when an update fails, and logs it', async () => {
    await bot.adapter.progress(question, plan('running'));
    fake.failNext(EDIT, { kind: 'refuse', error: DISCORD_ERRORS.missingPermissions });
    await bot.adapter.progress(question, plan('running', 2));
    await bot.adapter.progress(question, plan('done', 2, true));
    expect(shown()).toEqual(['-# ✅ Step 0\n-# ✅ Step 1']);
    expect(bot.log.lines).toContainEqual({
      level: 'warn',
      fields: { plan: 'turn-1', reason: 'Discord refused it: Missing Permissions (50013)' },
      message: 'progress could not be shown',
    });
  });
});
