import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { ChannelType } from 'discord.js';
import { Application, type FakeCommand } from './application-routes.ts';
import type { ChannelDraft, FakeChannel } from './channel.ts';
import { createChannelRoutes } from './channel-routes.ts';
import { type Fault, Faults } from './fault.ts';
import { GatewayServer } from './gateway-server.ts';
import { createInteractionRoutes } from './interaction-routes.ts';
import { type FakeInteraction, Interactions } from './interactions.ts';
import { type SeenMessage, toSeenMessage } from './message.ts';
import { createMessageRoutes } from './message-routes.ts';
import type { FakePerson } from './people.ts';
import { type RateLimit, RateLimits } from './rate-limit.ts';
import { type DiscordCall, RestServer } from './rest-server.ts';
import type { DiscordRoute } from './route.ts';
import { waitFor } from './wait-for.ts';
import { DiscordWorld } from './world.ts';

export interface FakeDiscordOptions {
  /** 50 requests per second, route and channel by default. */
  readonly rateLimit?: RateLimit;
  /** Privileged intents that the portal has switched on; none by default. */
  readonly allowedIntents?: number;
  readonly heartbeatIntervalMs?: number;
  /** Unix milliseconds; expiry of interactions and ids follow it. */
  readonly now?: () => number;
}

const WAIT_MS = 5_000;
const LOCAL = '127.0.0.1';

/** Discord on a loopback port, with one guild, in which people can be made to speak. */
export async function createFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const fake = new FakeDiscord(options);
  await fake.listen();
  return fake;
}

/**
 * REST and gateway as Discord has them, as far as the bot needs them, and what a person sees of it.
 * Where no person is named, it is `person`. Methods that speak give back what was said.
 */
export class FakeDiscord {
  /** The bot that has logged in or will. */
  readonly bot: FakePerson;
  readonly person: FakePerson;
  readonly token: string;
  readonly guildId: string;
  readonly applicationId: string;
  /** A text channel of the guild in which the bot may do everything that it needs. */
  readonly channelId: string;
  /** The direct messages between `person` and the bot. */
  readonly dmId: string;
  readonly #world: DiscordWorld;
  readonly #interactions: Interactions;
  readonly #application: Application;
  readonly #gateway: GatewayServer;
  readonly #rest: RestServer;
  readonly #faults = new Faults();
  readonly #server: Server;
  /** Known once it listens. */
  #port = 0;

