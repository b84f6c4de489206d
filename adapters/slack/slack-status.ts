import type { Log } from '../../src/chat/log.ts';
import type { Place, SlackClient } from './slack-client.ts';
import type { CallFailure } from './slack-failure.ts';

/** Slack puts the bot's name before it. */
const WORKING = 'is working on it…';

/** The app itself may not show a status, in no thread. */
const NOT_ALLOWED = [
  'access_denied',
  'missing_scope',
  'no_permission',
  'not_allowed',
  'not_allowed_token_type',
  'not_authorized',
  'unknown_method',
];

/** The line under a thread that says that the bot is at work. It is a courtesy: without it, all else goes on. */
export class SlackStatus {
  readonly #client: SlackClient;
  readonly #log: Log;
  #isAllowed = true;

  constructor(client: SlackClient, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  /** True when Slack took it. */
  show(place: Place): Promise<boolean> {
    return this.#set(place, WORKING);
  }

  async clear(place: Place): Promise<void> {
    await this.#set(place, '');
  }

  async #set(place: Place, status: string): Promise<boolean> {
    if (!this.#isAllowed) return false;
    const answer = await this.#client.setStatus(place, status);
    if (!answer.ok) this.#report(place, answer.failure);
    return answer.ok;
  }

  #report({ channel }: Place, { code, message }: CallFailure): void {
    const fields = { channel, code, reason: message };
    if (!NOT_ALLOWED.includes(code)) {
      this.#log.debug(fields, 'could not show that work has begun');
      return;
    }
    // Calls that were under way together find out together.
    if (this.#isAllowed) this.#log.info(fields, 'Slack does not let this app show that it is at work');
    this.#isAllowed = false;
  }
}
