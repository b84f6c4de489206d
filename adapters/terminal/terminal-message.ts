import type { Message, Target } from '../../src/chat/message.ts';

export interface TerminalSpeaker {
  readonly userName: string;
  now(): number;
  newId(): string;
}

/** The conversation of that name on this machine. */
export function terminalTarget(session: string): Target {
  return { platform: 'terminal', workspace: 'local', channel: 'terminal', thread: session };
}

/** The person at the keyboard, by the name that the system has for them. */
export function terminalAuthor(userName: string): Message['author'] {
  return { id: userName, name: userName };
}

/** A line as a message of the person at the keyboard. */
export function terminalMessage(text: string, session: string, speaker: TerminalSpeaker): Message {
  return {
    ...terminalTarget(session),
    id: speaker.newId(),
    author: terminalAuthor(speaker.userName),
    text,
    sentAt: speaker.now(),
  };
}
