import type { Adapter, PostOutcome } from '../chat/adapter.ts';
import type { Log } from '../chat/log.ts';
import { type Target, threadKey } from '../chat/message.ts';
import { splitMarkdown } from '../chat/split.ts';
import type { Ledger, NewPost, Settlement } from '../store/ledger.ts';

/** `unknown`: all was sent, and of at least one part the platform's answer was lost. */
export type Delivery = 'sent' | 'failed' | 'unknown';

/** Posts answers. Each part is in the ledger before it is sent, and what became of it after. Never rejects. */
export interface Outbox {
  deliver(adapter: Adapter, target: Target, markdown: string): Promise<Delivery>;
}

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly newId: () => string;
  readonly log: Log;
}

/** Characters of a platform's reason that the notice to the person repeats. */
const MAX_REASON = 200;

export function createOutbox(options: OutboxOptions): Outbox {
  return new LedgerOutbox(options);
}

class LedgerOutbox implements Outbox {
  readonly #ledger: Ledger;
  readonly #newId: () => string;
  readonly #log: Log;

  constructor({ ledger, newId, log }: OutboxOptions) {
    this.#ledger = ledger;
    this.#newId = newId;
    this.#log = log;
  }

  async deliver(adapter: Adapter, target: Target, markdown: string): Promise<Delivery> {
    const posts = this.#write(target, splitMarkdown(markdown, adapter.capabilities.maxText));
    let delivery: Delivery = 'sent';
    for (const [index, post] of posts.entries()) {
      const outcome = await this.#send(adapter, target, post);
      if (outcome.ok) continue;
      if (outcome.kind === 'refused') {
        this.#abandon(posts.slice(index + 1));
        await this.#notify(adapter, target, notice(outcome.message, index > 0));
        return 'failed';
      }
      delivery = 'unknown';
    }
    return delivery;
  }

  /** Platforms refuse a blank post, and nobody would miss it. */
  #write(target: Target, parts: readonly string[]): readonly NewPost[] {
    const thread = threadKey(target);
    const shown = parts.filter((part) => part.trim() !== '');
    const posts = shown.map((content) => ({ id: this.#newId(), thread, content }));
    this.#record(() => this.#ledger.addPosts(posts));
    return posts;
  }

  async #send(adapter: Adapter, target: Target, post: NewPost): Promise<PostOutcome> {
    const outcome = await this.#post(adapter, target, post);
    this.#record(() => this.#ledger.settlePost(post.id, settlementOf(outcome)));
    if (!outcome.ok) {
      const fields = { post: post.id, thread: post.thread, reason: outcome.message };
      this.#log.warn(
        fields,
        outcome.kind === 'refused' ? 'a post was refused' : 'the outcome of a post is unknown',
      );
    }
    return outcome;
  }

  async #post(adapter: Adapter, target: Target, { id, thread, content }: NewPost): Promise<PostOutcome> {
    try {
      return await adapter.post(target, { markdown: content }, id);
    } catch (error) {
      // An adapter that throws has a bug, and nobody can say how far it came.
      this.#log.error({ err: error, post: id, thread }, 'an adapter threw while posting');
      return { ok: false, kind: 'unknown', message: String(error) };
    }
  }

  #abandon(posts: readonly NewPost[]): void {
    const settlement: Settlement = { state: 'failed', error: 'not sent: an earlier part was refused' };
    for (const { id } of posts) this.#record(() => this.#ledger.settlePost(id, settlement));
  }

  /** Once and in plain words: what made the platform refuse the answer may be in its text. */
  async #notify(adapter: Adapter, target: Target, text: string): Promise<void> {
    const [post] = this.#write(target, [text.slice(0, adapter.capabilities.maxText)]);
    if (post !== undefined) await this.#send(adapter, target, post);
  }

  /** A person who waits for an answer is worth more than the record of it: a ledger that fails is logged. */
  #record(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#log.error({ err: error }, 'the ledger could not be written');
    }
  }
}

function settlementOf(outcome: PostOutcome): Settlement {
  if (outcome.ok) return { state: 'sent', receipt: outcome.receipt };
  return { state: outcome.kind === 'refused' ? 'failed' : 'unknown', error: outcome.message };
}

function notice(reason: string, isPartial: boolean): string {
  const what = isPartial ? 'the rest of my answer' : 'my answer';
  return `I could not post ${what} here: ${reason.slice(0, MAX_REASON)}`;
}
