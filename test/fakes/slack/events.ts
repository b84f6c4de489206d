import type { Names, StoredMessage } from './workspace.ts';

export type SlackEvent = Readonly<Record<string, unknown>>;

export function mentionEvent(names: Names, message: StoredMessage): SlackEvent {
  return { type: 'app_mention', ...commonFields(names, message) };
}

export function messageEvent(names: Names, message: StoredMessage): SlackEvent {
  return {
    type: 'message',
    channel_type: channelType(message.channel),
    ...commonFields(names, message),
    ...(message.user === names.botUserId ? { bot_id: names.botId, app_id: names.appId } : {}),
  };
}

export function changedEvent(names: Names, message: StoredMessage): SlackEvent {
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: message.channel,
    channel_type: channelType(message.channel),
    message: { type: 'message', ...commonFields(names, message) },
    ts: message.ts,
    event_ts: message.ts,
  };
}

/** The `payload` of an `events_api` envelope. */
export function eventPayload(names: Names, event: SlackEvent, number: number): Record<string, unknown> {
  const authorization = {
    enterprise_id: null,
    team_id: names.teamId,
    user_id: names.botUserId,
    is_bot: true,
    is_enterprise_install: false,
  };
  return {
    token: 'verification-token',
    team_id: names.teamId,
    context_team_id: names.teamId,
    api_app_id: names.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${String(number).padStart(8, '0')}`,
    event_time: Math.floor(Number(event.event_ts ?? 0)),
    authorizations: [authorization],
    is_ext_shared_channel: false,
    event_context: `4-context-${number}`,
  };
}

function commonFields({ teamId }: Names, message: StoredMessage): SlackEvent {
  const block = { type: 'rich_text', block_id: `b${message.ts}`, elements: [] };
  return {
    user: message.user,
    team: teamId,
    ts: message.ts,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    client_msg_id: `client-${message.ts}`,
    text: message.text,
    blocks: [block],
    channel: message.channel,
    event_ts: message.ts,
  };
}

function channelType(channel: string): string {
  if (channel.startsWith('D')) return 'im';
  return channel.startsWith('G') ? 'group' : 'channel';
}
