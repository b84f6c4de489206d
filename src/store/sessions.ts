import { z } from 'zod';
import type { Records, StoreProblem } from './records.ts';

/** What is kept of a conversation. The history is JSON whose shape its owner checks. */
export interface Session {
  readonly history: readonly unknown[];
  /** What the newest program that worked left behind; JSON whose shape its owner checks. */
  readonly lastRun?: unknown;
}

export interface Sessions {
  /** Undefined for a session that is unknown, expired or unreadable. Renews its time to live. */
  get(key: string): Promise<Session | undefined>;
  save(key: string, session: Session): Promise<void>;
  delete(key: string): Promise<boolean>;
}

export interface SessionsOptions {
  readonly records: Records;
  onProblem(problem: StoreProblem): void;
}

const schema = z.object({ history: z.array(z.unknown()), lastRun: z.unknown().optional() });

/** Sessions by thread. */
export function createSessions({ records, onProblem }: SessionsOptions): Sessions {
  return {
    async get(key) {
      const value = await records.read(key);
      if (value === undefined) return undefined;
      const parsed = schema.safeParse(value);
      if (!parsed.success) {
        onProblem({ table: records.table, key, reason: z.prettifyError(parsed.error) });
        return undefined;
      }
      await records.write(key, parsed.data);
      return parsed.data;
    },
    save: (key, { history, lastRun }) => records.write(key, { history, lastRun }),
    delete: (key) => records.delete(key),
  };
}
