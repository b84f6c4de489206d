import type { Log } from '../../src/chat/log.ts';
import { BoundedMap } from './bounded-map.ts';
import type { SlackClient } from './slack-client.ts';

export interface SlackNamesOptions {
  readonly client: SlackClient;
  readonly log: Log;
  readonly now: () => number;
}

interface Entry {
  readonly name: Promise<string>;
  /** Milliseconds, on the clock of the options. */
  readonly until: number;
}

const MAX_PEOPLE = 1_000;
/** People seldom change their names. */
const KNOWN_MS = 60 * 60 * 1_000;
/** Asked again sooner, since a missing scope or a bad moment may be mended. */
const UNKNOWN_MS = 5 * 60 * 1_000;

/** What people are called, asked once an hour for each; the id where Slack does not say. */
export class SlackNames {
  readonly #options: SlackNamesOptions;
  readonly #people = new BoundedMap<string, Entry>(MAX_PEOPLE);

  constructor(options: SlackNamesOptions) {
    this.#options = options;
  }

  /** Never rejects. Those who ask at the same time share one call. */
  nameOf(id: string): Promise<string> {
    const known = this.#people.get(id);
    if (known !== undefined && this.#options.now() < known.until) return known.name;
    const name = this.#ask(id);
    this.#keep(id, name, KNOWN_MS);
    return name;
  }

  async #ask(id: string): Promise<string> {
    const { client, log } = this.#options;
    const answer = await client.userName(id);
    if (answer.ok) return answer.value ?? id;
    const { code, message } = answer.failure;
    log.debug({ user: id, code, reason: message }, 'could not ask Slack for a name');
    this.#keep(id, Promise.resolve(id), UNKNOWN_MS);
    return id;
  }

  #keep(id: string, name: Promise<string>, ms: number): void {
    this.#people.set(id, { name, until: this.#options.now() + ms });
  }
}
