import type { Adapter, PostOutcome } from '../chat/adapter.ts';
import type { Log } from '../chat/log.ts';
import { type Target, threadKey } from '../chat/message.ts';
import { splitMarkdown } from '../chat/split.ts';
import type { StartTimer } from '../chat/timer.ts';
import type { Ledger, NewPost, Settlement } from '../store/ledger.ts';
import {
  createRepeats,
  type Failure,
  type FinalOutcome,
  type RepeatLimits,
  type Repeats,
} from './repeats.ts';

/**
 * `failed`: a part was refused or kept back by a rate limit. `unknown`: of one part the platform's answer was
 * lost, each time. `stopped`: the process ends, and parts are left in the ledger. What follows such a part is not sent.
 */
export type Delivery = 'sent' | 'failed' | 'unknown' | 'stopped';

/** Whether the platform has said what became of it. Otherwise the next process tells the person. */
export function isSettled(delivery: Delivery): boolean {
  return delivery === 'sent' || delivery === 'failed';
}

export interface DeliveryReport {
  readonly delivery: Delivery;
  /** How many posts the answer was split into. */
  readonly parts: number;
}

/** Where an answer goes. */
export interface Route {
  readonly adapter: Adapter;
  readonly target: Target;
  /** Aborting ends the waiting for another attempt. */
  readonly signal: AbortSignal;
}

/** Posts answers. Each part is in the ledger before it is sent, and what became of it after. Never rejects. */
export interface Outbox {
  deliver(route: Route, markdown: string): Promise<DeliveryReport>;
}

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly newId: () => string;
  readonly log: Log;
  readonly startTimer: StartTimer;
  readonly limits: RepeatLimits;
}

/** Characters of a platform's reason that the notice to the person repeats. */
const MAX_REASON = 200;

export function createOutbox(options: OutboxOptions): Outbox {
  return new LedgerOutbox(options);
}

class LedgerOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #ledger: Ledger;
  readonly #log: Log;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#ledger = options.ledger;
    this.#log = options.log;
  }

  async deliver(route: Route, markdown: string): Promise<DeliveryReport> {
    const posts = this.#write(route.target, splitMarkdown(markdown, route.adapter.capabilities.maxText));
    const repeats = this.#repeats(route);
    for (const [index, post] of posts.entries()) {
      const { outcome, stopped } = await this.#send(route, post, repeats);
      if (outcome.ok) continue;
      if (stopped) return { delivery: 'stopped', parts: posts.length };
      this.#abandon(posts.slice(index + 1));
      await this.#notify(route, notice(outcome, index > 0));
      return { delivery: outcome.kind === 'unknown' ? 'unknown' : 'failed', parts: posts.length };
    }
    return { delivery: 'sent', parts: posts.length };
  }

  /** Platforms refuse a blank post, and nobody would miss it. */
  #write(target: Target, parts: readonly string[]): readonly NewPost[] {
    const thread = threadKey(target);
    const shown = parts.filter((part) => part.trim() !== '');
    const posts = shown.map((content) => ({ id: this.#options.newId(), thread, content }));
    this.#record(() => this.#ledger.addPosts(posts));
    return posts;
  }

  #repeats({ target, signal }: Route): Repeats {
    const { limits, startTimer } = this.#options;
    const thread = threadKey(target);
    return createRepeats({
      limits,
      startTimer,
      signal,
      onWait: ({ kind, message }, waitMs) =>
        this.#log.info({ thread, kind, reason: message, waitMs }, 'a post will be sent again'),
    });
  }

  async #send(route: Route, post: NewPost, repeats: Repeats): Promise<FinalOutcome> {
    const final = await repeats.run(() => this.#post(route, post));
    const settlement = settlementOf(final);
    if (settlement !== null) this.#record(() => this.#ledger.settlePost(post.id, settlement));
    if (!final.outcome.ok) this.#complain(post, final.outcome);
    return final;
  }

  async #post({ adapter, target }: Route, { id, thread, content }: NewPost): Promise<PostOutcome> {
    try {
      return await adapter.post(target, { markdown: content }, id);
    } catch (error) {
      // An adapter that throws has a bug, and nobody can say how far it came.
      this.#log.error({ err: error, post: id, thread }, 'an adapter threw while posting');
      return { ok: false, kind: 'unknown', message: String(error) };
    }
  }

  #complain({ id, thread }: NewPost, { kind, message }: Failure): void {
    const text = {
      refused: 'a post was refused',
      limited: 'a post was not sent because of a rate limit',
      unknown: 'the outcome of a post is unknown',
    }[kind];
    this.#log.warn({ post: id, thread, reason: message }, text);
  }

  #abandon(posts: readonly NewPost[]): void {
    const settlement: Settlement = { state: 'failed', error: 'not sent: an earlier part did not arrive' };
    for (const { id } of posts) this.#record(() => this.#ledger.settlePost(id, settlement));
  }

  /** Once and in plain words: what made the platform refuse the answer may be in its text. */
  async #notify(route: Route, text: string): Promise<void> {
    const { adapter, target } = route;
    const [post] = this.#write(target, [text.slice(0, adapter.capabilities.maxText)]);
    if (post !== undefined) await this.#send(route, post, this.#repeats(route));
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

/** Null for one that is still to be sent. */
function settlementOf({ outcome, stopped }: FinalOutcome): Settlement | null {
  if (outcome.ok) return { state: 'sent', receipt: outcome.receipt };
  if (outcome.kind === 'unknown') return { state: 'unknown', error: outcome.message };
  return stopped ? null : { state: 'failed', error: outcome.message };
}

function notice({ kind, message }: Failure, isPartial: boolean): string {
  const what = isPartial ? 'the rest of my answer' : 'my answer';
  const reason = message.slice(0, MAX_REASON);
  switch (kind) {
    case 'refused':
      return `I could not post ${what} here: ${reason}`;
    case 'limited':
      return `I could not post ${what} here, because this platform let me post nothing for too long: ${reason}`;
    case 'unknown':
      return `I cannot tell whether ${what} arrived here, because the connection failed several times: ${reason}`;
  }
}
