import { App, type AppOptions, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { WattleError } from '../../src/errors.ts';
import { boltLogger } from './bolt-logger.ts';
import { pause } from './pause.ts';
import type { SlackClientOptions } from './slack-client.ts';
import { webClientOptions } from './slack-client.ts';
import type { BotIdentity } from './slack-message.ts';

export interface SlackConnectionOptions extends SlackClientOptions {
  readonly identity: BotIdentity;
  /** Milliseconds for one attempt to connect, up to Slack's greeting. */
  readonly connectTimeoutMs: number;
  /** Takes an event's `event`. What it throws keeps the event from being acknowledged. */
  onEvent(event: unknown): void;
}

/** Bolt on Socket Mode, connected again whenever the socket ends. */
export interface SlackConnection {
  /** Resolves when Slack has greeted; rejects with what the first attempt failed on. */
  open(): Promise<void>;
  /** Idempotent. Takes no event from its first moment on. */
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 500;
const LAST_WAIT_MS = 30_000;
/** How long a socket may take to say goodbye before it is cut. */
const GOODBYE_MS = 1_000;

/**
 * Bolt acknowledges an event before its listeners run. Here the acknowledgement follows them, so that
 * an event that was not taken, because the host could not write it down or is stopping, comes again.
 */
class AcknowledgeAfterApp extends App {
  readonly #isOpen: () => boolean;

  constructor(options: AppOptions, isOpen: () => boolean) {
    super(options);
    this.#isOpen = isOpen;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (!this.#isOpen()) return;
    await super.processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  }
}

export function createSlackConnection(options: SlackConnectionOptions): SlackConnection {
  return new BoltConnection(options);
}

class BoltConnection implements SlackConnection {
  readonly #options: SlackConnectionOptions;
  readonly #receiver: SocketModeReceiver;
  readonly #closing = new AbortController();
  /** The newest attempt to connect. */
  #attempt: Promise<void> = Promise.resolve();
  #connecting = false;

  constructor(options: SlackConnectionOptions) {
    this.#options = options;
    this.#receiver = createReceiver(options);
    const app = createApp(options, this.#receiver, () => !this.#isClosing());
    app.event('app_mention', async ({ event }) => options.onEvent(event));
    app.event('message', async ({ event }) => options.onEvent(event));
  }

  async open(): Promise<void> {
    await this.#connect();
    this.#receiver.client.on('disconnected', () => void this.#reconnect());
  }

  async close(): Promise<void> {
    if (this.#isClosing()) return;
    this.#closing.abort();
    // A socket that is cut while it connects leaves a timer of half a minute behind in the client.
    const settled = new AbortController();
    await Promise.race([Promise.allSettled([this.#attempt]), pause(GOODBYE_MS, settled.signal)]);
    settled.abort();
    await this.#disconnect();
  }

  /** The client's own reconnecting waits at least five seconds, and ends in an unhandled rejection when Slack refuses. */
  async #reconnect(): Promise<void> {
    if (this.#connecting) return;
    this.#connecting = true;
    for (let wait = 0; !(await this.#connectAgain(wait)); ) wait = nextWait(wait);
    this.#connecting = false;
  }

  /** True when there is nothing more to try. */
  async #connectAgain(wait: number): Promise<boolean> {
    await this.#options.pause(wait, this.#closing.signal);
    if (this.#isClosing()) return true;
    try {
      await this.#connect();
      this.#options.log.info({}, 'connected to Slack again');
      return true;
    } catch (error) {
      if (this.#isClosing()) return true;
      this.#options.log.warn(
        { reason: String(error), nextWaitMs: nextWait(wait) },
        'Slack cannot be reached',
      );
      return false;
    }
  }

  #connect(): Promise<void> {
    this.#attempt = this.#startClient();
    return this.#attempt;
  }

  async #startClient(): Promise<void> {
    this.#throwIfClosing();
    const { connectTimeoutMs } = this.#options;
    let late = false;
    // Again and again, for a disconnect before the client has its socket does not stop it from connecting.
    const timer = setInterval(() => {
      late = true;
      void this.#disconnect();
    }, connectTimeoutMs);
    try {
      await this.#receiver.start();
    } catch (error) {
      this.#throwIfClosing();
      if (late) throw unreachable(`no greeting from Slack's socket within ${connectTimeoutMs} ms`);
      // The client rejects with nothing when the socket closes.
      throw error ?? unreachable("Slack's socket closed before its greeting");
    } finally {
      clearInterval(timer);
    }
    if (this.#isClosing()) await this.#disconnect();
    this.#throwIfClosing();
  }

  /** A second `disconnect` cuts a socket that did not answer the first. */
  async #disconnect(): Promise<void> {
    const { client } = this.#receiver;
    const cut = setTimeout(() => void client.disconnect(), GOODBYE_MS);
    await client.disconnect();
    clearTimeout(cut);
  }

  #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  #throwIfClosing(): void {
    if (this.#isClosing()) throw new WattleError('STOPPED', 'the Slack adapter was stopped');
  }
}

function createReceiver(options: SlackConnectionOptions): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: options.appToken,
    logger: boltLogger(options.log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: webClientOptions(options, { retries: 0 }) },
  });
}

function createApp(
  options: SlackConnectionOptions,
  receiver: SocketModeReceiver,
  isOpen: () => boolean,
): App {
  const { botToken, identity, log } = options;
  const appOptions: AppOptions = {
    receiver,
    token: botToken,
    botId: identity.botId,
    botUserId: identity.userId,
    tokenVerificationEnabled: false,
    // `parseEvent` tells own messages apart, for every kind of event alike.
    ignoreSelf: false,
    convoStore: false,
    logger: boltLogger(log),
    clientOptions: webClientOptions(options, { retries: 0 }),
  };
  return new AcknowledgeAfterApp(appOptions, isOpen);
}

function nextWait(wait: number): number {
  return wait === 0 ? FIRST_WAIT_MS : Math.min(wait * 2, LAST_WAIT_MS);
}

function unreachable(message: string): WattleError {
  return new WattleError('PLATFORM_UNREACHABLE', message);
}
