import type { PostOutcome, Receipt } from '../../src/chat/adapter.ts';
import type { Target } from '../../src/chat/message.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Body, Mark, SlackClient } from './slack-client.ts';
import type { CallResult } from './slack-failure.ts';

const REMEMBERED_POSTS = 1_000;

/**
 * Posts once an id, as far as this process remembers: Slack merges nothing by itself. An id whose
 * first outcome was unknown is looked up in the thread, and sent again only when it is not there.
 */
export class SlackPoster {
  readonly #client: SlackClient;
  readonly #attempts = new BoundedMap<string, Promise<PostOutcome>>(REMEMBERED_POSTS);

  constructor(client: SlackClient) {
    this.#client = client;
  }

  post(target: Target, body: Body, id: string): Promise<PostOutcome> {
    const attempt = this.#attempt(target, body, id);
    this.#attempts.set(id, attempt);
    return attempt;
  }

  async #attempt(target: Target, body: Body, id: string): Promise<PostOutcome> {
    const mark: Mark = { kind: 'wattle_post', id };
    const earlier = await this.#attempts.get(id);
    if (earlier?.ok === true) return earlier;
    if (earlier?.kind === 'unknown') {
      const found = await this.#client.findPost(target, mark);
      // Whatever kept it from being looked up, it may be there.
      if (!found.ok) return { ok: false, kind: 'unknown', message: found.failure.message };
      if (found.value !== null) return { ok: true, receipt: receiptOf(target, found.value) };
    }
    return toOutcome(target, await this.#client.post(target, body, mark));
  }
}

/** A post's or an edit's result as the port states it; the value is the message's `ts`. */
export function toOutcome(target: Target, result: CallResult<string>): PostOutcome {
  if (result.ok) return { ok: true, receipt: receiptOf(target, result.value) };
  const { failure } = result;
  const { message } = failure;
  if (failure.kind === 'limited') {
    return { ok: false, kind: 'limited', message, retryAfterMs: failure.retryAfterMs };
  }
  return { ok: false, kind: failure.kind === 'lost' ? 'unknown' : 'refused', message };
}

function receiptOf({ platform, workspace, channel, thread }: Target, ts: string): Receipt {
  return { target: { platform, workspace, channel, thread }, messageId: ts };
}
