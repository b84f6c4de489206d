import type {
  Adapter,
  AdapterCapabilities,
  AdapterHandlers,
  Content,
  PostOutcome,
  Receipt,
} from '../../src/chat/adapter.ts';
import type { Log } from '../../src/chat/log.ts';
import type { Message, Target } from '../../src/chat/message.ts';
import type { Plan } from '../../src/chat/plan.ts';
import { type StartTimer, startSystemTimer } from '../../src/chat/timer.ts';
import { WattleError } from '../../src/errors.ts';
import { MAX_MESSAGE } from './discord-render.ts';
import { DiscordSession, type DiscordSessionOptions } from './discord-session.ts';

export interface DiscordAdapterOptions {
  /** The bot's token. */
  readonly token: string;
  /** Another address of the REST API, for proxies and tests; `https://discord.com/api` by default. The version is added. */
  readonly apiUrl?: string;
  readonly log: Log;
  /** Milliseconds that logging in may take. 30,000 by default. */
  readonly startTimeoutMs?: number;
  readonly startTimer?: StartTimer;
}

const DISCORD_API_URL = 'https://discord.com/api';
/** Discord takes five edits in five seconds in one channel. */
const EDIT_INTERVAL_MS = 1_200;

const CAPABILITIES: AdapterCapabilities = Object.freeze({
  maxText: MAX_MESSAGE,
  editIntervalMs: EDIT_INTERVAL_MS,
  outlivesProcess: true,
});

/** Discord over its gateway. Nothing is sent or opened before `start` is called. */
export function createDiscordAdapter(options: DiscordAdapterOptions): Adapter {
  return new DiscordAdapter({
    token: options.token,
    apiUrl: withoutVersion(options.apiUrl ?? DISCORD_API_URL),
    log: options.log,
    startTimeoutMs: options.startTimeoutMs ?? 30_000,
    startTimer: options.startTimer ?? startSystemTimer,
  });
}

class DiscordAdapter implements Adapter {
  readonly name = 'discord';
  readonly capabilities = CAPABILITIES;
  readonly #settings: DiscordSessionOptions;
  #session: DiscordSession | null = null;

  constructor(settings: DiscordSessionOptions) {
    this.#settings = settings;
  }

  async start(handlers: AdapterHandlers): Promise<void> {
    if (this.#session !== null) throw new WattleError('INTERNAL', 'the Discord adapter is already started');
    const session = new DiscordSession(this.#settings);
    this.#session = session;
    try {
      await session.open(handlers);
    } catch (error) {
      if (this.#session === session) this.#session = null;
      throw error;
    }
  }

  async stop(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  async post(target: Target, content: Content, id: string): Promise<PostOutcome> {
    return this.#session?.post(target, content, id) ?? NOT_STARTED;
  }

  async edit(receipt: Receipt, content: Content): Promise<PostOutcome> {
    return this.#session?.edit(receipt, content) ?? NOT_STARTED;
  }

  async progress(target: Target, plan: Plan): Promise<void> {
    await this.#session?.progress(target, plan);
  }

  /** Every message says it. */
  async nameOf({ name }: Message['author']): Promise<string> {
    return name;
  }
}

const NOT_STARTED: PostOutcome = Object.freeze({
  ok: false,
  kind: 'refused',
  message: 'the Discord adapter is not started',
});

/** `https://discord.com/api/v10/` and `https://discord.com/api` name the same API. */
function withoutVersion(apiUrl: string): string {
  return apiUrl.replace(/(\/v\d+)?\/*$/, '');
}
