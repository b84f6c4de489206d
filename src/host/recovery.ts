import { z } from 'zod';
import type { Log } from '../chat/log.ts';
import { type Target, threadKey } from '../chat/message.ts';
import type { Ledger, LedgerMessage, Unfinished } from '../store/ledger.ts';
import { isSettled, type Outbox, type Route } from './outbox.ts';

/** The process that this host runs in, and how to ask after others on this machine. */
export interface ProcessIdentity {
  readonly pid: number;
  isAlive(pid: number): boolean;
}

export interface RecoveryOptions {
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly log: Log;
  readonly process: ProcessIdentity;
}

type LostMessage = LedgerMessage & Target;

/** A thread with messages that a process accepted and did not finish before it died. */
export interface LostThread {
  readonly key: string;
  readonly messages: readonly [LostMessage, ...LostMessage[]];
}

// An answer may have been posted, in part or whole, so this does not claim that there is none.
const NOTICE =
  'I was restarted before I was done here. If you are still waiting for an answer, please ask again.';

const schema = z.object({
  platform: z.string(),
  workspace: z.string(),
  channel: z.string(),
  thread: z.string(),
  id: z.string(),
});

/**
 * Takes over what dead processes left unfinished on a platform, by thread. Called before this process claims
 * anything of the platform: until then, what bears its own id is of an earlier process with that id.
 */
export function takeLost(options: RecoveryOptions, platform: string): readonly LostThread[] {
  const threads = new Map<string, LostThread>();
  for (const message of takeOver(options, platform)) {
    const key = threadKey(message);
    const known = threads.get(key);
    threads.set(key, { key, messages: known === undefined ? [message] : [...known.messages, message] });
  }
  for (const { key, messages } of threads.values()) {
    const messageIds = messages.map(({ id }) => id);
    options.log.warn({ thread: key, messageIds }, 'messages that an earlier process did not finish');
  }
  return [...threads.values()];
}

/** Tells the people of a thread, and marks its messages done. Never rejects. */
export async function tellOfLoss(
  { ledger, outbox, log }: RecoveryOptions,
  { key, messages }: LostThread,
  way: Omit<Route, 'target'>,
): Promise<void> {
  const [target] = messages;
  const { delivery } = await outbox.deliver({ ...way, target }, NOTICE);
  if (!isSettled(delivery)) return;
  try {
    for (const message of messages) ledger.markDone(message, 'lost');
  } catch (error) {
    log.error({ err: error, thread: key }, 'the ledger could not be written');
  }
}

function takeOver({ ledger, log, process }: RecoveryOptions, platform: string): readonly LostMessage[] {
  const isDead = ({ pid }: Unfinished) => pid === null || pid === process.pid || !process.isAlive(pid);
  return ledger.unfinished(platform).flatMap((row) => {
    if (!isDead(row)) return [];
    const parsed = schema.safeParse(row.message);
    if (!parsed.success) {
      log.warn({ platform, reason: z.prettifyError(parsed.error) }, 'an unfinished message is unreadable');
      return [];
    }
    return ledger.takeOver(parsed.data, row.pid, process.pid) ? [parsed.data] : [];
  });
}
