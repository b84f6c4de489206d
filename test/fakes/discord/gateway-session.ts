import { ChannelType, GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';
import { permissionsOf } from './channel.ts';
import type { WorldEvent } from './world.ts';

interface Packet {
  readonly op: GatewayOpcodes;
  readonly t: string;
  readonly s: number;
  readonly d: object;
}

/** A bot that has identified itself. It outlives its connection, so that it can be resumed. */
export class GatewaySession {
  readonly id: string;
  readonly #intents: number;
  readonly #botId: string;
  readonly #sent: Packet[] = [];
  #socket: WebSocket | null;

  constructor({
    id,
    intents,
    botId,
    socket,
  }: { id: string; intents: number; botId: string; socket: WebSocket }) {
    this.id = id;
    this.#intents = intents;
    this.#botId = botId;
    this.#socket = socket;
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  /** Events from now on wait for `resume`. */
  detach(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = null;
  }

  /** Sends what was missed since that sequence number. */
  resume(socket: WebSocket, sequence: number): void {
    this.#socket = socket;
    for (const packet of this.#sent.filter(({ s }) => s > sequence)) socket.send(JSON.stringify(packet));
    this.dispatch(GatewayDispatchEvents.Resumed, {});
  }

  /** Sends an event if the bot's intents and permissions let it see it. */
  tell({ type, data, channel }: WorldEvent): void {
    if (!permissionsOf(channel).has('ViewChannel') && type !== GatewayDispatchEvents.InteractionCreate)
      return;
    const needed = intentFor(type, channel.type === ChannelType.DM);
    if (needed !== 0 && (this.#intents & needed) === 0) return;
    this.dispatch(type, this.#mayRead(data, channel.type === ChannelType.DM) ? data : withoutContent(data));
  }

  dispatch(type: GatewayDispatchEvents, data: object): void {
    const packet = { op: GatewayOpcodes.Dispatch, t: type, s: this.#sent.length + 1, d: data };
    this.#sent.push(packet);
    this.#socket?.send(JSON.stringify(packet));
  }

  /** Without the privileged intent: direct messages, mentions of the bot and its own messages only. */
  #mayRead(data: object, isDirect: boolean): boolean {
    if (isDirect || (this.#intents & GatewayIntentBits.MessageContent) !== 0) return true;
    const author = 'author' in data ? idOf(data.author) : null;
    const mentions = 'mentions' in data && Array.isArray(data.mentions) ? data.mentions : [];
    return author === this.#botId || mentions.some((user) => idOf(user) === this.#botId);
  }
}

function withoutContent(data: object): object {
  if (!('content' in data)) return data;
  return { ...data, content: '', embeds: [], attachments: [], components: [] };
}

function intentFor(type: GatewayDispatchEvents, isDirect: boolean): number {
  switch (type) {
    case GatewayDispatchEvents.MessageCreate:
    case GatewayDispatchEvents.MessageUpdate:
      return isDirect ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
    case GatewayDispatchEvents.ThreadCreate:
    case GatewayDispatchEvents.ThreadUpdate:
      return GatewayIntentBits.Guilds;
    default:
      return 0;
  }
}

function idOf(user: unknown): unknown {
  return typeof user === 'object' && user !== null && 'id' in user ? user.id : null;
}
