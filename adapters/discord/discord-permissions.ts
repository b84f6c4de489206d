import { PermissionsBitField } from 'discord.js';

/** What Discord's own settings call the permissions that an answer needs. */
const TITLES = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  CreatePublicThreads: 'Create Public Threads',
} as const;

type Needed = keyof typeof TITLES;

export interface Abilities {
  readonly canOpenThread: boolean;
  /** The permissions without which no answer can be posted, as people know them; empty when it can. */
  readonly missing: readonly string[];
}

/** What the bot can do where a command was used. A command works even where the bot may not speak. */
export function abilitiesOf(botPermissions: string, isThread: boolean): Abilities {
  const permissions = new PermissionsBitField(BigInt(botPermissions));
  const lacking = (...needed: Needed[]) => needed.filter((name) => !permissions.has(name));
  const forThread = lacking('ViewChannel', 'SendMessagesInThreads', 'CreatePublicThreads');
  const canOpenThread = !isThread && forThread.length === 0;
  if (canOpenThread) return { canOpenThread, missing: [] };
  const missing = lacking('ViewChannel', isThread ? 'SendMessagesInThreads' : 'SendMessages');
  return { canOpenThread, missing: missing.map((name) => TITLES[name]) };
}
