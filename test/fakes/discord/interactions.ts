import {
  type APIInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord.js';
import { type FakeChannel, permissionsOf, toApiChannel } from './channel.ts';
import { DISCORD_ERRORS, type DiscordError } from './discord-error.ts';
import type { AllowedMentions, FakeMessage } from './message.ts';
import { type FakePerson, toApiMember, toApiUser } from './people.ts';
import type { DiscordWorld } from './world.ts';

/** A use of a command, as it went. */
export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  readonly channel: FakeChannel;
  readonly person: FakePerson;
  readonly text: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** `performance.now()` when the bot was told. */
  readonly at: number;
  /** Milliseconds from then to the bot's first response; null as long as there is none. */
  firstResponseMs: number | null;
  /** The message that shows the bot's reply. */
  replyId: string | null;
}

export interface ReplyText {
  readonly content: string;
  readonly flags: number;
  readonly allowedMentions: AllowedMentions | null;
}

/** Discord takes the first response within 3 s and lets the token live 15 min. */
const FIRST_RESPONSE_MS = 3_000;
const TOKEN_LIFE_MS = 15 * 60_000;

/** The uses of commands, and what came of them. */
export class Interactions {
  readonly #world: DiscordWorld;
  readonly #applicationId: string;
  readonly #all: FakeInteraction[] = [];

  constructor(world: DiscordWorld, applicationId: string) {
    this.#world = world;
    this.#applicationId = applicationId;
  }

  list(): readonly FakeInteraction[] {
    return this.#all;
  }

  byId(id: string): FakeInteraction | null {
    return this.#all.find((interaction) => interaction.id === id) ?? null;
  }

  /** Of a token that still lives. */
  byToken(token: string): FakeInteraction | null {
    const found = this.#all.find((interaction) => interaction.token === token);
    if (found === undefined) return null;
    return this.#world.now() - found.createdAt > TOKEN_LIFE_MS ? null : found;
  }

  /** A person sends `/command text:…`. */
  create(
    command: { readonly id: string; readonly name: string },
    use: Pick<FakeInteraction, 'channel' | 'person' | 'text'>,
  ): FakeInteraction {
    const id = this.#world.newId();
    const interaction: FakeInteraction = {
      ...use,
      id,
      token: `token-of-${id}`,
      createdAt: this.#world.now(),
      at: performance.now(),
      firstResponseMs: null,
      replyId: null,
    };
    this.#all.push(interaction);
    const data = this.#payload(interaction, command);
    this.#world.tell({ type: GatewayDispatchEvents.InteractionCreate, channel: use.channel, data });
    return interaction;
  }

  /** The bot's first response; `thinking` defers the reply. */
  respond(interaction: FakeInteraction, reply: ReplyText | 'thinking'): FakeMessage | DiscordError {
    if (interaction.replyId !== null) return DISCORD_ERRORS.alreadyAcknowledged;
    if (this.#world.now() - interaction.createdAt > FIRST_RESPONSE_MS)
      return DISCORD_ERRORS.unknownInteraction;
    interaction.firstResponseMs = performance.now() - interaction.at;
    const thinking = { content: '', flags: MessageFlags.Loading, allowedMentions: null };
    const message = this.#world.write({
      channel: interaction.channel,
      author: this.#world.bot,
      type: MessageType.ChatInputCommand,
      extra: { application_id: this.#applicationId },
      ...(reply === 'thinking' ? thinking : reply),
    });
    interaction.replyId = message.id;
    return message;
  }

  #payload(
    { id, token, channel, person, text }: FakeInteraction,
    command: { readonly id: string; readonly name: string },
  ): APIInteraction {
    const user = toApiUser(person);
    const isGuild = channel.guildId !== null;
    const asker = isGuild ? { member: { ...toApiMember(), user, permissions: '2147483647' } } : { user };
    const place = isGuild ? { guild_id: channel.guildId, guild_locale: 'en-US' } : {};
    const option = { name: 'text', type: ApplicationCommandOptionType.String, value: text } as const;
    return {
      id,
      application_id: this.#applicationId,
      type: InteractionType.ApplicationCommand,
      data: { id: command.id, name: command.name, type: ApplicationCommandType.ChatInput, options: [option] },
      channel: toApiChannel(channel),
      channel_id: channel.id,
      token,
      version: 1,
      app_permissions: permissionsOf(channel).bitfield.toString(),
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: {},
      context: isGuild ? InteractionContextType.Guild : InteractionContextType.BotDM,
      attachment_size_limit: 10_485_760,
      ...place,
      ...asker,
    } as APIInteraction;
  }
}
