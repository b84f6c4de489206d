import type { AdapterHandlers } from '../../src/chat/adapter.ts';
import type { Log } from '../../src/chat/log.ts';
import type { Message } from '../../src/chat/message.ts';
import { WattleError } from '../../src/errors.ts';
import type { DiscordApi } from './discord-api.ts';
import { nonceOf } from './discord-nonce.ts';

const STOPPING = 'I am restarting. Please ask again in a minute.';
const FAILED = 'I could not take your message. Please ask again in a minute.';

/** Gives messages to the host. Discord delivers nothing again, so that the person is told where the host takes none. */
export class DiscordHandover {
  readonly #api: DiscordApi;
  readonly #log: Log;

  constructor(api: DiscordApi, log: Log) {
    this.#api = api;
    this.#log = log;
  }

  async give(message: Message, handlers: AdapterHandlers): Promise<void> {
    try {
      handlers.onMessage(message);
    } catch (error) {
      this.#report(message, error);
      await this.#tell(message, error);
    }
  }

  #report({ channel, id }: Message, error: unknown): void {
    const fields = { channel, message: id, reason: String(error) };
    if (error instanceof WattleError) this.#log.warn(fields, 'a message was not taken');
    else this.#log.error(fields, 'a message was not taken');
  }

  async #tell({ thread, id }: Message, error: unknown): Promise<void> {
    const text = error instanceof WattleError && error.code === 'STOPPED' ? STOPPING : FAILED;
    const told = await this.#api.createMessage(thread, text, nonceOf(`not taken ${id}`));
    if (told.ok) return;
    this.#log.warn({ message: id, reason: told.message }, 'nobody could be told of a message not taken');
  }
}
