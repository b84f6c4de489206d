import { type APIChannel, ChannelType, PermissionsBitField, type PermissionsString } from 'discord.js';
import { type FakePerson, toApiUser } from './people.ts';

/** What the fake's channels can be. */
export type FakeChannelType =
  | ChannelType.GuildText
  | ChannelType.GuildVoice
  | ChannelType.GuildAnnouncement
  | ChannelType.PublicThread
  | ChannelType.AnnouncementThread
  | ChannelType.DM;

export interface FakeChannel {
  readonly id: string;
  readonly type: FakeChannelType;
  readonly name: string;
  /** Null for a direct message. */
  readonly guildId: string | null;
  /** Null for what is not a thread. */
  readonly parentId: string | null;
  /** Permissions that the bot has not got there. */
  readonly forbids: readonly PermissionsString[];
  /** The person on the other side of a direct message. */
  readonly recipient: FakePerson | null;
  isArchived: boolean;
  isLocked: boolean;
}

export type ChannelDraft = Pick<FakeChannel, 'type' | 'name'> & Partial<FakeChannel>;

const GRANTED: readonly PermissionsString[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'AddReactions',
];

export function isThread({ parentId }: FakeChannel): boolean {
  return parentId !== null;
}

export function permissionsOf(channel: FakeChannel): PermissionsBitField {
  return new PermissionsBitField(GRANTED.filter((name) => !channel.forbids.includes(name)));
}

export function toApiChannel(channel: FakeChannel): APIChannel {
  const { id, name } = channel;
  if (channel.type === ChannelType.DM) {
    const recipients = channel.recipient === null ? [] : [toApiUser(channel.recipient)];
    return { id, type: channel.type, name: null, recipients, last_message_id: null };
  }
  const common = { id, name, guild_id: channel.guildId ?? '', position: 0, permission_overwrites: [] };
  switch (channel.type) {
    case ChannelType.PublicThread:
    case ChannelType.AnnouncementThread:
      return {
        ...common,
        type: channel.type,
        parent_id: channel.parentId ?? '',
        rate_limit_per_user: 0,
        thread_metadata: {
          archived: channel.isArchived,
          locked: channel.isLocked,
          auto_archive_duration: 1440,
          archive_timestamp: new Date(0).toISOString(),
        },
      };
    case ChannelType.GuildVoice:
      return { ...common, type: channel.type, parent_id: null, nsfw: false, bitrate: 64_000, user_limit: 0 };
    default:
      return { ...common, type: channel.type, parent_id: null, nsfw: false, topic: null };
  }
}
