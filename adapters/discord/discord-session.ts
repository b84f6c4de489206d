import type { APIInteraction, GatewayMessageCreateDispatchData } from 'discord.js';
import type { AdapterHandlers, Content, PostOutcome, Receipt } from '../../src/chat/adapter.ts';
import type { Log } from '../../src/chat/log.ts';
import type { Message, Target } from '../../src/chat/message.ts';
import type { Plan } from '../../src/chat/plan.ts';
import type { StartTimer } from '../../src/chat/timer.ts';
import { WattleError } from '../../src/errors.ts';
import { DiscordApi } from './discord-api.ts';
import { COMMANDS } from './discord-commands.ts';
import type { ApiAnswer } from './discord-failure.ts';
import { DiscordGateway, type DiscordGatewayOptions } from './discord-gateway.ts';
import { DiscordHandover } from './discord-handover.ts';
import { DiscordIntake } from './discord-intake.ts';
import { readCommand, readMessage } from './discord-message.ts';
import { nonceOf } from './discord-nonce.ts';
import { DiscordProgress } from './discord-progress.ts';
import { renderContent } from './discord-render.ts';
import { DiscordTyping } from './discord-typing.ts';

export interface DiscordSessionOptions extends DiscordGatewayOptions {
  readonly token: string;
  readonly startTimer: StartTimer;
}

/** From a start to its stop. */
export class DiscordSession {
  readonly #options: DiscordSessionOptions;
  readonly #log: Log;
  readonly #gateway: DiscordGateway;
  readonly #api: DiscordApi;
  readonly #intake: DiscordIntake;
  readonly #handover: DiscordHandover;
  readonly #progress: DiscordProgress;
  readonly #typing: DiscordTyping;
  readonly #underway = new Set<Promise<void>>();

  constructor(options: DiscordSessionOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#gateway = new DiscordGateway(options);
    this.#api = new DiscordApi(this.#gateway.client, this.#gateway.closing);
    this.#intake = new DiscordIntake(this.#api, options.log);
    this.#handover = new DiscordHandover(this.#api, options.log);
    this.#progress = new DiscordProgress(this.#api, options.log);
    this.#typing = new DiscordTyping(this.#api, options.log, options.startTimer);
  }

  /**
   * Resolves when the bot is logged in and its command registered.
   *
   * @throws WattleError PLATFORM_REFUSED, PLATFORM_UNREACHABLE, STOPPED; the session is then closed
   */
  async open(handlers: AdapterHandlers): Promise<void> {
    const deliver: Deliver = async (message) => {
      if (message !== null && !this.#isClosed()) await this.#handover.give(message, handlers);
    };
    try {
      const applicationId = await this.#gateway.connect(this.#options.token, {
        onMessage: (data, botId) => this.#takeMessage(data, botId, deliver),
        onInteraction: (data) => this.#takeInteraction(data, deliver),
      });
      await this.#registerCommands(applicationId);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Idempotent. Takes no message from its first moment on. */
  async close(): Promise<void> {
    this.#typing.endAll();
    await this.#gateway.close();
    await Promise.all(this.#underway);
  }

  async post(target: Target, content: Content, id: string): Promise<PostOutcome> {
    const text = renderContent(content.markdown);
    // Discord takes the sign away with the message; one that is renewed meanwhile would outlive it.
    this.#typing.endIn(target.thread);
    return outcomeOf(target, await this.#api.createMessage(target.thread, text, nonceOf(id)));
  }

  async edit({ target, messageId }: Receipt, content: Content): Promise<PostOutcome> {
    const text = renderContent(content.markdown);
    return outcomeOf(target, await this.#api.editMessage(target.thread, messageId, text));
  }

  async progress({ thread }: Target, plan: Plan): Promise<void> {
    // Together, so that no state waits for the sign and comes after a newer one.
    const typing = plan.finished ? this.#typing.end(plan.id) : this.#typing.show(thread, plan.id);
    await Promise.all([typing, this.#progress.show(thread, plan)]);
  }

  #isClosed(): boolean {
    return this.#gateway.closing.aborted;
  }

  #takeMessage(data: GatewayMessageCreateDispatchData, botId: string, deliver: Deliver): void {
    if (this.#isClosed()) return;
    const reading = readMessage(data, botId);
    if (reading.kind === 'question') this.#run(this.#intake.takeMessage(reading.value).then(deliver));
    else this.#log.debug({ message: data.id, reason: reading.reason }, 'a message was ignored');
  }

  #takeInteraction(data: APIInteraction, deliver: Deliver): void {
    if (this.#isClosed()) return;
    const reading = readCommand(data);
    if (reading.kind === 'question') this.#run(this.#intake.takeCommand(reading.value).then(deliver));
    else this.#log.debug({ interaction: data.id, reason: reading.reason }, 'an interaction was ignored');
  }

  /** Lets `close` wait for it. */
  #run(work: Promise<void>): void {
    const reported = work.catch((error: unknown) => {
      this.#log.error({ reason: String(error) }, 'a message could not be taken in');
    });
    this.#underway.add(reported);
    void reported.finally(() => this.#underway.delete(reported));
  }

  async #registerCommands(applicationId: string): Promise<void> {
    const answer = await this.#api.registerCommands(applicationId, COMMANDS);
    this.#gateway.closing.throwIfAborted();
    if (answer.ok) return;
    const code = answer.kind === 'refused' ? 'PLATFORM_REFUSED' : 'PLATFORM_UNREACHABLE';
    throw new WattleError(code, `the command /ask could not be registered: ${answer.message}`);
  }
}

type Deliver = (message: Message | null) => Promise<void>;

function outcomeOf(target: Target, answer: ApiAnswer<string>): PostOutcome {
  if (answer.ok) return { ok: true, receipt: { target, messageId: answer.value } };
  const { kind, message } = answer;
  if (kind === 'limited') return { ok: false, kind, message, retryAfterMs: answer.retryAfterMs };
  return { ok: false, kind, message };
}
