import type { Account } from '../budget/port.ts';
import { createAllowance, type SessionContext } from '../capabilities/capability.ts';
import { type Message, threadKey } from '../chat/message.ts';
import { scopesOf } from '../chat/scopes.ts';
import type { Store } from '../store/store.ts';

/** Who asks and where, as far as it decides what a program may reach. */
export type Asker = Pick<Message, 'platform' | 'workspace' | 'channel' | 'thread' | 'author'>;

export interface ContextOptions {
  readonly modelCalls: number;
  readonly account: Account;
  /** What the author goes by, where more is known of it than the message says. Never rejects. */
  readonly authorName?: Promise<string>;
}

/** What the programs of one turn are lent. */
export function openProgramContext(
  { keyValues, sharedValues }: Pick<Store, 'keyValues' | 'sharedValues'>,
  asker: Asker,
  { modelCalls, account, authorName }: ContextOptions,
): SessionContext {
  const { channel, user, workspace } = scopesOf(asker);
  return {
    kv: keyValues.open(threadKey(asker)),
    shared: {
      channel: sharedValues.open(channel),
      user: sharedValues.open(user),
      workspace: sharedValues.open(workspace),
    },
    workspace,
    user: { id: asker.author.id, name: authorName ?? asker.author.name },
    modelCalls: createAllowance(modelCalls),
    account,
  };
}
