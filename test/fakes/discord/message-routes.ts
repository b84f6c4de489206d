import { type FakeChannel, isThread, permissionsOf } from './channel.ts';
import { DISCORD_ERRORS, type DiscordError } from './discord-error.ts';
import type { FakeMessage } from './message.ts';
import { readMessageForm } from './message-form.ts';
import { answer, type Handler, NO_CONTENT, type RestAnswer, type Routes, refuse } from './route.ts';
import type { DiscordWorld } from './world.ts';

type MessageRoute = Extract<keyof Routes, `${string} /channels/:channel/messages${'' | '/:message'}`>;

/** Reading and writing the messages of a channel. */
export function createMessageRoutes(world: DiscordWorld): Pick<Routes, MessageRoute> {
  const onMessage = (work: (message: FakeMessage, body: unknown) => RestAnswer): Handler => {
    return ({ param, body }) => {
      const refusal = whyUnreachable(world.channel(param('channel')));
      if (refusal !== null) return refuse(refusal);
      const message = world.message(param('channel'), param('message'));
      return message === null ? refuse(DISCORD_ERRORS.unknownMessage) : work(message, body);
    };
  };
  return {
    'GET /channels/:channel/messages': ({ param, query }) => {
      const channel = world.channel(param('channel'));
      const refusal = whyUnreachable(channel);
      if (refusal !== null) return refuse(refusal);
      const limit = Number(query.get('limit') ?? '50');
      const newest = world.messages(param('channel')).slice(-limit).toReversed();
      return answer(newest.map((message) => world.payload(message)));
    },
    'POST /channels/:channel/messages': createPosting(world),
    'GET /channels/:channel/messages/:message': onMessage((message) => answer(world.payload(message))),
    'PATCH /channels/:channel/messages/:message': onMessage((message, body) => {
      if (message.author.id !== world.bot.id) return refuse(DISCORD_ERRORS.notTheAuthor);
      return rewrite(world, message, body);
    }),
    'DELETE /channels/:channel/messages/:message': onMessage((message) => {
      world.remove(message);
      return NO_CONTENT;
    }),
  };
}

/** Changes a message to what the body of the request says. */
export function rewrite(world: DiscordWorld, message: FakeMessage, body: unknown): RestAnswer {
  const reading = readMessageForm(body);
  if (!reading.ok) return reading.answer;
  const { content, flags, allowedMentions } = reading.form;
  world.edit(message, { content, flags: message.flags | flags, allowedMentions });
  return answer(world.payload(message));
}

/** Writes a message; an enforced nonce that is known gives the message that it made. */
function createPosting(world: DiscordWorld): Handler {
  const byNonce = new Map<string, FakeMessage>();
  return ({ param, body }) => {
    const channel = world.channel(param('channel'));
    const refusal = whyUnreachable(channel) ?? whyMute(channel);
    if (channel === null || refusal !== null) return refuse(refusal ?? DISCORD_ERRORS.unknownChannel);
    const reading = readMessageForm(body);
    if (!reading.ok) return reading.answer;
    const { nonce, ...form } = reading.form;
    const known = nonce === null ? undefined : byNonce.get(nonce);
    if (known !== undefined) return answer(world.payload(known));
    world.reopen(channel);
    const message = world.write({ channel, author: world.bot, ...form });
    if (nonce !== null) byNonce.set(nonce, message);
    return answer(world.payload(message));
  };
}

/** Why the bot cannot see a channel; null when it can. */
export function whyUnreachable(channel: FakeChannel | null): DiscordError | null {
  if (channel === null) return DISCORD_ERRORS.unknownChannel;
  return permissionsOf(channel).has('ViewChannel') ? null : DISCORD_ERRORS.missingAccess;
}

/** Why the bot may not write in a channel; null when it may. */
export function whyMute(channel: FakeChannel | null): DiscordError | null {
  if (channel === null) return DISCORD_ERRORS.unknownChannel;
  if (channel.isLocked) return DISCORD_ERRORS.archivedThread;
  const needed = isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
  return permissionsOf(channel).has(needed) ? null : DISCORD_ERRORS.missingPermissions;
}
