import {
  type Client,
  InteractionResponseType,
  MessageFlags,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { type ApiAnswer, toApiFailure } from './discord-failure.ts';
import type { ReplyHandle } from './discord-message.ts';

/** Discord takes no first response to an interaction after this. */
const FIRST_RESPONSE_MS = 3_000;
/** A typing sign that comes later is worth nothing, and nothing is to wait for it. */
const TYPING_MS = 3_000;

/** The few requests that the adapter makes. Failures are values. */
export class DiscordApi {
  readonly #client: Client;
  readonly #signal: AbortSignal;

  /** Requests under way end when the signal aborts. */
  constructor(client: Client, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  registerCommands(applicationId: string, commands: RESTPutAPIApplicationCommandsJSONBody) {
    const route = Routes.applicationCommands(applicationId);
    return this.#answer(this.#client.rest.put(route, { body: commands, signal: this.#signal }));
  }

  /** Gives the message's id. A nonce that was used in the last minutes gives the message that it made. */
  createMessage(channelId: string, content: string, nonce: string): Promise<ApiAnswer<string>> {
    const body = { ...messageBody(content), nonce, enforce_nonce: true };
    const route = Routes.channelMessages(channelId);
    return this.#identified(this.#client.rest.post(route, { body, signal: this.#signal }));
  }

  editMessage(channelId: string, messageId: string, content: string): Promise<ApiAnswer<string>> {
    const options = { body: messageBody(content), signal: this.#signal };
    return this.#identified(this.#client.rest.patch(Routes.channelMessage(channelId, messageId), options));
  }

  /** Gives the thread's id. */
  startThread(channelId: string, messageId: string, name: string): Promise<ApiAnswer<string>> {
    const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    const route = Routes.threads(channelId, messageId);
    return this.#identified(this.#client.rest.post(route, { body, signal: this.#signal }));
  }

  /** The channel that a thread belongs to; null for a channel that is no thread. */
  async parentOfThread(channelId: string): Promise<ApiAnswer<string | null>> {
    const answer = await this.#answer(this.#client.channels.fetch(channelId, { allowUnknownGuild: true }));
    if (!answer.ok) return answer;
    return { ok: true, value: answer.value?.isThread() ? answer.value.parentId : null };
  }

  /** Tells the person that an answer is on its way; Discord then shows the reply as being thought about. */
  defer(reply: ReplyHandle): Promise<ApiAnswer<unknown>> {
    const body = { type: InteractionResponseType.DeferredChannelMessageWithSource };
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(FIRST_RESPONSE_MS)]);
    const route = Routes.interactionCallback(reply.interactionId, reply.token);
    return this.#answer(this.#client.rest.post(route, { body, signal, auth: false }));
  }

  /** Gives the id of the reply's message. */
  editReply(reply: ReplyHandle, content: string): Promise<ApiAnswer<string>> {
    const options = { body: messageBody(content), signal: this.#signal, auth: false };
    const route = Routes.webhookMessage(reply.applicationId, reply.token);
    return this.#identified(this.#client.rest.patch(route, options));
  }

  /** Seen for ten seconds, or until the bot's next message. Refused where the bot may not send messages. */
  showTyping(channelId: string): Promise<ApiAnswer<unknown>> {
    const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(TYPING_MS)]);
    return this.#answer(this.#client.rest.post(Routes.channelTyping(channelId), { signal }));
  }

  /** Gives the id of the conversation with a person. */
  openDirect(userId: string): Promise<ApiAnswer<string>> {
    const options = { body: { recipient_id: userId }, signal: this.#signal };
    return this.#identified(this.#client.rest.post(Routes.userChannels(), options));
  }

  async #answer<Value>(request: Promise<Value>): Promise<ApiAnswer<Value>> {
    try {
      return { ok: true, value: await request };
    } catch (error) {
      return { ok: false, ...toApiFailure(error) };
    }
  }

  async #identified(request: Promise<unknown>): Promise<ApiAnswer<string>> {
    const answer = await this.#answer(request);
    if (!answer.ok) return answer;
    const { value } = answer;
    if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') {
      return { ok: true, value: value.id };
    }
    return {
      ok: false,
      kind: 'unknown',
      code: null,
      message: 'Discord answered without the id of what it made',
    };
  }
}

/** No text can notify anyone, and no link unfolds into a preview. */
function messageBody(content: string) {
  return { content, allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressEmbeds };
}
