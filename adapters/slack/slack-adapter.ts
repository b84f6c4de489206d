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
import { WattleError } from '../../src/errors.ts';
import { BOT_SCOPES, type SlackScope } from './manifest.ts';
import { type Pause, pause } from './pause.ts';
import {
  type BotToken,
  createSlackClient,
  type SlackClient,
  type SlackClientOptions,
} from './slack-client.ts';
import { createSlackConnection, type SlackConnection } from './slack-connection.ts';
import { classifyFailure, startError } from './slack-failure.ts';
import { type BotIdentity, parseEvent } from './slack-message.ts';
import { SlackNames } from './slack-names.ts';
import { SlackPoster, toOutcome } from './slack-poster.ts';
import { SlackProgress } from './slack-progress.ts';
import { MAX_MARKDOWN, renderMarkdown } from './slack-render.ts';

export interface SlackAdapterOptions {
  /** `xoxb-...` */
  readonly botToken: string;
  /** `xapp-...`, with the scope `connections:write`. */
  readonly appToken: string;
  /** Another address of the Web API, for proxies and tests. */
  readonly apiUrl?: string;
  readonly log: Log;
  /** Milliseconds that one attempt of a Web API call may take. 10,000 by default. */
  readonly timeoutMs?: number;
  /** Milliseconds that one call may wait in all because Slack limits the rate. 30,000 by default. */
  readonly rateLimitWaitMs?: number;
  /** Milliseconds from connecting the socket to Slack's greeting. 20,000 by default. */
  readonly connectTimeoutMs?: number;
  readonly pause?: Pause;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** `chat.update` may be called 50 times a minute. */
const EDIT_INTERVAL_MS = 1_200;

const CAPABILITIES: AdapterCapabilities = Object.freeze({
  maxText: MAX_MARKDOWN,
  editIntervalMs: EDIT_INTERVAL_MS,
  outlivesProcess: true,
});

/** Slack over Socket Mode. Nothing is sent or opened before `start`, `post` or `edit` is called. */
export function createSlackAdapter(options: SlackAdapterOptions): Adapter {
  return new SlackAdapter({
    botToken: options.botToken,
    appToken: options.appToken,
    apiUrl: options.apiUrl ?? null,
    log: options.log,
    timeoutMs: options.timeoutMs ?? 10_000,
    rateLimitWaitMs: options.rateLimitWaitMs ?? 30_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 20_000,
    pause: options.pause ?? pause,
    now: options.now ?? Date.now,
  });
}

interface Settings extends SlackClientOptions {
  readonly connectTimeoutMs: number;
  readonly now: () => number;
}

/** From a `start` to its `stop`. */
interface Session {
  stopped: boolean;
  connection: SlackConnection | null;
}

class SlackAdapter implements Adapter {
  readonly name = 'slack';
  readonly capabilities = CAPABILITIES;
  readonly #settings: Settings;
  readonly #client: SlackClient;
  readonly #poster: SlackPoster;
  readonly #progress: SlackProgress;
  readonly #names: SlackNames;
  #session: Session | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#client = createSlackClient(settings);
    this.#poster = new SlackPoster(this.#client);
    this.#progress = new SlackProgress(this.#client, settings.log);
    this.#names = new SlackNames({ ...settings, client: this.#client });
  }

  async start(handlers: AdapterHandlers): Promise<void> {
    if (this.#session !== null) throw new WattleError('INTERNAL', 'the Slack adapter is already started');
    const session: Session = { stopped: false, connection: null };
    this.#session = session;
    try {
      const identity = await this.#checkTokens();
      throwIfStopped(session);
      session.connection = this.#connect(session, identity, handlers);
      await openConnection(session.connection);
    } catch (error) {
      if (this.#session === session) this.#session = null;
      throw error;
    }
  }

  async stop(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    this.#session = null;
    session.stopped = true;
    await session.connection?.close();
  }

  post(target: Target, content: Content, id: string): Promise<PostOutcome> {
    return this.#poster.post(target, { markdown_text: renderMarkdown(content) }, id);
  }

  async edit(receipt: Receipt, content: Content): Promise<PostOutcome> {
    const { target, messageId } = receipt;
    const body = { markdown_text: renderMarkdown(content) };
    const updated = await this.#client.update(target.channel, messageId, body);
    return toOutcome(target, updated.ok ? { ok: true, value: messageId } : updated);
  }

  progress(target: Target, plan: Plan): Promise<void> {
    return this.#progress.show(target, plan);
  }

  nameOf({ id }: Message['author']): Promise<string> {
    return this.#names.nameOf(id);
  }

  /** Both at once, and before the socket is opened, because its client says less of what is wrong. */
  async #checkTokens(): Promise<BotIdentity> {
    const [bot, app] = await Promise.all([this.#client.whoAmI(), this.#client.checkAppToken()]);
    if (!bot.ok) throw startError(bot.failure, 'SLACK_BOT_TOKEN');
    if (!app.ok) throw startError(app.failure, 'SLACK_APP_TOKEN');
    this.#checkScopes(bot.value);
    return bot.value;
  }

  #checkScopes({ scopes }: BotToken): void {
    if (scopes === null) return;
    const missing = BOT_SCOPES.filter(({ name }) => !scopes.includes(name));
    const required = missing.filter((scope) => scope.required);
    if (required.length > 0) throw new WattleError('PLATFORM_REFUSED', missingScopes(required));
    if (missing.length > 0) this.#settings.log.warn({}, missingScopes(missing));
  }

  #connect(session: Session, identity: BotIdentity, handlers: AdapterHandlers): SlackConnection {
    return createSlackConnection({
      ...this.#settings,
      identity,
      onEvent: (event) => {
        const parsed = parseEvent(event, identity);
        if (parsed.kind !== 'message') return;
        throwIfStopped(session);
        this.#handOver(parsed.message, handlers);
      },
    });
  }

  /** What is thrown on keeps the message from being acknowledged, so that Slack delivers it again. */
  #handOver(message: Message, handlers: AdapterHandlers): void {
    try {
      handlers.onMessage(message);
    } catch (error) {
      const fields = { channel: message.channel, message: message.id, reason: String(error) };
      const text = 'a message was not taken; Slack will deliver it again';
      if (error instanceof WattleError) this.#settings.log.warn(fields, text);
      else this.#settings.log.error(fields, text);
      throw error;
    }
  }
}

async function openConnection(connection: SlackConnection): Promise<void> {
  try {
    await connection.open();
  } catch (error) {
    if (error instanceof WattleError) throw error;
    throw startError(classifyFailure(error, 'the Socket Mode connection'), 'SLACK_APP_TOKEN');
  }
}

function throwIfStopped(session: Session): void {
  if (session.stopped) throw new WattleError('STOPPED', 'the Slack adapter was stopped');
}

function missingScopes(scopes: readonly SlackScope[]): string {
  const list = scopes.map(({ name, why }) => `${name} (${why})`).join(', ');
  return `the Slack bot token lacks ${list}: add under "OAuth & Permissions" in the app's settings and install the app again`;
}