  constructor(options: FakeDiscordOptions) {
    const { now = Date.now, rateLimit = { limit: 50, windowMs: 1_000 } } = options;
    const { allowedIntents = 0, heartbeatIntervalMs = 41_250 } = options;
    const world = new DiscordWorld(now);
    this.#world = world;
    this.bot = world.bot;
    this.guildId = world.guildId;
    this.person = world.addPerson('Ada');
    this.applicationId = world.newId();
    this.token = `${Buffer.from(this.bot.id).toString('base64url')}.fake.token`;
    this.channelId = this.addChannel({ type: ChannelType.GuildText, name: 'general' }).id;
    this.dmId = this.#openDm(this.person).id;
    this.#interactions = new Interactions(world, this.applicationId);
    const { applicationId, token } = this;
    const url = () => `ws://${this.#address()}`;
    this.#application = new Application(world, { applicationId, gatewayUrl: url });
    this.#gateway = new GatewayServer(world, {
      token,
      applicationId,
      allowedIntents,
      heartbeatIntervalMs,
      url,
    });
    this.#rest = new RestServer({
      token,
      faults: this.#faults,
      limits: new RateLimits(rateLimit, now),
      routes: {
        ...this.#application.routes(),
        ...createChannelRoutes(world),
        ...createMessageRoutes(world),
        ...createInteractionRoutes(world, this.#interactions),
      },
      onCall: () => world.events.emit('change'),
    });
    this.#server = createServer((request, response) => void this.#rest.handle(request, response));
    this.#gateway.attach(this.#server);
  }

  /** For `DISCORD_API_URL`. */
  get apiUrl(): string {
    return `http://${this.#address()}/api`;
  }

  /** Connections of the bot that have logged in. */
  get online(): number {
    return this.#gateway.online;
  }

  /** The requests of the bot, oldest first. */
  get calls(): readonly DiscordCall[] {
    return this.#rest.calls;
  }

  get commands(): readonly FakeCommand[] {
    return this.#application.commands;
  }

  get interactions(): readonly FakeInteraction[] {
    return this.#interactions.list();
  }

  addPerson(name: string, isBot = false): FakePerson {
    return this.#world.addPerson(name, isBot);
  }

  /** Channels that are added before the bot logs in are in the guild that it is told of. */
  addChannel(draft: ChannelDraft): FakeChannel {
    return this.#world.addChannel(draft);
  }

  /** A person sends `/ask`. Fails while the bot has not registered the command. */
  slashAsk(channelId: string, text: string, person = this.person): FakeInteraction {
    const command = this.commands.find(({ name }) => name === 'ask');
    if (command === undefined) throw new Error('there is no command /ask: the bot has not registered it');
    return this.#interactions.create(command, { channel: this.#channel(channelId), person, text });
  }

  /** A person writes to the bot directly. */
  directMessage(text: string, person = this.person): SeenMessage {
    return this.say(this.#openDm(person).id, text, person);
  }

  /** A person mentions the bot in a channel or thread. */
  mention(channelId: string, text: string, person = this.person): SeenMessage {
    return this.say(channelId, `<@${this.bot.id}> ${text}`, person);
  }

  /** Somebody writes in a channel, a person or a bot. */
  say(channelId: string, content: string, author = this.person): SeenMessage {
    const mentions = content.includes(`<@${this.bot.id}>`) ? [this.bot] : [];
    return toSeenMessage(this.#world.write({ channel: this.#channel(channelId), author, content, mentions }));
  }

  /** What a person sees in a channel, thread or direct message, oldest first. */
  messages(channelId: string): readonly SeenMessage[] {
    return this.#world.messages(channelId).map(toSeenMessage);
  }

  /** The threads of a channel, oldest first. */
  threads(channelId: string): readonly FakeChannel[] {
    return this.#world.channels().filter(({ parentId }) => parentId === channelId);
  }

  /** Looks now and after each thing that happens, until there is something to give. */
  waitFor<Value>(look: () => Value | null | undefined | false, timeoutMs = WAIT_MS): Promise<Value> {
    return waitFor(this.#world.events, look, { timeoutMs, describe: () => this.#describe() });
  }

  /** The next requests of that route meet the fault instead. */
  failNext(route: DiscordRoute, fault: Fault, times = 1): void {
    this.#faults.add(route, fault, times);
  }

  /** The next login is closed with that code of the gateway. */
  refuseNextLogin(code: number): void {
    this.#gateway.refuseNext(code);
  }

  /** The gateway takes connections and says nothing. */
  silenceGateway(): void {
    this.#gateway.silence();
  }

  /** Breaks the gateway's connections: as a broken line does, or with a code. The bot can resume. */
  disconnect(code: number | null = null): void {
    this.#gateway.disconnect(code);
  }

  async listen(): Promise<void> {
    this.#server.listen(0, LOCAL);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address !== null && typeof address !== 'string') this.#port = address.port;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#gateway.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #address(): string {
    return `${LOCAL}:${this.#port}`;
  }

  #channel(id: string): FakeChannel {
    const channel = this.#world.channel(id);
    if (channel === null) throw new Error(`the fake Discord has no channel ${id}`);
    return channel;
  }

  #openDm(recipient: FakePerson): FakeChannel {
    const known = this.#world.channels().find((channel) => channel.recipient?.id === recipient.id);
    return known ?? this.#world.addChannel({ type: ChannelType.DM, name: recipient.name, recipient });
  }

  #describe(): string {
    const messages = this.#world.channels().flatMap(({ id, name }) => {
      return this.messages(id).map(({ author, content }) => `#${name} ${author.name}: ${content}`);
    });
    const calls = this.calls.map(({ route, status }) => `${route} → ${status ?? 'no answer'}`);
    return [...messages, ...calls].join('\n');
  }
}
