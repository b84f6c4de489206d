import { createServer, type Server } from 'node:http';
import { Changes, type WaitOptions } from './changes.ts';
import { changedEvent, eventPayload, mentionEvent, messageEvent, type SlackEvent } from './events.ts';
import { type Fault, FaultQueue } from './faults.ts';
import { asRead, asSent, notifiesEveryone } from './message-text.ts';
import { type Envelope, SocketMode } from './socket-mode.ts';
import { type Call, WebApi } from './web-api.ts';
import { type Metadata, type Names, type StoredMessage, Workspace } from './workspace.ts';

export interface FakeSlackOptions {
  /** The app also subscribes to `message.channels`, so that a mention arrives as two events. */
  readonly channelMessages?: boolean;
  /** Of the bot token. */
  readonly scopes?: readonly string[];
  /** False for sockets that are accepted and never greeted. */
  readonly greets?: boolean;
  /** Unix milliseconds, for the `ts` of messages. */
  readonly now?: () => number;
}

/** A message as a person sees it. */
export interface SeenMessage {
  readonly ts: string;
  readonly user: string;
  /** Without Slack's escapes; Markdown stays as it is. */
  readonly text: string;
  readonly edited: boolean;
  readonly metadata: Metadata | null;
  readonly unfurls: boolean;
  readonly notifiesEveryone: boolean;
  readonly reactions: readonly string[];
  /** `performance.now()` of its first appearance. */
  readonly at: number;
}

/** What a person sent, where it is, and how it was delivered. */
export interface Sent {
  readonly channel: string;
  readonly ts: string;
  /** The thread in which an answer belongs. */
  readonly threadTs: string;
  readonly envelopes: readonly Envelope[];
}

export interface SendOptions {
  /** The thread's first message. */
  readonly threadTs?: string;
  readonly user?: string;
}

/** A Slack of one workspace, one app and one bot, on 127.0.0.1. */
export interface FakeSlack extends Names {
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  /** Every call of the Web API, oldest first. */
  readonly calls: readonly Call[];
  /** Every event sent to the app, oldest first. */
  readonly envelopes: readonly Envelope[];
  /** Open, greeted sockets. */
  readonly connections: number;
  /** A person mentions the bot in a channel, which comes into being at its first use. */
  mention(channel: string, text: string, options?: SendOptions): Sent;
  /** A person writes in a channel without a mention. */
  say(channel: string, text: string, options?: SendOptions): Sent;
  directMessage(text: string, options?: SendOptions): Sent;
  /** The bot itself writes, by another way than the adapter, and its event is delivered. */
  sayAsBot(channel: string, text: string, options?: SendOptions): Sent;
  /** What a person goes by from now on; the id until then, and empty for no display name. */
  rename(person: string, name: string): void;
  /** Sends the app any event. */
  dispatch(event: SlackEvent): Envelope;
  /** The first message and its replies, oldest first. */
  thread(channel: string, ts: string): SeenMessage[];
  /** What is shown under a thread while the bot works; empty for nothing. */
  status(channel: string, ts: string): string;
  /** Resolves as soon as `look` gives something; looked at anew whenever anything changes here. */
  waitFor<T>(look: () => T | false | null | undefined, options?: WaitOptions): Promise<T>;
  /** The method's next call fails; several add up. */
  failNext(method: string, fault: Fault): void;
  /** Sends an envelope again, or all that were not acknowledged. */
  redeliver(envelope?: Envelope): void;
  /** Asks the app to connect anew, as Slack does every few hours. */
  refreshSockets(): void;
  /** Breaks the sockets off. */
  cutSockets(): void;
  stop(): Promise<void>;
}

const NAMES: Names = {
  teamId: 'T0FAKE',
  appId: 'A0FAKE',
  botId: 'B0WATTLE',
  botUserId: 'U0WATTLE',
  personId: 'U0PERSON',
  dmChannel: 'D0PERSON',
};

const TOKENS = { bot: 'xoxb-fake-bot-token', app: 'xapp-1-fake-app-token' };

const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'chat:write',
  'groups:history',
  'im:history',
  'mpim:history',
  'reactions:write',
  'users:read',
];

export async function createFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new LoopbackSlack(server, options);
}

class LoopbackSlack implements FakeSlack {
  readonly teamId = NAMES.teamId;
  readonly appId = NAMES.appId;
  readonly botId = NAMES.botId;
  readonly botUserId = NAMES.botUserId;
  readonly personId = NAMES.personId;
  readonly dmChannel = NAMES.dmChannel;
  readonly botToken = TOKENS.bot;
  readonly appToken = TOKENS.app;
  readonly apiUrl: string;
  readonly #options: FakeSlackOptions;
  readonly #server: Server;
  readonly #changes = new Changes();
  readonly #faults = new FaultQueue();
  readonly #workspace: Workspace;
  readonly #sockets: SocketMode;
  readonly #api: WebApi;

