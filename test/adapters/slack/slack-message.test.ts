import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BotIdentity, parseEvent } from '../../../adapters/slack/slack-message.ts';

const bot: BotIdentity = { teamId: 'T024BE7LD', userId: 'U0WATTLE7', botId: 'B0WATTLE7' };

/** The `event` of an Events API payload as Slack sends it. */
function eventOf(fixture: string): object {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${fixture}.json`), 'utf8');
  const payload: { readonly event: object } = JSON.parse(text);
  return payload.event;
}

function messageOf(fixture: string) {
  const parsed = parseEvent(eventOf(fixture), bot);
  if (parsed.kind === 'ignored') throw new Error(`expected a message, got ${parsed.reason}`);
  return parsed.message;
}

describe('parseEvent', () => {
  it('makes a message of a mention, without the mention', () => {
    expect(messageOf('app-mention')).toEqual({
      platform: 'slack',
      workspace: 'T024BE7LD',
      channel: 'C0LAN2Q65',
      thread: '1763816400.123456',
      id: '1763816400.123456',
      author: { id: 'U061F7AUR', name: 'U061F7AUR' },
      text: 'how many open issues has [the site](https://github.com/acme/site) & who owns them?',
      sentAt: 1_763_816_400_123,
    });
  });

  it('keeps a mention in a thread in that thread, and other mentions in the text', () => {
    const message = messageOf('app-mention-in-thread');
    expect(message.thread).toBe('1763816400.123456');
    expect(message.id).toBe('1763816465.000200');
    expect(message.text).toBe('and what did @U024BE7LH say,?');
  });

  it('opens a thread with a direct message, and follows it', () => {
    const first = messageOf('direct-message');
    expect(first).toMatchObject({ channel: 'D0PNCRP9N', thread: first.id });
    expect(first.text).toBe('remember that the build is <green>');
    expect(messageOf('direct-message-in-thread').thread).toBe(first.id);
  });

  it.each([
    ['file-share', 'sum up this file'],
    ['thread-broadcast', 'for all to see'],
    ['mention-only', ''],
  ])('takes the text of %s', (fixture, text) => {
    expect(messageOf(fixture).text).toBe(text);
  });

  it.each([
    ['mention-as-channel-message', 'other-event'],
    ['channel-message', 'other-event'],
    ['own-message', 'own'],
    ['other-bot-message', 'bot'],
    ['other-bot-mention', 'bot'],
    ['message-changed', 'subtype'],
    ['message-deleted', 'subtype'],
    ['edited-mention', 'edit'],
    ['channel-join', 'subtype'],
  ])('ignores %s', (fixture, reason) => {
    expect(parseEvent(eventOf(fixture), bot)).toEqual({ kind: 'ignored', reason });
  });

  it.each([
    ['nothing', undefined],
    ['another kind of event', { type: 'reaction_added', channel: 'C1', ts: '1.2' }],
    ['a message of nobody', { type: 'message', channel: 'D1', ts: '1.2', text: 'hello' }],
    ['a time that is none', { type: 'message', channel: 'D1', ts: 'yesterday', user: 'U1' }],
  ])('ignores %s as malformed', (_name, event) => {
    expect(parseEvent(event, bot)).toEqual({ kind: 'ignored', reason: 'malformed' });
  });
});
