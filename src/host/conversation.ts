import type { KeptRun } from '../catalog/port.ts';
import { readKeptRun } from '../catalog/saved-program.ts';
import type { Log } from '../chat/log.ts';
import type { ModelMessage } from '../model/model.ts';
import type { Store } from '../store/store.ts';
import { type HistoryLimits, parseHistory, trimHistory } from './history.ts';

/** What a thread remembers, for the length of one turn. */
export interface Conversation {
  readonly history: readonly ModelMessage[];
  /** What the newest program that worked left behind. */
  readonly lastRun: KeptRun | null;
  /** Keeps both, the history cut to its limits, and renews the time to live of all that the thread remembers. */
  save(history: readonly ModelMessage[], lastRun: KeptRun | null): Promise<void>;
}

export interface ConversationOptions {
  readonly store: Store;
  readonly limits: HistoryLimits;
  readonly log: Log;
}

/** Opens the session of a thread, new where there is none. Rejects with STORE_FAILED. */
export async function openConversation(options: ConversationOptions, thread: string): Promise<Conversation> {
  const { store, limits, log } = options;
  const session = await store.sessions.get(thread);
  await store.keyValues.touch(thread);
  const parsed = parseHistory(session?.history ?? []);
  if (!parsed.ok)
    log.warn({ thread, reason: parsed.reason }, 'the stored history is unreadable; starting a new one');
  return {
    history: parsed.ok ? parsed.history : [],
    lastRun: readKeptRun(session?.lastRun),
    async save(history, lastRun) {
      await store.sessions.save(thread, { history: trimHistory(history, limits), lastRun });
      await store.keyValues.touch(thread);
    },
  };
}
