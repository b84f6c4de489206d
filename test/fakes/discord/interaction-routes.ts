import { InteractionResponseType } from 'discord.js';
import { z } from 'zod';
import { DISCORD_ERRORS, type DiscordError } from './discord-error.ts';
import type { FakeInteraction, Interactions, ReplyText } from './interactions.ts';
import type { FakeMessage } from './message.ts';
import { readMessageForm } from './message-form.ts';
import { rewrite } from './message-routes.ts';
import {
  answer,
  type Handler,
  NO_CONTENT,
  type RestAnswer,
  type RestRequest,
  type Routes,
  refuse,
  refuseField,
} from './route.ts';
import type { DiscordWorld } from './world.ts';

type InteractionRoute = Extract<
  keyof Routes,
  `${string} /interactions/${string}` | `${string} /webhooks/${string}`
>;

const ORIGINAL = '@original';
const callbackForm = z.object({ type: z.number().int(), data: z.unknown().optional() });

/** Responses to interactions. They need no bot token: the interaction's own is in the path. */
export function createInteractionRoutes(
  world: DiscordWorld,
  interactions: Interactions,
): Pick<Routes, InteractionRoute> {
  const onInteraction = (
    work: (interaction: FakeInteraction, request: RestRequest) => RestAnswer,
  ): Handler => {
    return (request) => {
      const interaction = interactions.byToken(request.param('token'));
      if (interaction === null) return refuse(DISCORD_ERRORS.invalidWebhookToken);
      if (interaction.replyId === null) return refuse(DISCORD_ERRORS.unknownWebhook);
      return work(interaction, request);
    };
  };
  const onReply = (work: (message: FakeMessage, body: unknown) => RestAnswer): Handler => {
    return onInteraction(({ channel, replyId }, { param, body }) => {
      const id = param('message') === ORIGINAL ? (replyId ?? '') : param('message');
      const message = world.message(channel.id, id);
      return message === null ? refuse(DISCORD_ERRORS.unknownMessage) : work(message, body);
    });
  };
  return {
    'POST /interactions/:interaction/:token/callback': createCallback(world, interactions),
    'POST /webhooks/:application/:token': onInteraction(({ channel }, { body }) => {
      const reading = readMessageForm(body);
      if (!reading.ok) return reading.answer;
      const { nonce: _, ...form } = reading.form;
      return answer(world.payload(world.write({ channel, author: world.bot, ...form })));
    }),
    'GET /webhooks/:application/:token/messages/:message': onReply((message) =>
      answer(world.payload(message)),
    ),
    'PATCH /webhooks/:application/:token/messages/:message': onReply((message, body) =>
      rewrite(world, message, body),
    ),
    'DELETE /webhooks/:application/:token/messages/:message': onReply((message) => {
      world.remove(message);
      return NO_CONTENT;
    }),
  };
}

/** The first response. */
function createCallback(world: DiscordWorld, interactions: Interactions): Handler {
  return ({ param, query, body }) => {
    const interaction = interactions.byId(param('interaction'));
    if (interaction === null || interaction.token !== param('token')) {
      return refuse(DISCORD_ERRORS.unknownInteraction);
    }
    const response = respond(interactions, interaction, body);
    if ('status' in response) return response;
    if (query.get('with_response') !== 'true') return NO_CONTENT;
    const type = InteractionResponseType.DeferredChannelMessageWithSource;
    const resource = { type, message: world.payload(response) };
    return answer({ interaction: { id: interaction.id }, resource });
  };
}

function respond(
  interactions: Interactions,
  interaction: FakeInteraction,
  body: unknown,
): FakeMessage | RestAnswer {
  const form = callbackForm.safeParse(body);
  if (!form.success) return refuseField('type', 'BASE_TYPE_REQUIRED', 'This field is required');
  const reply = replyOf(form.data.type, form.data.data);
  if (reply !== 'thinking' && 'status' in reply) return reply;
  const response = interactions.respond(interaction, reply);
  return isError(response) ? refuse(response) : response;
}

function replyOf(type: number, data: unknown): ReplyText | 'thinking' | RestAnswer {
  if (type === InteractionResponseType.DeferredChannelMessageWithSource) return 'thinking';
  if (type !== InteractionResponseType.ChannelMessageWithSource) {
    return refuseField('type', 'BASE_TYPE_CHOICES', 'The fake takes the types 4 and 5');
  }
  const reading = readMessageForm(data);
  return reading.ok ? reading.form : reading.answer;
}

function isError(response: FakeMessage | DiscordError): response is DiscordError {
  return 'status' in response;
}
