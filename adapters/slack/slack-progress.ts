import type { Log } from '../../src/chat/log.ts';
import type { Target } from '../../src/chat/message.ts';
import type { Plan } from '../../src/chat/plan.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Mark, SlackClient } from './slack-client.ts';
import type { CallFailure } from './slack-failure.ts';
import { renderPlan } from './slack-render.ts';
import { SlackStatus } from './slack-status.ts';

/** What shows a plan: the passing status, or a message. `unknown` is one whose first post had no answer. */
type Shown =
  | { readonly kind: 'none' }
  | { readonly kind: 'status' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'at'; readonly ts: string };

const NONE: Shown = { kind: 'none' };
const PLANS_AT_ONCE = 500;

/**
 * Shows each plan as one message of its thread: posted with its first task, edited after. Until then a
 * status says that work goes on; Slack takes it away with the first post. Never rejects.
 */
export class SlackProgress {
  readonly #client: SlackClient;
  readonly #log: Log;
  readonly #status: SlackStatus;
  readonly #shown = new BoundedMap<string, Promise<Shown>>(PLANS_AT_ONCE);

  constructor(client: SlackClient, log: Log) {
    this.#client = client;
    this.#log = log;
    this.#status = new SlackStatus(client, log);
  }

  async show(target: Target, plan: Plan): Promise<void> {
    const shown = this.#after(this.#shown.get(plan.id), target, plan);
    if (plan.finished) this.#shown.delete(plan.id);
    else this.#shown.set(plan.id, shown);
    await shown;
  }

  async #after(earlier: Promise<Shown> | undefined, target: Target, plan: Plan): Promise<Shown> {
    const mark: Mark = { kind: 'wattle_progress', id: plan.id };
    const shown = await this.#locate((await earlier) ?? NONE, target, mark);
    if (shown.kind === 'unknown') return shown;
    if (shown.kind !== 'at') {
      return plan.tasks.length === 0 ? this.#signal(shown, target, plan) : this.#post(target, plan, mark);
    }
    const updated = await this.#client.update(target.channel, shown.ts, { text: renderPlan(plan) });
    if (!updated.ok) this.#warn(plan, updated.failure);
    return shown;
  }

  async #locate(shown: Shown, target: Target, mark: Mark): Promise<Shown> {
    if (shown.kind !== 'unknown') return shown;
    const found = await this.#client.findPost(target, mark);
    if (!found.ok) return shown;
    return found.value === null ? NONE : { kind: 'at', ts: found.value };
  }

  /** A turn without a step leaves nothing behind. */
  async #signal(shown: Shown, target: Target, { finished }: Plan): Promise<Shown> {
    if (!finished) {
      // Each time it is said, for it lasts two minutes only.
      return (await this.#status.show(target)) ? { kind: 'status' } : shown;
    }
    if (shown.kind === 'status') await this.#status.clear(target);
    return NONE;
  }

  async #post(target: Target, plan: Plan, mark: Mark): Promise<Shown> {
    const posted = await this.#client.post(target, { text: renderPlan(plan) }, mark);
    if (posted.ok) return { kind: 'at', ts: posted.value };
    this.#warn(plan, posted.failure);
    return posted.failure.kind === 'lost' ? { kind: 'unknown' } : NONE;
  }

  #warn(plan: Plan, failure: CallFailure): void {
    this.#log.warn(
      { turnId: plan.id, code: failure.code, reason: failure.message },
      'could not show progress',
    );
  }
}
