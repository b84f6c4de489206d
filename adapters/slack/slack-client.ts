import { webApi } from '@slack/bolt';
import type { Log } from '../../src/chat/log.ts';
import { boltLogger } from './bolt-logger.ts';
import type { Pause } from './pause.ts';
import { type CallResult, classifyFailure } from './slack-failure.ts';
import type { BotIdentity } from './slack-message.ts';

export interface SlackClientOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Null for Slack's own. */
  readonly apiUrl: string | null;
  readonly log: Log;
  /** Milliseconds that one attempt of a call may take. */
  readonly timeoutMs: number;
  /** Milliseconds that one call may wait in all because Slack limits the rate. */
  readonly rateLimitWaitMs: number;
  readonly pause: Pause;
}

export interface BotToken extends BotIdentity {
  /** Null where Slack does not say. */
  readonly scopes: readonly string[] | null;
}

export interface Place {
  readonly channel: string;
  /** The `ts` of the thread's first message. */
  readonly thread: string;
}

/** `markdown_text` is Markdown, `text` is Slack's own markup. */
export type Body = { readonly markdown_text: string } | { readonly text: string };

/** A hidden mark of a post, by which it is found again. */
export interface Mark {
  readonly kind: 'wattle_post' | 'wattle_progress';
  readonly id: string;
}

/** What we use of the Web API. */
export interface SlackClient {
  whoAmI(): Promise<CallResult<BotToken>>;
  /** Proves that the app token may open a socket. */
  checkAppToken(): Promise<CallResult<null>>;
  /** Sent once: an attempt without an answer is not repeated. Gives the post's `ts`. */
  post(place: Place, body: Body, mark: Mark): Promise<CallResult<string>>;
  update(channel: string, ts: string, body: Body): Promise<CallResult<null>>;
  /** The `ts` of the post in a thread that carries a mark, or null. */
  findPost(place: Place, mark: Mark): Promise<CallResult<string | null>>;
  /** Shown under the thread as "<name> <status>" for two minutes or until the next post; empty takes it away. Tried once. */
  setStatus(place: Place, status: string): Promise<CallResult<null>>;
  /** What a person goes by, or null for somebody without a name. Tried once. */
  userName(user: string): Promise<CallResult<string | null>>;
}

/** For calls that may be made twice without harm. */
const REPEATABLE = { retries: 2, minTimeout: 250, factor: 2 };
/** Slack has no idempotency key: a second attempt would be a second message. */
const ONCE = { retries: 0 };

/** A status that comes later is worth nothing, and a name is not worth waiting for longer. */
const PASSING_MS = 3_000;

const PAGE = 200;
const MAX_PAGES = 20;

export function createSlackClient(options: SlackClientOptions): SlackClient {
  const { botToken, timeoutMs } = options;
  const once = createWebClient(options, botToken, ONCE);
  const bot = createWebClient(options, botToken, REPEATABLE);
  const passing = createWebClient({ ...options, timeoutMs: Math.min(timeoutMs, PASSING_MS) }, botToken, ONCE);
  const app = createWebClient(options, options.appToken, REPEATABLE);

  const call = <T>(method: string, work: () => Promise<T>) =>
    attempt(method, () => obeyRateLimit(options, work));

  return {
    whoAmI: () => call('auth.test', async () => toBotToken(await bot.auth.test())),
    checkAppToken: () =>
      call('apps.connections.open', async () => {
        await app.apps.connections.open({});
        return null;
      }),
    post: ({ channel, thread }, body, mark) =>
      call('chat.postMessage', async () => {
        const quiet = { unfurl_links: false, unfurl_media: false };
        const metadata = { event_type: mark.kind, event_payload: { id: mark.id } };
        const sent = await once.chat.postMessage({ channel, thread_ts: thread, ...body, ...quiet, metadata });
        return expectText(sent.ts, 'ts');
      }),
    update: (channel, ts, body) =>
      call('chat.update', async () => {
        await bot.chat.update({ channel, ts, ...body });
        return null;
      }),
    findPost: (place, mark) => call('conversations.replies', () => findPost(bot, place, mark)),
    setStatus: ({ channel, thread }, status) =>
      attempt('assistant.threads.setStatus', async () => {
        await passing.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status });
        return null;
      }),
    userName: (user) => attempt('users.info', async () => toName(await passing.users.info({ user }))),
  };
}

async function attempt<T>(method: string, work: () => Promise<T>): Promise<CallResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, failure: classifyFailure(error, method) };
  }
}

/** The options that Bolt's socket needs as well. */
export function webClientOptions(
  { apiUrl, log, timeoutMs }: Pick<SlackClientOptions, 'apiUrl' | 'log' | 'timeoutMs'>,
  retryConfig: webApi.WebClientOptions['retryConfig'],
): webApi.WebClientOptions {
  return {
    logger: boltLogger(log),
    timeout: timeoutMs,
    // The client's own obedience has no bound, and would hold up every other call meanwhile.
    rejectRateLimitedCalls: true,
    ...(retryConfig === undefined ? {} : { retryConfig }),
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
  };
}

function createWebClient(
  options: SlackClientOptions,
  token: string,
  retryConfig: webApi.WebClientOptions['retryConfig'],
): webApi.WebClient {
  return new webApi.WebClient(token, webClientOptions(options, retryConfig));
}

/** A call that Slack turned down for its rate was not carried out, so that even a post may be made again. */
async function obeyRateLimit<T>(
  { rateLimitWaitMs, pause }: SlackClientOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (let left = rateLimitWaitMs; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof webApi.WebAPIRateLimitedError)) throw error;
      const wanted = Math.max(1, error.retryAfter) * 1_000;
      if (wanted > left) throw error;
      left -= wanted;
      await pause(wanted);
    }
  }
}

function toBotToken(answer: webApi.AuthTestResponse): BotToken {
  return {
    teamId: expectText(answer.team_id, 'team_id'),
    userId: expectText(answer.user_id, 'user_id'),
    botId: expectText(answer.bot_id, 'bot_id'),
    scopes: answer.response_metadata?.scopes ?? null,
  };
}

/** The name that people see, in the order in which Slack itself falls back. */
function toName({ user }: webApi.UsersInfoResponse): string | null {
  const names = [user?.profile?.display_name, user?.profile?.real_name, user?.real_name, user?.name];
  return names.find((name) => name !== undefined && name.trim() !== '') ?? null;
}

async function findPost(client: webApi.WebClient, place: Place, mark: Mark): Promise<string | null> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await client.conversations.replies({
      channel: place.channel,
      ts: place.thread,
      limit: PAGE,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = answer.messages?.find((message) => carries(message, mark));
    if (found?.ts !== undefined) return found.ts;
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return null;
  }
  return null;
}

/** The client's types leave out `metadata`. */
function carries(message: object, mark: Mark): boolean {
  if (!('metadata' in message)) return false;
  const { metadata } = message;
  if (typeof metadata !== 'object' || metadata === null) return false;
  if (!('event_type' in metadata) || metadata.event_type !== mark.kind) return false;
  if (!('event_payload' in metadata)) return false;
  const payload = metadata.event_payload;
  return typeof payload === 'object' && payload !== null && 'id' in payload && payload.id === mark.id;
}

function expectText(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw new Error(`the answer has no ${field}`);
  return value;
}
