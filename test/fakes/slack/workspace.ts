/** Everything that the fake calls something. */
export interface Names {
  readonly teamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly personId: string;
  /** The direct conversation of the person and the bot. */
  readonly dmChannel: string;
}

/** What an app hides in a message. */
export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface StoredMessage {
  readonly channel: string;
  readonly ts: string;
  /** Null at the top of the channel. */
  readonly threadTs: string | null;
  readonly user: string;
  /** As it is sent and stored: Markdown or Slack's own markup, escaped. */
  text: string;
  edited: boolean;
  readonly isMarkdown: boolean;
  readonly metadata: Metadata | null;
  readonly unfurls: boolean;
  readonly reactions: string[];
  /** `performance.now()` of the moment it was stored. */
  readonly at: number;
}

export type NewMessage = Pick<StoredMessage, 'channel' | 'threadTs' | 'user' | 'text'> &
  Partial<Pick<StoredMessage, 'isMarkdown' | 'metadata' | 'unfurls'>>;

/** Conversations and what was said in them. */
export class Workspace {
  readonly #channels = new Map<string, StoredMessage[]>();
  readonly #now: () => number;
  readonly #statuses = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #lastMicros = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The id for somebody who has chosen no name. */
  nameOf(person: string): string {
    return this.#names.get(person) ?? person;
  }

  rename(person: string, name: string): void {
    this.#names.set(person, name);
  }

  open(channel: string): void {
    if (!this.#channels.has(channel)) this.#channels.set(channel, []);
  }

  has(channel: string): boolean {
    return this.#channels.has(channel);
  }

  add(message: NewMessage): StoredMessage {
    this.open(message.channel);
    const stored: StoredMessage = {
      isMarkdown: false,
      metadata: null,
      unfurls: true,
      ...message,
      ts: this.#nextTs(),
      edited: false,
      reactions: [],
      at: performance.now(),
    };
    this.messages(message.channel).push(stored);
    return stored;
  }

  messages(channel: string): StoredMessage[] {
    return this.#channels.get(channel) ?? [];
  }

  find(channel: string, ts: string): StoredMessage | undefined {
    return this.messages(channel).find((message) => message.ts === ts);
  }

  /** The first message of a thread and its replies, oldest first. */
  thread(channel: string, ts: string): StoredMessage[] {
    return this.messages(channel).filter((message) => message.ts === ts || message.threadTs === ts);
  }

  /** What is shown under a thread while the bot works; empty for nothing. */
  status(channel: string, ts: string): string {
    return this.#statuses.get(`${channel} ${ts}`) ?? '';
  }

  setStatus(channel: string, ts: string, status: string): void {
    this.#statuses.set(`${channel} ${ts}`, status);
  }

  /** Seconds with six decimals, never twice the same. */
  #nextTs(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, Math.floor(this.#now() * 1_000));
    return `${Math.floor(this.#lastMicros / 1_000_000)}.${String(this.#lastMicros % 1_000_000).padStart(6, '0')}`;
  }
}
