import {
  type APIInteraction,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  type GatewayReadyDispatchData,
  Options,
  SimpleShardingStrategy,
} from 'discord.js';
import type { Log } from '../../src/chat/log.ts';
import { WattleError } from '../../src/errors.ts';
import { toStartError } from './discord-start-error.ts';

export interface DiscordGatewayOptions {
  /** Without a version. */
  readonly apiUrl: string;
  readonly startTimeoutMs: number;
  readonly log: Log;
}

/** Told of each event from the login on, as Discord sent it. */
export interface GatewayListeners {
  onMessage(data: GatewayMessageCreateDispatchData, botId: string): void;
  onInteraction(data: APIInteraction): void;
}

type ShardManager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
/** Of one try. A post is safe to repeat because of its nonce, so one blip of the network is bridged. */
const REQUEST_TIMEOUT_MS = 10_000;
const REQUEST_RETRIES = 1;
const LONGEST_RATE_LIMIT_MS = 10_000;
const STOP_TIMEOUT_MS = 1_000;

/** The connection to Discord: discord.js' client, from login to logout. */
export class DiscordGateway {
  readonly client: Client;
  readonly #options: DiscordGatewayOptions;
  readonly #closing = new AbortController();
  #shardManager: ShardManager | null = null;

  constructor(options: DiscordGatewayOptions) {
    this.#options = options;
    this.client = new Client({
      intents: INTENTS,
      // The adapter reads events as they come and needs no store of messages, nor a wait for all guilds.
      makeCache: Options.cacheWithLimits({ MessageManager: 0 }),
      waitGuildTimeout: 0,
      rest: {
        api: options.apiUrl,
        timeout: REQUEST_TIMEOUT_MS,
        retries: REQUEST_RETRIES,
        rejectOnRateLimit: ({ timeToReset, sublimitTimeout }) =>
          Math.max(timeToReset, sublimitTimeout) > LONGEST_RATE_LIMIT_MS,
      },
      ws: {
        buildStrategy: (manager) => {
          this.#shardManager = manager;
          return new SimpleShardingStrategy(manager);
        },
      },
    });
    // Without a listener an error of the client would be thrown at nobody.
    this.client.on(Events.Error, ({ message }) =>
      options.log.error({ reason: message }, 'the Discord client failed'),
    );
  }

  /** Aborts when the connection is being closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Logs in; gives the application's id.
   *
   * @throws WattleError PLATFORM_REFUSED, PLATFORM_UNREACHABLE, STOPPED
   */
  async connect(token: string, listeners: GatewayListeners): Promise<string> {
    const { client } = this;
    // The raw events: discord.js' own hold back what was said in a channel that it has never seen.
    const ready = new Promise<string>((resolve) => {
      client.ws.once(GatewayDispatchEvents.Ready, ({ user, application }: GatewayReadyDispatchData) => {
        client.ws.on(GatewayDispatchEvents.MessageCreate, (data) => listeners.onMessage(data, user.id));
        client.ws.on(GatewayDispatchEvents.InteractionCreate, (data) => listeners.onInteraction(data));
        this.#watch();
        resolve(application.id);
      });
    });
    let closeCode: number | null = null;
    client.once(Events.ShardDisconnect, ({ code }) => {
      closeCode = code;
    });
    const limit = AbortSignal.any([this.closing, AbortSignal.timeout(this.#options.startTimeoutMs)]);
    try {
      const [applicationId] = await unlessAborted(Promise.all([ready, client.login(token)]), limit);
      return applicationId;
    } catch (error) {
      throw toStartError(error, closeCode, this.#options.apiUrl);
    }
  }

  /** Idempotent; bounded in time. */
  async close(): Promise<void> {
    if (this.closing.aborted) return;
    this.#closing.abort(new WattleError('STOPPED', 'the Discord adapter was stopped'));
    // A shard between two tries to connect ignores `destroy` and would try again; this makes it wait for ever.
    if (this.#shardManager !== null) {
      this.#shardManager.options.retrieveSessionInfo = () => new Promise(() => undefined);
    }
    try {
      await unlessAborted(this.client.destroy(), AbortSignal.timeout(STOP_TIMEOUT_MS));
    } catch (error) {
      this.#options.log.warn({ reason: String(error) }, 'the connection to Discord did not close in time');
    }
  }

  /** From the login on: what goes wrong before is told by the error of `connect`. */
  #watch(): void {
    const { log } = this.#options;
    this.client.ws.on(GatewayDispatchEvents.Ready, () => log.info({}, 'connected to Discord again'));
    this.client
      .on(Events.Warn, (reason) => log.warn({ reason }, 'the Discord client warns'))
      .on(Events.ShardError, (error) => log.warn({ reason: error.message }, 'the Discord gateway failed'))
      .on(Events.ShardResume, (_, replayed) => log.info({ replayed }, 'connected to Discord again'))
      .on(Events.ShardReconnecting, () => {
        if (!this.closing.aborted) log.debug({}, 'the connection to Discord was lost');
      })
      .on(Events.ShardDisconnect, ({ code }) => {
        if (!this.closing.aborted) log.error({ code }, 'Discord closed the connection for good');
      });
  }
}

/** Rejects with the signal's reason when that aborts first. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
