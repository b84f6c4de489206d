import { EventEmitter } from 'node:events';
import {
  type APIMessage,
  ChannelType,
  GatewayDispatchEvents,
  MessageFlags,
  MessageType,
  SnowflakeUtil,
} from 'discord.js';
import { type ChannelDraft, type FakeChannel, toApiChannel } from './channel.ts';
import { type AllowedMentions, type FakeMessage, toApiMessage } from './message.ts';
import { type FakePerson, toApiMember } from './people.ts';
import { createSnowflakes } from './snowflake.ts';

/** Something that Discord tells the bots that may see it. */
export interface WorldEvent {
  readonly type: GatewayDispatchEvents;
  readonly data: object;
  /** Where it happened. */
  readonly channel: FakeChannel;
}

export interface MessageDraft {
  readonly channel: FakeChannel;
  readonly author: FakePerson;
  readonly content: string;
  readonly type?: MessageType;
  readonly mentions?: readonly FakePerson[];
  readonly flags?: number;
  readonly allowedMentions?: AllowedMentions | null;
  /** Fields of the payload beyond those of every message. */
  readonly extra?: Partial<APIMessage>;
}

/** What Discord remembers: one guild with its channels, direct messages, threads and messages. */
export class DiscordWorld {
  /** `dispatch` for every event, `change` after anything that a person could see. */
  readonly events = new EventEmitter<{ dispatch: [WorldEvent]; change: [] }>();
  readonly now: () => number;
  readonly newId: () => string;
  readonly guildId: string;
  readonly bot: FakePerson;
  readonly #channels = new Map<string, FakeChannel>();
  readonly #messages = new Map<string, FakeMessage[]>();

  constructor(now: () => number) {
    this.now = now;
    this.newId = createSnowflakes(now);
    this.guildId = this.newId();
    this.bot = this.addPerson('Wattle', true);
    this.events.setMaxListeners(0);
  }

  addPerson(name: string, isBot = false): FakePerson {
    return Object.freeze({ id: this.newId(), name, isBot });
  }

  addChannel({ type, name, ...rest }: ChannelDraft): FakeChannel {
    const channel: FakeChannel = {
      id: this.newId(),
      type,
      name,
      guildId: type === ChannelType.DM ? null : this.guildId,
      parentId: null,
      forbids: [],
      recipient: null,
      isArchived: false,
      isLocked: false,
      ...rest,
    };
    this.#channels.set(channel.id, channel);
    this.#messages.set(channel.id, []);
    return channel;
  }

  channels(): readonly FakeChannel[] {
    return [...this.#channels.values()];
  }

  channel(id: string): FakeChannel | null {
    return this.#channels.get(id) ?? null;
  }

  messages(channelId: string): readonly FakeMessage[] {
    return this.#messages.get(channelId) ?? [];
  }

  message(channelId: string, messageId: string): FakeMessage | null {
    return this.messages(channelId).find(({ id }) => id === messageId) ?? null;
  }

  write(draft: MessageDraft): FakeMessage {
    const { channel, author, content, type = MessageType.Default, mentions = [] } = draft;
    const message: FakeMessage = {
      id: this.newId(),
      channelId: channel.id,
      author,
      content,
      type,
      mentions,
      flags: draft.flags ?? 0,
      allowedMentions: draft.allowedMentions ?? null,
      at: performance.now(),
      editedAt: null,
      threadId: null,
    };
    this.#messages.get(channel.id)?.push(message);
    this.#tell(GatewayDispatchEvents.MessageCreate, channel, { ...this.payload(message), ...draft.extra });
    return message;
  }

  edit(
    message: FakeMessage,
    change: Partial<Pick<FakeMessage, 'content' | 'flags' | 'allowedMentions'>>,
  ): void {
    const wasThinking = (message.flags & MessageFlags.Loading) !== 0;
    Object.assign(message, change);
    message.flags &= ~MessageFlags.Loading;
    if (!wasThinking) message.editedAt = this.now();
    this.#tellChange(message);
  }

  remove(message: FakeMessage): void {
    const rest = this.messages(message.channelId).filter(({ id }) => id !== message.id);
    this.#messages.set(message.channelId, rest);
    this.events.emit('change');
  }

  /** A thread under a message has the message's id. */
  startThread(parent: FakeChannel, name: string, message: FakeMessage | null): FakeChannel {
    const isNews = parent.type === ChannelType.GuildAnnouncement;
    const thread = this.addChannel({
      ...(message === null ? {} : { id: message.id }),
      type: isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread,
      name,
      parentId: parent.id,
      forbids: parent.forbids,
    });
    if (message !== null) {
      message.threadId = thread.id;
      message.flags |= MessageFlags.HasThread;
      this.#tellChange(message);
    }
    this.#tell(GatewayDispatchEvents.ThreadCreate, thread, { ...toApiChannel(thread), newly_created: true });
    return thread;
  }

  /** Brings an archived thread back, as any message in it does. */
  reopen(thread: FakeChannel): void {
    if (!thread.isArchived) return;
    thread.isArchived = false;
    this.#tell(GatewayDispatchEvents.ThreadUpdate, thread, toApiChannel(thread));
  }

  payload(message: FakeMessage): APIMessage {
    return toApiMessage(message, SnowflakeUtil.timestampFrom(message.id));
  }

  /** Tells the bots of something beyond messages and threads. */
  tell(event: WorldEvent): void {
    this.events.emit('dispatch', event);
    this.events.emit('change');
  }

  #tellChange(message: FakeMessage): void {
    const channel = this.channel(message.channelId);
    if (channel !== null) this.#tell(GatewayDispatchEvents.MessageUpdate, channel, this.payload(message));
  }

  #tell(type: GatewayDispatchEvents, channel: FakeChannel, data: object): void {
    const guild = channel.guildId === null ? {} : { guild_id: channel.guildId };
    const isMessage = !isThreadEvent(type);
    const message = isMessage ? { channel_type: channel.type } : {};
    const member = isMessage && channel.guildId !== null ? { member: toApiMember() } : {};
    this.tell({ type, channel, data: { ...data, ...guild, ...message, ...member } });
  }
}

function isThreadEvent(type: GatewayDispatchEvents): boolean {
  return type === GatewayDispatchEvents.ThreadCreate || type === GatewayDispatchEvents.ThreadUpdate;
}
