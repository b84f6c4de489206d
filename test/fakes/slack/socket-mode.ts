import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Changes } from './changes.ts';

/** One delivery of an event, until it is acknowledged. Times are `performance.now()`. */
export interface Envelope {
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** When it was sent, each time. */
  readonly sentAt: number[];
  ackedAt: number | null;
}

export interface SocketModeOptions {
  readonly appId: string;
  readonly changes: Changes;
  /** False for a server that accepts sockets and never greets them. */
  readonly greets: boolean;
}

/** Slack's Socket Mode: tickets, greeting, envelopes and their acknowledgements. */
export class SocketMode {
  readonly envelopes: Envelope[] = [];
  readonly #options: SocketModeOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #greeted = new Set<WebSocket>();

  constructor(options: SocketModeOptions) {
    this.#options = options;
  }

  get connections(): number {
    return this.#greeted.size;
  }

  /** A ticket opens one socket. */
  createTicket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://fake').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#greet(client));
  }

  /** Sends an event to the newest socket; without one it waits for the next, as at Slack. */
  deliver(payload: Readonly<Record<string, unknown>>): Envelope {
    const envelope: Envelope = { id: randomUUID(), payload, sentAt: [], ackedAt: null };
    this.envelopes.push(envelope);
    this.#send(envelope);
    return envelope;
  }

  /** Sends one envelope again, or all that were not acknowledged. */
  redeliver(envelope?: Envelope): void {
    const chosen = envelope === undefined ? this.envelopes.filter(isOpen) : [envelope];
    for (const one of chosen) this.#send(one);
  }

  /** Asks every client to connect anew. */
  refresh(): void {
    const message = { type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'fake' } };
    for (const client of this.#greeted) client.send(JSON.stringify(message));
  }

  /** Breaks every socket without a goodbye. */
  cut(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #greet(client: WebSocket): void {
    client.on('message', (data) => this.#acknowledge(String(data)));
    client.on('close', () => {
      this.#greeted.delete(client);
      this.#options.changes.notify();
    });
    if (!this.#options.greets) return;
    this.#greeted.add(client);
    const hello = {
      type: 'hello',
      num_connections: this.#greeted.size,
      debug_info: { host: 'fake', approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#options.appId },
    };
    client.send(JSON.stringify(hello));
    this.redeliver();
    this.#options.changes.notify();
  }

  #send(envelope: Envelope): void {
    const client = [...this.#greeted].at(-1);
    if (client === undefined) return;
    const attempts = envelope.sentAt.length;
    envelope.sentAt.push(performance.now());
    const message = {
      envelope_id: envelope.id,
      payload: envelope.payload,
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: attempts,
      retry_reason: attempts === 0 ? '' : 'timeout',
    };
    client.send(JSON.stringify(message));
  }

  #acknowledge(data: string): void {
    const message: unknown = JSON.parse(data);
    if (typeof message !== 'object' || message === null || !('envelope_id' in message)) return;
    const envelope = this.envelopes.find(({ id }) => id === message.envelope_id);
    if (envelope === undefined) return;
    envelope.ackedAt ??= performance.now();
    this.#options.changes.notify();
  }
}

function isOpen({ ackedAt }: Envelope): boolean {
  return ackedAt === null;
}
