import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  ApplicationFlags,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord.js';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { isThread, toApiChannel } from './channel.ts';
import { GatewaySession } from './gateway-session.ts';
import { toApiMember, toApiUser } from './people.ts';
import type { DiscordWorld } from './world.ts';

export interface GatewayOptions {
  readonly token: string;
  readonly applicationId: string;
  /** Privileged intents that the portal has switched on. */
  readonly allowedIntents: number;
  readonly heartbeatIntervalMs: number;
  url(): string;
}

const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

const packet = z.object({ op: z.number(), d: z.unknown().optional() });
const identify = z.object({ token: z.string(), intents: z.number() });
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

/** The gateway: sessions over web sockets, in JSON and uncompressed. */
export class GatewayServer {
  readonly #world: DiscordWorld;
  readonly #options: GatewayOptions;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, GatewaySession>();
  #isSilent = false;
  #refusal: number | null = null;

  constructor(world: DiscordWorld, options: GatewayOptions) {
    this.#world = world;
    this.#options = options;
    this.#sockets.on('connection', (socket) => this.#greet(socket));
    world.events.on('dispatch', (event) => {
      for (const session of this.#sessions.values()) session.tell(event);
    });
  }

  /** Sessions that have a connection. */
  get online(): number {
    return [...this.#sessions.values()].filter(({ isConnected }) => isConnected).length;
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#sockets.handleUpgrade(request, socket, head, (client) =>
        this.#sockets.emit('connection', client),
      );
    });
  }

  /** New connections are not greeted any more. */
  silence(): void {
    this.#isSilent = true;
  }

  /** The next IDENTIFY is answered by closing with that code. */
  refuseNext(code: number): void {
    this.#refusal = code;
  }

  /** Breaks every connection; without a code as a broken line does. Sessions can be resumed. */
  disconnect(code: number | null): void {
    for (const socket of this.#sockets.clients) {
      if (code === null) socket.terminate();
      else socket.close(code);
    }
  }

  close(): void {
    this.disconnect(null);
    this.#sockets.close();
  }

  #greet(socket: WebSocket): void {
    socket.on('message', (data) => this.#receive(socket, data));
    socket.on('close', () => {
      for (const session of this.#sessions.values()) session.detach(socket);
      this.#world.events.emit('change');
    });
    if (this.#isSilent) return;
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: this.#options.heartbeatIntervalMs });
  }

  #receive(socket: WebSocket, raw: RawData): void {
    const { op, d } = packet.parse(JSON.parse(raw.toString()));
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        send(socket, GatewayOpcodes.HeartbeatAck, null);
        break;
      case GatewayOpcodes.Identify:
        this.#identify(socket, d);
        break;
      case GatewayOpcodes.Resume:
        this.#resume(socket, d);
        break;
      default:
        socket.close(GatewayCloseCodes.UnknownOpcode);
    }
  }

  #identify(socket: WebSocket, data: unknown): void {
    const { token, intents } = identify.parse(data);
    const refusal = this.#whyNotLogin(token, intents);
    if (refusal !== null) {
      socket.close(refusal);
      return;
    }
    const { bot } = this.#world;
    const session = new GatewaySession({
      id: `session-${this.#world.newId()}`,
      intents,
      botId: bot.id,
      socket,
    });
    this.#sessions.set(session.id, session);
    session.dispatch(GatewayDispatchEvents.Ready, this.#readyData(session.id));
    session.dispatch(GatewayDispatchEvents.GuildCreate, this.#guildData());
    this.#world.events.emit('change');
  }

  #whyNotLogin(token: string, intents: number): number | null {
    const refusal = this.#refusal;
    this.#refusal = null;
    if (refusal !== null) return refusal;
    if (token !== this.#options.token) return GatewayCloseCodes.AuthenticationFailed;
    const isAllowed = (intents & PRIVILEGED & ~this.#options.allowedIntents) === 0;
    return isAllowed ? null : GatewayCloseCodes.DisallowedIntents;
  }

  #resume(socket: WebSocket, data: unknown): void {
    const { token, session_id, seq } = resume.parse(data);
    const session = this.#sessions.get(session_id);
    if (token !== this.#options.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed);
    } else if (session === undefined) {
      send(socket, GatewayOpcodes.InvalidSession, false);
    } else {
      session.resume(socket, seq);
      this.#world.events.emit('change');
    }
  }

  #readyData(sessionId: string): object {
    return {
      v: 10,
      user: { ...toApiUser(this.#world.bot), verified: true, mfa_enabled: false, flags: 0 },
      guilds: [{ id: this.#world.guildId, unavailable: true }],
      session_id: sessionId,
      resume_gateway_url: this.#options.url(),
      shard: [0, 1],
      application: { id: this.#options.applicationId, flags: ApplicationFlags.GatewayMessageContentLimited },
    };
  }

  #guildData(): object {
    const { bot, guildId } = this.#world;
    const ofGuild = this.#world.channels().filter((channel) => channel.guildId !== null);
    return {
      id: guildId,
      name: 'Workshop',
      owner_id: guildId,
      joined_at: new Date(this.#world.now()).toISOString(),
      large: false,
      unavailable: false,
      member_count: 2,
      members: [{ ...toApiMember(), user: toApiUser(bot) }],
      channels: ofGuild.filter((channel) => !isThread(channel)).map(toApiChannel),
      threads: ofGuild.filter((channel) => isThread(channel) && !channel.isArchived).map(toApiChannel),
      roles: [{ id: guildId, name: '@everyone', permissions: '0', position: 0, color: 0, hoist: false }],
      emojis: [],
      stickers: [],
      features: [],
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
    };
  }
}

function send(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}
