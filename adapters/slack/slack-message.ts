import { z } from 'zod';
import type { Message } from '../../src/chat/message.ts';
import { decodeSlackText, withoutMention } from './slack-text.ts';

/** Who the bot is, as `auth.test` says. */
export interface BotIdentity {
  readonly teamId: string;
  readonly userId: string;
  readonly botId: string;
}

/**
 * `other-event` is a conversation that another event carries: a channel's messages reach the bot as
 * `app_mention` and a direct message as `message`, so that a message that comes as both counts once.
 */
export type IgnoreReason = 'malformed' | 'subtype' | 'edit' | 'own' | 'bot' | 'other-event';

export type ParsedEvent =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason };

const slackEvent = z.object({
  type: z.enum(['app_mention', 'message']),
  channel: z.string().min(1),
  ts: z.string().regex(/^\d+\.\d+$/),
  channel_type: z.string().nullish(),
  subtype: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  thread_ts: z.string().nullish(),
  edited: z.unknown().optional(),
});

type SlackEvent = z.infer<typeof slackEvent>;

/** Subtypes of what a person wrote; all others are edits, deletions and news of the channel. */
const PERSONAL_SUBTYPES = ['file_share', 'thread_broadcast'];

/** Reads the `event` of an Events API payload. Pure; the text comes back as the person typed it. */
export function parseEvent(payload: unknown, bot: BotIdentity): ParsedEvent {
  const parsed = slackEvent.safeParse(payload);
  if (!parsed.success) return { kind: 'ignored', reason: 'malformed' };
  const event = parsed.data;
  const reason = reasonToIgnore(event, bot);
  if (reason !== null) return { kind: 'ignored', reason };
  if (!event.user) return { kind: 'ignored', reason: 'malformed' };
  return { kind: 'message', message: toMessage(event, event.user, bot) };
}

function reasonToIgnore(event: SlackEvent, bot: BotIdentity): IgnoreReason | null {
  if (event.subtype && !PERSONAL_SUBTYPES.includes(event.subtype)) {
    return event.subtype === 'bot_message' ? 'bot' : 'subtype';
  }
  if (event.user === bot.userId || event.bot_id === bot.botId) return 'own';
  if (event.bot_id || event.user === 'USLACKBOT') return 'bot';
  if (event.edited) return 'edit';
  return isDirect(event) === (event.type === 'message') ? null : 'other-event';
}

function isDirect(event: SlackEvent): boolean {
  // `app_mention` names no channel type; ids of direct messages begin with D.
  return event.channel_type ? event.channel_type === 'im' : event.channel.startsWith('D');
}

function toMessage(event: SlackEvent, user: string, bot: BotIdentity): Message {
  return {
    platform: 'slack',
    // Not the event's own team: in a channel shared between companies that is the author's.
    workspace: bot.teamId,
    channel: event.channel,
    thread: event.thread_ts ?? event.ts,
    id: event.ts,
    // Events carry no name; the adapter's `nameOf` asks for it.
    author: { id: user, name: user },
    text: decodeSlackText(withoutMention(event.text ?? '', bot.userId)),
    sentAt: Math.floor(Number(event.ts) * 1_000),
  };
}
