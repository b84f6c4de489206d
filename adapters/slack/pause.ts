import { setTimeout as wait } from 'node:timers/promises';

/** Waits so many milliseconds, or less when the signal is aborted; never rejects. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

export const pause: Pause = async (ms, signal) => {
  await wait(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
};
