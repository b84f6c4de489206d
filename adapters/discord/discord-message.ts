import {
  type APIInteraction,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  type GatewayMessageCreateDispatchData,
  InteractionType,
  MessageType,
  SnowflakeUtil,
} from 'discord.js';
import type { Message } from '../../src/chat/message.ts';
import { ASK_COMMAND, ASK_TEXT_OPTION } from './discord-commands.ts';

/** Where a question was written. */
export type Place =
  | { readonly kind: 'dm' | 'channel'; readonly channelId: string }
  /** `parentId` is null where the event does not carry it. */
  | { readonly kind: 'thread'; readonly channelId: string; readonly parentId: string | null }
  /** Somewhere in a guild: the event does not say whether it is a channel or a thread. */
  | { readonly kind: 'unknown'; readonly channelId: string };

/** What a person asked, before it is known which thread answers it. */
export interface Question extends Pick<Message, 'workspace' | 'id' | 'author' | 'text' | 'sentAt'> {
  readonly place: Place;
}

/** What it takes to reply to an interaction. The token is a credential for 15 minutes. */
export interface ReplyHandle {
  readonly interactionId: string;
  readonly applicationId: string;
  readonly token: string;
}

export interface AskCommand extends Question {
  readonly reply: ReplyHandle;
  /** What the bot may do where the command was used, as Discord's bit set in decimal. */
  readonly botPermissions: string;
}

export type Reading<Value> =
  | { readonly kind: 'question'; readonly value: Value }
  | { readonly kind: 'ignored'; readonly reason: string };

const DIRECT_MESSAGES = 'dm';
const THREAD_TYPES: ReadonlySet<ChannelType> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** Reads a `MESSAGE_CREATE`: a direct message, or a mention of the bot in a guild. */
export function readMessage(data: GatewayMessageCreateDispatchData, botId: string): Reading<Question> {
  if (data.author.id === botId) return ignored('written by the bot itself');
  if (data.author.bot === true || data.webhook_id !== undefined) return ignored('written by another bot');
  if (data.type !== MessageType.Default && data.type !== MessageType.Reply) {
    return ignored(`a system message of type ${data.type}`);
  }
  const isMention = data.mentions.some(({ id }) => id === botId);
  if (data.guild_id !== undefined && !isMention) return ignored('not addressed to the bot');
  return {
    kind: 'question',
    value: {
      workspace: data.guild_id ?? DIRECT_MESSAGES,
      place: placeOfMessage(data),
      id: data.id,
      author: authorOf(data.author, data.member?.nick),
      text: withoutMention(data.content, botId),
      sentAt: SnowflakeUtil.timestampFrom(data.id),
    },
  };
}

/** Reads an `INTERACTION_CREATE`: the `/ask` command. */
export function readCommand(data: APIInteraction): Reading<AskCommand> {
  if (data.type !== InteractionType.ApplicationCommand) return ignored(`an interaction of type ${data.type}`);
  if (data.data.type !== ApplicationCommandType.ChatInput || data.data.name !== ASK_COMMAND) {
    return ignored(`the unknown command ${data.data.name}`);
  }
  const user = data.member?.user ?? data.user;
  if (user === undefined) return ignored('an interaction of nobody');
  const text = data.data.options?.find(({ name }) => name === ASK_TEXT_OPTION);
  return {
    kind: 'question',
    value: {
      workspace: data.guild_id ?? DIRECT_MESSAGES,
      place: placeOfCommand(data.channel, data.guild_id),
      id: data.id,
      author: authorOf(user, data.member?.nick),
      text: text?.type === ApplicationCommandOptionType.String ? text.value.trim() : '',
      sentAt: SnowflakeUtil.timestampFrom(data.id),
      reply: { interactionId: data.id, applicationId: data.application_id, token: data.token },
      botPermissions: data.app_permissions,
    },
  };
}

function placeOfMessage({ guild_id, channel_id, channel_type }: GatewayMessageCreateDispatchData): Place {
  if (guild_id === undefined) return { kind: 'dm', channelId: channel_id };
  if (channel_type === undefined) return { kind: 'unknown', channelId: channel_id };
  if (THREAD_TYPES.has(channel_type)) return { kind: 'thread', channelId: channel_id, parentId: null };
  return { kind: 'channel', channelId: channel_id };
}

type InteractionChannel = NonNullable<APIInteraction['channel']>;

function placeOfCommand(channel: InteractionChannel, guildId: string | undefined): Place {
  if (guildId === undefined) return { kind: 'dm', channelId: channel.id };
  if (!THREAD_TYPES.has(channel.type)) return { kind: 'channel', channelId: channel.id };
  const parentId = 'parent_id' in channel ? (channel.parent_id ?? null) : null;
  return { kind: 'thread', channelId: channel.id, parentId };
}

function authorOf(user: APIUser, nick: string | null | undefined): Message['author'] {
  return { id: user.id, name: nick ?? user.global_name ?? user.username };
}

/** Takes the blanks after the mention along, so that none are doubled. */
function withoutMention(content: string, botId: string): string {
  return content.replace(new RegExp(`<@!?${botId}>[ \\t]*`, 'g'), '').trim();
}

function ignored(reason: string): { readonly kind: 'ignored'; readonly reason: string } {
  return { kind: 'ignored', reason };
}
