import type { Log } from '../../src/chat/log.ts';
import type { Plan } from '../../src/chat/plan.ts';
import type { DiscordApi } from './discord-api.ts';
import type { ApiAnswer } from './discord-failure.ts';
import { nonceOf } from './discord-nonce.ts';
import { renderPlan } from './discord-render.ts';

/** Plans beyond this are forgotten, the oldest first: an update of one would be a new message. */
const MAX_PLANS = 500;

/** The message that shows one plan. */
interface Shown {
  messageId: string | null;
  /** Whether a try to make the message lost its answer, so that the message may be there. */
  isUncertain: boolean;
  /** What the message says, or was last tried to say. */
  text: string;
  wanted: string;
  sending: Promise<void> | null;
}

/** Shows each plan as one message that is edited as the plan moves on. */
export class DiscordProgress {
  readonly #api: DiscordApi;
  readonly #log: Log;
  readonly #plans = new Map<string, Shown>();

  constructor(api: DiscordApi, log: Log) {
    this.#api = api;
    this.#log = log;
  }

  /** Resolves when this state or a newer one was sent. States that come while one is sent give way to the newest. */
  async show(channelId: string, plan: Plan): Promise<void> {
    const shown = this.#shownOf(plan.id);
    shown.wanted = renderPlan(plan);
    if (shown.sending === null && shown.wanted !== shown.text) {
      shown.sending = this.#send(channelId, plan.id, shown);
    }
    await shown.sending;
  }

  async #send(channelId: string, planId: string, shown: Shown): Promise<void> {
    try {
      while (shown.wanted !== shown.text) {
        shown.text = shown.wanted;
        if (shown.messageId === null) await this.#create(channelId, planId, shown);
        else this.#report(planId, await this.#api.editMessage(channelId, shown.messageId, shown.text));
      }
    } finally {
      shown.sending = null;
    }
  }

  async #create(channelId: string, planId: string, shown: Shown): Promise<void> {
    const answer = await this.#api.createMessage(channelId, shown.text, nonceOf(`progress ${planId}`));
    this.#report(planId, answer);
    if (!answer.ok) {
      shown.isUncertain ||= answer.kind === 'unknown';
      return;
    }
    shown.messageId = answer.value;
    // The nonce may have given back the message of the earlier try, with the text of that time.
    if (shown.isUncertain) shown.text = '';
  }

  #report(plan: string, answer: ApiAnswer<unknown>): void {
    if (!answer.ok) this.#log.warn({ plan, reason: answer.message }, 'progress could not be shown');
  }

  #shownOf(planId: string): Shown {
    const known = this.#plans.get(planId);
    if (known !== undefined) return known;
    const shown: Shown = { messageId: null, isUncertain: false, text: '', wanted: '', sending: null };
    this.#plans.set(planId, shown);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > MAX_PLANS && oldest !== undefined) this.#plans.delete(oldest);
    return shown;
  }
}
