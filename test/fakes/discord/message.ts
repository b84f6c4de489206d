import { type APIMessage, MessageFlags, type MessageType } from 'discord.js';
import { type FakePerson, toApiUser } from './people.ts';

/** Who a text may notify; Discord notifies whomever the text names where nothing is said. */
export interface AllowedMentions {
  readonly parse?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
}

export interface FakeMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: FakePerson;
  readonly type: MessageType;
  readonly mentions: readonly FakePerson[];
  /** `performance.now()` when it was written. */
  readonly at: number;
  content: string;
  flags: number;
  allowedMentions: AllowedMentions | null;
  /** Unix milliseconds. */
  editedAt: number | null;
  threadId: string | null;
}

/** A message as a person in the channel sees it. */
export interface SeenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: FakePerson;
  readonly content: string;
  readonly isEdited: boolean;
  /** Shown as "is thinking…": a deferred reply that has not come yet. */
  readonly isThinking: boolean;
  readonly notifiedEveryone: boolean;
  /** Whether links in it may unfold. */
  readonly hasPreviews: boolean;
  /** The thread that was started on it. */
  readonly threadId: string | null;
  /** `performance.now()` when it was written; edits do not change it. */
  readonly at: number;
}

const EVERYONE = /@(everyone|here)\b/;

/** As if everybody were permitted to mention everyone, so that only the text and its bounds decide. */
function notifiesEveryone({ content, allowedMentions }: FakeMessage): boolean {
  const isAllowed = allowedMentions?.parse === undefined || allowedMentions.parse.includes('everyone');
  return isAllowed && EVERYONE.test(content);
}

export function toSeenMessage(message: FakeMessage): SeenMessage {
  const { id, channelId, author, content, threadId, at } = message;
  return {
    id,
    channelId,
    author,
    content,
    isEdited: message.editedAt !== null,
    isThinking: (message.flags & MessageFlags.Loading) !== 0,
    notifiedEveryone: notifiesEveryone(message),
    hasPreviews: (message.flags & MessageFlags.SuppressEmbeds) === 0,
    threadId,
    at,
  };
}

export function toApiMessage(message: FakeMessage, timestamp: number): APIMessage {
  return {
    id: message.id,
    channel_id: message.channelId,
    author: toApiUser(message.author),
    content: message.content,
    timestamp: new Date(timestamp).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: notifiesEveryone(message),
    mentions: message.mentions.map(toApiUser),
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: message.type,
    flags: message.flags,
    components: [],
  };
}
