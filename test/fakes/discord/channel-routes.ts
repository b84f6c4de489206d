import { ChannelType } from 'discord.js';
import { z } from 'zod';
import { type FakeChannel, permissionsOf, toApiChannel } from './channel.ts';
import { DISCORD_ERRORS, type DiscordError } from './discord-error.ts';
import { whyMute, whyUnreachable } from './message-routes.ts';
import { answer, NO_CONTENT, type RestAnswer, type Routes, refuse, refuseField } from './route.ts';
import type { DiscordWorld } from './world.ts';

type ChannelRoute =
  | 'GET /channels/:channel'
  | 'POST /channels/:channel/typing'
  | 'POST /channels/:channel/threads'
  | 'POST /channels/:channel/messages/:message/threads'
  | 'POST /users/@me/channels';

const threadForm = z.object({
  name: z.string().min(1).max(100),
  auto_archive_duration: z
    .union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)])
    .optional(),
});

/** Channels, threads and direct messages. */
export function createChannelRoutes(world: DiscordWorld): Pick<Routes, ChannelRoute> {
  return {
    'GET /channels/:channel': ({ param }) => {
      const channel = world.channel(param('channel'));
      const refusal = whyUnreachable(channel);
      if (channel === null || refusal !== null) return refuse(refusal ?? DISCORD_ERRORS.unknownChannel);
      return answer({ ...toApiChannel(channel), ...guildOf(channel) });
    },
    'POST /channels/:channel/typing': ({ param }) => {
      const channel = world.channel(param('channel'));
      const refusal = whyUnreachable(channel) ?? whyMute(channel);
      return refusal === null ? NO_CONTENT : refuse(refusal);
    },
    'POST /channels/:channel/threads': ({ param, body }) =>
      startThread(world, { channelId: param('channel'), messageId: null, body }),
    'POST /channels/:channel/messages/:message/threads': ({ param, body }) =>
      startThread(world, { channelId: param('channel'), messageId: param('message'), body }),
    'POST /users/@me/channels': ({ body }) => {
      const recipient = z.object({ recipient_id: z.string() }).safeParse(body).data?.recipient_id;
      const channel = world.channels().find((each) => each.recipient?.id === recipient);
      return channel === undefined
        ? refuseField('recipient_id', 'BASE_TYPE_BAD', 'Cannot send messages to this user')
        : answer(toApiChannel(channel));
    },
  };
}

interface ThreadRequest {
  readonly channelId: string;
  readonly messageId: string | null;
  readonly body: unknown;
}

function startThread(world: DiscordWorld, { channelId, messageId, body }: ThreadRequest): RestAnswer {
  const parent = world.channel(channelId);
  const refusal = whyUnreachable(parent) ?? whyNoThread(parent);
  if (parent === null || refusal !== null) return refuse(refusal ?? DISCORD_ERRORS.unknownChannel);
  const form = threadForm.safeParse(body);
  if (!form.success) {
    const [issue] = form.error.issues;
    return refuseField(issue?.path.join('.') ?? 'body', 'BASE_TYPE_BAD', issue?.message ?? 'bad value');
  }
  const message = messageId === null ? null : world.message(channelId, messageId);
  if (messageId !== null && message === null) return refuse(DISCORD_ERRORS.unknownMessage);
  if (message !== null && message.threadId !== null) return refuse(DISCORD_ERRORS.threadExists);
  const thread = world.startThread(parent, form.data.name, message);
  return answer({ ...toApiChannel(thread), ...guildOf(thread) }, 201);
}

function whyNoThread(parent: FakeChannel | null): DiscordError | null {
  if (parent === null) return DISCORD_ERRORS.unknownChannel;
  if (parent.type !== ChannelType.GuildText && parent.type !== ChannelType.GuildAnnouncement) {
    return DISCORD_ERRORS.wrongChannelType;
  }
  return permissionsOf(parent).has('CreatePublicThreads') ? null : DISCORD_ERRORS.missingPermissions;
}

function guildOf({ guildId }: FakeChannel) {
  return guildId === null ? {} : { guild_id: guildId };
}
