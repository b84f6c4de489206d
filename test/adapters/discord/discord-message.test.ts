import { describe, expect, it } from 'vitest';
import { readCommand, readMessage } from '../../../adapters/discord/discord-message.ts';
import { interactionFixture, messageFixture } from './fixture.ts';

const BOT = '1310042266231885886';
const ADA = '204255221017214977';
const GUILD = '1100000000000000001';
const CHANNEL = '1100000000000000010';
const THREAD = '1573996042649600123';
const DIRECT = '1443100000000000077';

describe('readMessage', () => {
  it('reads a mention in a guild channel, without the mention', () => {
    expect(readMessage(messageFixture('message-mention'), BOT)).toEqual({
      kind: 'question',
      value: {
        workspace: GUILD,
        place: { kind: 'channel', channelId: CHANNEL },
        id: '1573996745677865832',
        author: { id: ADA, name: 'Ada (analyst)' },
        text: 'how warm is it in Oslo?',
        sentAt: Date.UTC(2026, 10, 22, 9, 41, 7, 615),
      },
    });
  });

  it('takes out every mention of the bot and leaves those of others', () => {
    expect(readMessage(messageFixture('message-mention-within'), BOT)).toMatchObject({
      value: { text: 'hey and <@204255221017214999>,\n\nwhat is 6 * 7?', author: { name: 'Ada Lovelace' } },
    });
  });

  it('knows a thread by the type of the channel', () => {
    expect(readMessage(messageFixture('message-mention-in-thread'), BOT)).toMatchObject({
      value: { place: { kind: 'thread', channelId: THREAD, parentId: null } },
    });
  });

  it('leaves the place open when the event does not name its type', () => {
    expect(readMessage(messageFixture('message-mention-unknown-place'), BOT)).toMatchObject({
      value: { place: { kind: 'unknown', channelId: THREAD } },
    });
  });

  it('takes a reply that notifies the bot for addressed to it', () => {
    expect(readMessage(messageFixture('message-reply-to-bot'), BOT)).toMatchObject({
      value: { text: 'and tomorrow?' },
    });
  });

  it('reads a direct message', () => {
    expect(readMessage(messageFixture('message-direct'), BOT)).toMatchObject({
      value: {
        workspace: 'dm',
        place: { kind: 'dm', channelId: DIRECT },
        text: 'remember that I like tea',
        author: { id: ADA, name: 'Ada Lovelace' },
      },
    });
  });

  it('reads a direct message without words as an empty text', () => {
    expect(readMessage(messageFixture('message-direct-image-only'), BOT)).toMatchObject({
      value: { text: '' },
    });
  });

  it.each([
    ['message-own', 'written by the bot itself'],
    ['message-of-webhook', 'written by another bot'],
    ['message-thread-starter', 'a system message of type 21'],
    ['message-unaddressed', 'not addressed to the bot'],
  ] as const)('ignores %s as %s', (name, reason) => {
    expect(readMessage(messageFixture(name), BOT)).toEqual({ kind: 'ignored', reason });
  });
});

describe('readCommand', () => {
  it('reads /ask in a guild channel', () => {
    expect(readCommand(interactionFixture('interaction-ask'))).toEqual({
      kind: 'question',
      value: {
        workspace: GUILD,
        place: { kind: 'channel', channelId: CHANNEL },
        id: '1573996840863400634',
        author: { id: ADA, name: 'Ada (analyst)' },
        text: 'how warm is it in Oslo?',
        sentAt: Date.UTC(2026, 10, 22, 9, 41, 30, 309),
        reply: {
          interactionId: '1573996840863400634',
          applicationId: BOT,
          token: 'aW50ZXJhY3Rpb246MTQ0MTczNjAwMA',
        },
        botPermissions: '2222085186637376',
      },
    });
  });

  it('reads /ask in a thread, with the channel that the thread belongs to', () => {
    expect(readCommand(interactionFixture('interaction-ask-in-thread'))).toMatchObject({
      value: { place: { kind: 'thread', channelId: THREAD, parentId: CHANNEL } },
    });
  });

  it('reads /ask in a direct message', () => {
    expect(readCommand(interactionFixture('interaction-ask-direct'))).toMatchObject({
      value: {
        workspace: 'dm',
        place: { kind: 'dm', channelId: DIRECT },
        author: { id: ADA, name: 'Ada Lovelace' },
      },
    });
  });

  it.each([
    ['interaction-other-command', 'the unknown command weather'],
    ['interaction-button', 'an interaction of type 3'],
  ] as const)('ignores %s as %s', (name, reason) => {
    expect(readCommand(interactionFixture(name))).toEqual({ kind: 'ignored', reason });
  });
});
