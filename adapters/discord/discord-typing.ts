import type { Log } from '../../src/chat/log.ts';
import type { StartTimer } from '../../src/chat/timer.ts';
import type { DiscordApi } from './discord-api.ts';

/** Discord shows the sign for ten seconds. */
const RENEW_MS = 8_000;
/** Two minutes after the last news of the plan, in case that nobody says that it has ended. */
const MAX_RENEWALS = 15;

/** The sign in one channel or thread for one plan. */
interface Sign {
  readonly channelId: string;
  readonly planId: string;
  /** Since the last news. */
  renewals: number;
  callOff(): void;
}

/** Shows that the bot types, for as long as there is news of a plan that is worked on. */
export class DiscordTyping {
  readonly #api: DiscordApi;
  readonly #log: Log;
  readonly #startTimer: StartTimer;
  readonly #signs = new Map<string, Sign>();

  constructor(api: DiscordApi, log: Log, startTimer: StartTimer) {
    this.#api = api;
    this.#log = log;
    this.#startTimer = startTimer;
  }

  /** Resolves when the sign was shown first; it is renewed by itself until an end. */
  async show(channelId: string, planId: string): Promise<void> {
    const known = this.#signs.get(planId);
    if (known !== undefined) {
      known.renewals = 0;
      return;
    }
    const sign: Sign = { channelId, planId, renewals: 0, callOff: () => undefined };
    this.#signs.set(planId, sign);
    await this.#send(sign);
  }

  end(planId: string): void {
    this.#signs.get(planId)?.callOff();
    this.#signs.delete(planId);
  }

  endIn(channelId: string): void {
    for (const sign of this.#signs.values()) if (sign.channelId === channelId) this.end(sign.planId);
  }

  endAll(): void {
    for (const planId of this.#signs.keys()) this.end(planId);
  }

  async #send(sign: Sign): Promise<void> {
    const { channelId, planId } = sign;
    const shown = await this.#api.showTyping(channelId);
    if (this.#signs.get(planId) !== sign) return;
    if (!shown.ok)
      this.#log.debug({ channel: channelId, reason: shown.message }, 'typing could not be shown');
    const isRefused = !shown.ok && shown.kind === 'refused';
    if (isRefused || sign.renewals === MAX_RENEWALS) {
      this.#signs.delete(planId);
      return;
    }
    sign.renewals += 1;
    sign.callOff = this.#startTimer(RENEW_MS, () => void this.#send(sign));
  }
}
