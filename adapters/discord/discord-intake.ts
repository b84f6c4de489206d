import { RESTJSONErrorCodes } from 'discord.js';
import type { Log } from '../../src/chat/log.ts';
import type { Message } from '../../src/chat/message.ts';
import type { DiscordApi } from './discord-api.ts';
import type { AskCommand, Place, Question } from './discord-message.ts';
import { nonceOf } from './discord-nonce.ts';
import { abilitiesOf } from './discord-permissions.ts';
import { renderQuestion, threadName } from './discord-render.ts';

const NO_QUESTION = 'I see no question. Please write it after `/ask`.';

const MUTE_CODES: readonly (number | null)[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
];

/** `thread` is null in a guild's channel as long as the question has no thread of its own. */
interface Spot {
  readonly channel: string;
  readonly thread: string | null;
}

/**
 * Makes messages of questions: acknowledges them and gives each one that needs it a thread of its own.
 * Where Discord does not let it, the channel takes the thread's part.
 */
export class DiscordIntake {
  readonly #api: DiscordApi;
  readonly #log: Log;

  constructor(api: DiscordApi, log: Log) {
    this.#api = api;
    this.#log = log;
  }

  /** Null when the bot may not answer there; the person has then been told in a direct message. */
  async takeMessage(question: Question): Promise<Message | null> {
    const { channel, thread } = await this.#locate(question.place);
    if (question.place.kind === 'dm') {
      void this.#mayWrite(channel);
      return toMessage(question, channel, channel);
    }
    const answering = thread ?? (await this.#openThread(channel, question.id, question));
    if (await this.#mayWrite(answering)) return toMessage(question, channel, answering);
    const isOwnThread = thread === null && answering !== channel;
    if (isOwnThread && (await this.#mayWrite(channel))) return toMessage(question, channel, channel);
    await this.#explainDirectly(question);
    return null;
  }

  /** Null when there is nothing to answer or the bot may not answer there; the person has then been told why. */
  async takeCommand(command: AskCommand): Promise<Message | null> {
    const isAcknowledged = await this.#acknowledge(command);
    const isGuild = command.place.kind !== 'dm';
    const { canOpenThread, missing } = abilitiesOf(command.botPermissions, command.place.kind === 'thread');
    if (isGuild && missing.length > 0) {
      this.#log.warn({ interaction: command.id, missing }, 'permissions are missing to answer');
      const needed = missing.join(' and ');
      return this.#decline(command, `I cannot answer here. I need the permission ${needed} in this channel.`);
    }
    if (command.text === '') return this.#decline(command, NO_QUESTION);
    const echoId = await this.#echo(command, isAcknowledged);
    const { channel, thread } = await this.#locate(command.place);
    if (thread !== null) return toMessage(command, channel, thread);
    if (echoId === null || !canOpenThread) return toMessage(command, channel, channel);
    return toMessage(command, channel, await this.#openThread(channel, echoId, command));
  }

  async #acknowledge({ id, reply }: AskCommand): Promise<boolean> {
    const answer = await this.#api.defer(reply);
    if (answer.ok || answer.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return true;
    this.#log.warn({ interaction: id, reason: answer.message }, 'an interaction could not be acknowledged');
    // A lost answer may have been an acknowledgement all the same.
    return answer.kind === 'unknown';
  }

  /** Shows the question where the command was used; gives the id of the message that shows it. */
  async #echo(command: AskCommand, isAcknowledged: boolean): Promise<string | null> {
    const { reply, text, author, id, place } = command;
    if (isAcknowledged) {
      const edited = await this.#api.editReply(reply, renderQuestion(text, null));
      if (edited.ok) return edited.value;
    }
    const posted = await this.#api.createMessage(
      place.channelId,
      renderQuestion(text, author.name),
      nonceOf(id),
    );
    if (posted.ok) return posted.value;
    this.#log.warn({ interaction: id, reason: posted.message }, 'a question could not be shown');
    return null;
  }

  async #decline({ id, reply }: AskCommand, text: string): Promise<null> {
    const edited = await this.#api.editReply(reply, text);
    if (!edited.ok) {
      this.#log.warn(
        { interaction: id, reason: edited.message },
        'nobody could be told of a declined command',
      );
    }
    return null;
  }

  async #explainDirectly({ id, author, place }: Question): Promise<void> {
    const { channelId } = place;
    const text = `I cannot answer in <#${channelId}>. I need the permission to send messages there.`;
    const direct = await this.#api.openDirect(author.id);
    const told = direct.ok ? await this.#api.createMessage(direct.value, text, nonceOf(id)) : direct;
    const fields = { channel: channelId, message: id, isTold: told.ok };
    this.#log.warn(fields, 'a mention is not answered: the bot may not send messages there');
  }

  async #locate(place: Place): Promise<Spot> {
    const { channelId } = place;
    if (place.kind === 'dm') return { channel: channelId, thread: channelId };
    if (place.kind === 'channel') return { channel: channelId, thread: null };
    if (place.kind === 'thread' && place.parentId !== null) {
      return { channel: place.parentId, thread: channelId };
    }
    const parent = await this.#api.parentOfThread(channelId);
    if (parent.ok && parent.value !== null) return { channel: parent.value, thread: channelId };
    if (!parent.ok) this.#log.warn({ channel: channelId, reason: parent.message }, 'a channel is unknown');
    return { channel: channelId, thread: place.kind === 'thread' ? channelId : null };
  }

  /** The thread under a message, or the channel itself where none can be opened. */
  async #openThread(channel: string, messageId: string, { text, author }: Question): Promise<string> {
    const started = await this.#api.startThread(channel, messageId, threadName(text, author.name));
    if (started.ok) return started.value;
    // A message's thread has the message's id.
    if (started.code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) return messageId;
    this.#log.info(
      { channel, reason: started.message },
      'no thread could be opened; the channel takes its part',
    );
    return channel;
  }

  /** A mention does not say what the bot may do; Discord's answer to the typing sign does. */
  async #mayWrite(channel: string): Promise<boolean> {
    const shown = await this.#api.showTyping(channel);
    if (shown.ok) return true;
    this.#log.debug({ channel, reason: shown.message }, 'typing could not be shown');
    return !MUTE_CODES.includes(shown.code);
  }
}

function toMessage(
  { workspace, id, author, text, sentAt }: Question,
  channel: string,
  thread: string,
): Message {
  return { platform: 'discord', workspace, channel, thread, id, author, text, sentAt };
}
