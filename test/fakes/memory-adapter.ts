import type {
  Action,
  Adapter,
  AdapterCapabilities,
  AdapterHandlers,
  Content,
  PostOutcome,
  Receipt,
} from '../../src/chat/adapter.ts';
import { type Message, type Target, threadKey } from '../../src/chat/message.ts';
import type { Plan } from '../../src/chat/plan.ts';

export interface MemoryPost {
  readonly id: string;
  readonly thread: string;
  readonly markdown: string;
}

export interface MemoryAdapterOptions {
  readonly name?: string;
  readonly capabilities?: Partial<AdapterCapabilities>;
  /** What `start` fails with. */
  readonly startError?: Error;
  /** What people go by, where it is not the name in their messages. */
  readonly nameOf?: Adapter['nameOf'];
  /** Told of every call in order, for example `post` or `stop`. */
  onCall?(call: string): void;
}

/** The bot's own account on this platform. */
export const MEMORY_BOT = { id: 'bot', name: 'Wattle' };

type Failure =
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'limited'; readonly message: string; readonly retryAfterMs: number }
  /** The post arrives and its answer is lost, or it does not even arrive. */
  | { readonly kind: 'unknown'; readonly message: string; readonly arrives?: boolean };

/** A chat platform in memory, with people who can be made to speak and sends that can be made to fail. */
export class MemoryAdapter implements Adapter {
  readonly name: string;
  readonly capabilities: AdapterCapabilities;
  readonly posts: MemoryPost[] = [];
  /** The threads in which a sign of work was shown: plans without tasks. */
  readonly signs: string[] = [];
  /** Every plan with tasks that was shown, oldest first. */
  readonly plans: { readonly thread: string; readonly plan: Plan }[] = [];
  readonly #options: MemoryAdapterOptions;
  readonly #postFailures: Failure[] = [];
  #progressFailure: Error | null = null;
  #handlers: AdapterHandlers | null = null;
  #counter = 0;

  constructor(options: MemoryAdapterOptions = {}) {
    this.#options = options;
    this.name = options.name ?? 'memory';
    this.capabilities = { maxText: 4000, editIntervalMs: 0, outlivesProcess: true, ...options.capabilities };
  }

  async start(handlers: AdapterHandlers): Promise<void> {
    this.#options.onCall?.('start');
    if (this.#options.startError !== undefined) throw this.#options.startError;
    this.#handlers = handlers;
  }

  async stop(): Promise<void> {
    this.#options.onCall?.('stop');
    this.#handlers = null;
  }

  async post(target: Target, content: Content, id: string): Promise<PostOutcome> {
    this.#options.onCall?.('post');
    const failure = this.#postFailures.shift();
    if (failure?.kind === 'refused' || failure?.kind === 'limited') return { ok: false, ...failure };
    if (content.markdown.length > this.capabilities.maxText) {
      return { ok: false, kind: 'refused', message: `a post holds ${this.capabilities.maxText} characters` };
    }
    const { message, arrives = true } = failure ?? { message: '' };
    const exists = this.posts.some((post) => post.id === id);
    if (!exists && arrives) this.posts.push({ id, thread: threadKey(target), markdown: content.markdown });
    if (failure !== undefined) return { ok: false, kind: 'unknown', message };
    return { ok: true, receipt: { target, messageId: id } };
  }

  async edit(receipt: Receipt, content: Content): Promise<PostOutcome> {
    this.#options.onCall?.('edit');
    const index = this.posts.findIndex(({ id }) => id === receipt.messageId);
    const post = this.posts[index];
    if (post === undefined) return { ok: false, kind: 'refused', message: 'no such post' };
    this.posts[index] = { ...post, markdown: content.markdown };
    return { ok: true, receipt };
  }

  async nameOf(author: Message['author']): Promise<string> {
    return (await this.#options.nameOf?.(author)) ?? author.name;
  }

  async progress(target: Target, plan: Plan): Promise<void> {
    this.#options.onCall?.(plan.tasks.length === 0 ? 'sign' : 'progress');
    if (this.#progressFailure !== null) throw this.#progressFailure;
    if (plan.tasks.length === 0) this.signs.push(threadKey(target));
    else this.plans.push({ thread: threadKey(target), plan });
  }

  /** A person's message, filled up to a whole one; delivered as the platform would. Throws what the host throws. */
  say(message: Partial<Message>): Message {
    this.#counter += 1;
    const whole: Message = {
      platform: this.name,
      workspace: 'w',
      channel: 'c',
      thread: `t${this.#counter}`,
      id: `m${this.#counter}`,
      author: { id: 'u1', name: 'Ada' },
      text: 'hello',
      sentAt: Date.now(),
      ...message,
    };
    if (whole.author.id !== MEMORY_BOT.id) this.#handlers?.onMessage(whole);
    return whole;
  }

  /** A person presses a button. */
  press(action: Action): void {
    this.#handlers?.onAction(action);
  }

  failNextPost(failure: Failure): void {
    this.#postFailures.push(failure);
  }

  failProgress(error: Error): void {
    this.#progressFailure = error;
  }

  /** The texts posted in a thread, oldest first. */
  textsIn(target: Target): readonly string[] {
    return this.posts.filter(({ thread }) => thread === threadKey(target)).map(({ markdown }) => markdown);
  }
}