  constructor(server: Server, options: FakeSlackOptions) {
    const port = portOf(server);
    this.apiUrl = `http://127.0.0.1:${port}/api/`;
    this.#options = options;
    this.#server = server;
    this.#workspace = new Workspace(options.now ?? Date.now);
    this.#workspace.open(NAMES.dmChannel);
    const socketOptions = { appId: NAMES.appId, changes: this.#changes, greets: options.greets ?? true };
    this.#sockets = new SocketMode(socketOptions);
    this.#api = this.#createApi(`ws://127.0.0.1:${port}/link/`);
    server.on('request', (request, response) => void this.#api.handle(request, response));
    server.on('upgrade', (request, socket, head) => this.#sockets.upgrade(request, socket, head));
  }

  get calls(): readonly Call[] {
    return this.#api.calls;
  }

  get envelopes(): readonly Envelope[] {
    return this.#sockets.envelopes;
  }

  get connections(): number {
    return this.#sockets.connections;
  }

  mention(channel: string, text: string, options: SendOptions = {}): Sent {
    const message = this.#write(channel, `<@${NAMES.botUserId}> ${asSent(text)}`, options);
    const events = [mentionEvent(NAMES, message)];
    if (this.#options.channelMessages) events.unshift(messageEvent(NAMES, message));
    return this.#deliver(message, events);
  }

  say(channel: string, text: string, options: SendOptions = {}): Sent {
    const message = this.#write(channel, asSent(text), options);
    return this.#deliver(message, this.#hears(channel) ? [messageEvent(NAMES, message)] : []);
  }

  directMessage(text: string, options: SendOptions = {}): Sent {
    return this.say(NAMES.dmChannel, text, options);
  }

  sayAsBot(channel: string, text: string, options: SendOptions = {}): Sent {
    const message = this.#write(channel, asSent(text), { ...options, user: NAMES.botUserId });
    return this.#deliver(message, [messageEvent(NAMES, message)]);
  }

  rename(person: string, name: string): void {
    this.#workspace.rename(person, name);
  }

  dispatch(event: SlackEvent): Envelope {
    return this.#sockets.deliver(eventPayload(NAMES, event, this.envelopes.length + 1));
  }

  thread(channel: string, ts: string): SeenMessage[] {
    return this.#workspace.thread(channel, ts).map(toSeen);
  }

  status(channel: string, ts: string): string {
    return this.#workspace.status(channel, ts);
  }

  waitFor<T>(look: () => T | false | null | undefined, options?: WaitOptions): Promise<T> {
    return this.#changes.waitFor(look, options);
  }

  failNext(method: string, fault: Fault): void {
    this.#faults.add(method, fault);
  }

  redeliver(envelope?: Envelope): void {
    this.#sockets.redeliver(envelope);
  }

  refreshSockets(): void {
    this.#sockets.refresh();
  }

  cutSockets(): void {
    this.#sockets.cut();
  }

  async stop(): Promise<void> {
    this.#sockets.close();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #createApi(socketUrl: string): WebApi {
    return new WebApi({
      tokens: TOKENS,
      faults: this.#faults,
      changes: this.#changes,
      context: {
        names: NAMES,
        workspace: this.#workspace,
        scopes: this.#options.scopes ?? SCOPES,
        openSocket: () => `${socketUrl}?ticket=${this.#sockets.createTicket()}&app_id=${NAMES.appId}`,
        posted: (message) => this.#echo(message, messageEvent(NAMES, message)),
        edited: (message) => this.#echo(message, changedEvent(NAMES, message)),
      },
    });
  }

  /** The bot hears itself wherever the app hears messages. */
  #echo(message: StoredMessage, event: SlackEvent): void {
    if (this.#hears(message.channel)) this.dispatch(event);
  }

  #hears(channel: string): boolean {
    return channel === NAMES.dmChannel || this.#options.channelMessages === true;
  }

  #write(channel: string, text: string, { threadTs, user }: SendOptions): StoredMessage {
    return this.#workspace.add({ channel, text, threadTs: threadTs ?? null, user: user ?? NAMES.personId });
  }

  #deliver({ channel, ts, threadTs }: StoredMessage, events: readonly SlackEvent[]): Sent {
    const envelopes = events.map((event) => this.dispatch(event));
    this.#changes.notify();
    return { channel, ts, threadTs: threadTs ?? ts, envelopes };
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a server on a TCP port');
  return address.port;
}

function toSeen(message: StoredMessage): SeenMessage {
  const { ts, user, edited, metadata, unfurls, reactions, at } = message;
  const text = message.isMarkdown ? message.text : asRead(message.text);
  return {
    ts,
    user,
    text,
    edited,
    metadata,
    unfurls,
    reactions,
    at,
    notifiesEveryone: notifiesEveryone(message.text),
  };
}
